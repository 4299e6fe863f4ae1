import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Checkout } from './checkout.ts'

describe.runIf(process.platform !== 'win32')('the launcher in a fresh clone', () => {
  it('installs once, exactly what the lock file says, and leaves standard output to the program', async () => {
    await using checkout = await Checkout.create()
    const first = await checkout.launch('console.log(JSON.stringify({ type: "summary" }))').outcome
    expect(first).toMatchObject({ code: 0, stdout: '{"type":"summary"}\n' })
    expect(first.stderr).toContain('progress of the installer')
    const second = await checkout.launch('console.log("again")').outcome
    expect(second).toEqual({ code: 0, signal: null, stdout: 'again\n', stderr: '' })
    expect(await checkout.installations()).toEqual([
      expect.stringMatching(/^-y pnpm@12\.\d+\.\d+ install --frozen-lockfile/),
    ])
  })

  it('installs again when the lock file changed', async () => {
    await using checkout = await Checkout.create()
    await checkout.launch('0').outcome
    await checkout.lock('second')
    await checkout.launch('0').outcome
    expect(await checkout.installations()).toHaveLength(2)
  })

  it('waits for another that installs', async () => {
    await using checkout = await Checkout.create()
    const both = [checkout.launch('console.log("one")'), checkout.launch('console.log("two")')]
    const outcomes = await Promise.all(both.map(({ outcome }) => outcome))
    expect(outcomes.map(({ stdout }) => stdout)).toEqual(['one\n', 'two\n'])
    expect(await checkout.installations()).toHaveLength(1)
  })

  it('takes over what a process left that died while it installed', async () => {
    await using checkout = await Checkout.create()
    const gone = checkout.launch('0').process
    await once(gone, 'exit')
    await checkout.lock('second')
    await writeFile(join(checkout.folder, '.roster-install.lock'), String(gone.pid))
    expect(await checkout.launch('0').outcome).toMatchObject({ code: 0 })
    expect(existsSync(join(checkout.folder, '.roster-install.lock'))).toBe(false)
  })

  it('says what to do without a network, and tries again the next time', async () => {
    await using checkout = await Checkout.create()
    await checkout.installer('finds no network')
    const refused = await checkout.launch('console.log("never")').outcome
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/roster: The npm registry cannot be reached: .* run the same command again\.\n$/)
    await checkout.installer('succeeds')
    expect(await checkout.launch('console.log("now")').outcome).toMatchObject({ code: 0, stdout: 'now\n' })
  })

  it('releases the installation when it is interrupted', async () => {
    await using checkout = await Checkout.create()
    await checkout.installer('takes long')
    const { process: launcher, outcome } = checkout.launch('console.log("never")')
    await expect.poll(() => checkout.installations(), { timeout: 60_000 }).toHaveLength(1)
    launcher.kill('SIGINT')
    expect(await outcome).toMatchObject({ code: 130, stdout: '' })
    expect(existsSync(join(checkout.folder, '.roster-install.lock'))).toBe(false)
  })
})

describe.runIf(process.platform !== 'win32').each([false, true])('a launched program (spawned: %s)', (spawned) => {
  it('has its exit code passed on', async () => {
    await using checkout = await Checkout.create()
    expect(await checkout.launch('process.exitCode = 3', { spawned }).outcome).toMatchObject({ code: 3 })
  })

  it('has its death by a signal passed on', async () => {
    await using checkout = await Checkout.create()
    const { outcome } = checkout.launch('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9e4)', { spawned })
    expect(await outcome).toMatchObject({ code: null, signal: 'SIGTERM' })
  })

  it('gets an interrupt and ends in its own way', async () => {
    await using checkout = await Checkout.create()
    const program = `process.on('SIGINT', () => { console.log('drained'); process.exit(0) }); setInterval(() => {}, 9e4); console.log('ready')`
    const { process: launcher, outcome } = checkout.launch(program, { spawned })
    await once(launcher.stdout ?? launcher, 'data')
    launcher.kill('SIGINT')
    expect(await outcome).toMatchObject({ code: 0, stdout: 'ready\ndrained\n' })
  })
})
