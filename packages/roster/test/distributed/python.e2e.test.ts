import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { describeWithServer, freshDatabase, startNats } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { openCoordinator, openHost, settingsOf } from '../../src/distributed.ts'
import { keysOperations } from '../../src/keys.ts'
import { newsroom } from '../newsroom.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'

// oxlint-disable-next-line roster/no-ambient -- the server compares credentials with the clock of the machine
const clock = { now: () => Date.now() }

const page = join(import.meta.dirname, '../../../../docs/how-to/talk-to-a-team-over-nats.md')

/** The client library of the how-to, kept where other downloads are. */
async function natsPy(): Promise<string> {
  const cache =
    process.env['ROSTER_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'roster')
  const folder = join(cache, 'nats-py-2.16.0-nkeys')
  if (existsSync(folder)) return folder
  const made = `${folder}.${process.pid}`
  await mkdir(made, { recursive: true })
  const pip = spawn('python3', ['-m', 'pip', 'install', '-q', '--target', made, 'nats-py[nkeys]==2.16.0'])
  const [code] = (await once(pip, 'exit')) as [number]
  expect(code, 'pip installs nats-py').toBe(0)
  await rename(made, folder)
  return folder
}

describeWithServer('postgres', 'a Python program that knows nothing but NATS and JSON', () => {
  it('gives a team a task and hears how it ends, as the how-to shows', { timeout: 240_000 }, async () => {
    await using folder = await temporaryFolder()
    await using database = await freshDatabase()
    const keys = keysOperations({ folder: folder.path, clock })
    await keys.init({ tenant: newsroom.name })
    await using nats = await startNats({ config: await keys.config(join(folder.path, 'nats-accounts')) })
    const given = { databaseUrl: database.url, natsUrl: nats.url, folder: folder.path, leaseMs: 3000 }
    await using coordinator = await openCoordinator(newsroom, settingsOf({}, { ...given, name: 'coordinator' }))
    await using _host = await openHost(newsroom, settingsOf({}, { ...given, name: 'host' }))

    const program = join(folder.path, 'brief.py')
    const [, source = ''] = /```python\n([^]*?)```/.exec(await readFile(page, 'utf8')) ?? []
    await writeFile(program, source)
    const { file } = await keys.issue({ name: 'web', team: newsroom.name, publish: ['brief'], seconds: 600 })
    const credentials = join(folder.path, 'web.creds')
    await writeFile(credentials, file, { mode: 0o600 })
    const own = { NATS_URL: nats.url, NATS_CREDENTIALS: credentials, PYTHONPATH: await natsPy() }
    const env = { PATH: process.env['PATH'] ?? '', ...own }
    const python = spawn('python3', [program, 'tides'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const exited = once(python, 'exit')
    const lines: string[] = []
    for await (const line of createInterface({ input: python.stdout })) {
      lines.push(line)
      if (!line.startsWith('accepted')) continue
      const task = line.split(' ')[1] ?? ''
      expect(await coordinator.settled(task, 20_000)).toMatchObject({ status: 'waiting', requester: 'web' })
      await coordinator.decide({ item: task, person: 'editor', decision: 'approved', reason: '' })
    }
    expect(await exited).toEqual([0, null])
    expect(lines[1]).toMatch(/^done \{"text": "/)
  })
})
