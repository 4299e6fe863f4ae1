import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeAll, describe, expect, it, vi } from 'vitest'

import { openTeam, readHistory, verifyExport, type Exported, type Verification } from '../../src/client.ts'
import { newsroom } from '../newsroom.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'

/** Has one task done in the folder, with whatever keys are there. */
async function work(folder: string, key: string): Promise<Verification> {
  const team = await openTeam(newsroom, { folder, by: 'test' })
  try {
    const brief = { playbook: 'brief', input: { topic: 'tides' }, idempotencyKey: key, requester: 'me' }
    const { task } = await team.publish(brief)
    const [item] = await vi.waitUntil(
      async () => {
        const all = await team.inbox()
        return all.length > 0 && all
      },
      { timeout: 60_000, interval: 20 },
    )
    await team.decide({ item: item?.item ?? '', person: item?.person ?? '', decision: 'approved', reason: 'fine' })
    await team.settled(task, 20_000)
    return await team.verify()
  } finally {
    await team[Symbol.asyncDispose]()
  }
}

describe('the keys of a folder', () => {
  let first: Verification
  let second: Verification
  let history: Exported
  let hostKeys: readonly string[]

  beforeAll(async () => {
    await using folder = await temporaryFolder()
    first = await work(folder.path, '1')
    const keys = join(folder.path, 'keys')
    for (const file of await readdir(keys)) await rename(join(keys, file), join(folder.path, `${file}.old`))
    second = await work(folder.path, '2')
    history = (await readHistory(newsroom, { folder: folder.path })) ?? expect.unreachable()
    hostKeys = [...new Set((history.commits ?? []).map(({ key }) => key))]
  }, 120_000)

  it('sign for every record from the first on', () => {
    expect(first).toMatchObject({ verified: true, signedFrom: 1, found: 0, problems: [] })
  })

  it('can be replaced: what the old ones signed stays verified, because the deployments say whose they were', () => {
    expect(second).toMatchObject({ verified: true, signedFrom: 1, problems: [] })
    expect(hostKeys).toHaveLength(2)
    expect(verifyExport(history)).toMatchObject({ verified: true, checkpoints: 2 })
    expect(verifyExport(history, hostKeys.slice(1))).toMatchObject({ verified: true })
  })

  it('cannot stand for one another in a signature', () => {
    const [old = ''] = hostKeys
    const commits = history.commits ?? []
    const swapped = commits.map((commit) => (commit.key === old ? commit : { ...commit, key: old }))
    expect(verifyExport({ ...history, commits: swapped }).problems).toContainEqual(
      expect.objectContaining({ code: 'commit-forged' }),
    )
  })

  it('show a record of which the signature is gone', () => {
    const commits = (history.commits ?? []).slice(0, -3)
    const { verified, problems } = verifyExport({ ...history, commits })
    expect(verified).toBe(false)
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['record-unsigned']))
  })
})
