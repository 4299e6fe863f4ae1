import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describeWithServer, freshDatabase } from '@roster/testing/servers'
import { describe, expect, it, vi } from 'vitest'

import { openTeam, readHistory, verifyExport } from '../../src/client.ts'
import { newsroom } from '../newsroom.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'
import { calling, talkers, wordTool } from '../stage.ts'

// A database is made for each folder: seconds each, on a machine that does other things too.
vi.setConfig({ testTimeout: 120_000 })

const brief = { playbook: 'brief', input: { topic: 'tides' }, requester: 'me' }

describe('opening a team in a folder', () => {
  it('that another one has open is refused, and names the holder', async () => {
    await using folder = await temporaryFolder()
    await using _open = await openTeam(newsroom, { folder: folder.path })
    await expect(openTeam(newsroom, { folder: folder.path })).rejects.toMatchObject({ code: 'store-locked' })
    await expect(readHistory(newsroom, { folder: folder.path })).rejects.toMatchObject({ code: 'store-locked' })
  })

  it('that cannot be made is refused with what to do', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'file')
    await writeFile(file, '')
    await expect(openTeam(newsroom, { folder: join(file, 'state') })).rejects.toMatchObject({
      code: 'store-unavailable',
      path: join(file, 'state'),
      hint: expect.any(String),
    })
  })

  it.skipIf(process.getuid?.() === 0)('that cannot be written is refused with what to do', async () => {
    await using folder = await temporaryFolder()
    await chmod(folder.path, 0o500)
    await expect(openTeam(newsroom, { folder: folder.path })).rejects.toMatchObject({ code: 'store-unavailable' })
    await chmod(folder.path, 0o700)
  })

  it('goes on where it stood', async () => {
    await using folder = await temporaryFolder()
    const first = await openTeam(newsroom, { folder: folder.path })
    const { task } = await first.publish({ ...brief, idempotencyKey: '1' })
    expect(await first.settled(task, 20_000)).toMatchObject({ status: 'waiting' })
    await first[Symbol.asyncDispose]()
    await using second = await openTeam(newsroom, { folder: folder.path })
    expect(await second.publish({ ...brief, idempotencyKey: '1' })).toEqual({ task, known: true })
    await second.decide({ item: task, person: 'editor', decision: 'approved', reason: '' })
    expect(await second.settled(task, 20_000)).toMatchObject({ status: 'done' })
    expect(await second.verify()).toMatchObject({ verified: true, checkpoints: 1 })
    expect(await second.replay({ subject: task })).toMatchObject({ verified: true })
  })

  it('has no history before anything was recorded', async () => {
    await using folder = await temporaryFolder()
    expect(await readHistory(newsroom, { folder: folder.path })).toBeUndefined()
  })
})

describe('a tool', () => {
  it('that does not end in time is aborted, and the job goes on', async () => {
    await using folder = await temporaryFolder()
    const slow = wordTool('wait', {
      run: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')))
        }),
    })
    const limits = { effectTimeout: '1 second' as const }
    const team = talkers(
      calling('wait', () => ({ word: 'x' })),
      [slow],
      { limits },
    )
    await using opened = await openTeam(team, { folder: folder.path })
    const { task } = await opened.publish({
      playbook: 'talk',
      input: { word: 'x' },
      idempotencyKey: '1',
      requester: 'me',
    })
    expect(await opened.settled(task, 20_000)).toMatchObject({ status: 'done', outcome: { word: 'timeout' } })
  })
})

describeWithServer('postgres', 'opening a team on a PostgreSQL server', () => {
  it('does the same as in a folder', { timeout: 240_000 }, async () => {
    await using folder = await temporaryFolder()
    await using database = await freshDatabase()
    const options = { folder: folder.path, databaseUrl: database.url }
    const opened = await openTeam(newsroom, options)
    const { task } = await opened.publish({ ...brief, idempotencyKey: '1' })
    expect(await opened.settled(task, 20_000)).toMatchObject({ status: 'waiting' })
    await opened.decide({ item: task, person: 'editor', decision: 'approved', reason: '' })
    expect(await opened.settled(task, 20_000)).toMatchObject({ status: 'done' })
    expect(await opened.verify()).toMatchObject({ verified: true })
    expect(await opened.replay({ subject: task })).toMatchObject({ verified: true })
    await opened[Symbol.asyncDispose]()
    const history = await readHistory(newsroom, options)
    expect(history === undefined ? undefined : verifyExport(history)).toMatchObject({ verified: true, checkpoints: 1 })
  })

  it('that works for the team in another process is refused, until that one ends', async () => {
    await using folder = await temporaryFolder()
    await using other = await temporaryFolder()
    await using database = await freshDatabase()
    const first = await openTeam(newsroom, { folder: folder.path, databaseUrl: database.url })
    const second = { folder: other.path, databaseUrl: database.url }
    await expect(openTeam(newsroom, second)).rejects.toMatchObject({ code: 'store-locked', path: newsroom.name })
    expect(await readHistory(newsroom, second)).toBeDefined()
    await first[Symbol.asyncDispose]()
    await using opened = await openTeam(newsroom, second)
    expect(await opened.verify()).toMatchObject({ verified: true })
  })
})
