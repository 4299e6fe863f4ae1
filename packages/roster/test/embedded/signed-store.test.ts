import { appendFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { AppendRequest, Store } from '@roster/core'
import { memoryStore } from '@roster/runtime'
import { appendRequest, fixedClock, newMessage } from '@roster/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { hostKey } from '../../src/embedded/checkpoints.ts'
import { fileCommits, memoryCommits, readCommits, type CommitLog } from '../../src/embedded/commits.ts'
import { memoryKeys } from '../../src/embedded/keys.ts'
import { signedStore, signFound } from '../../src/embedded/signed-store.ts'
import { verifyCommits, type Signed } from '../../src/verify/verify-commits.ts'

const keys = memoryKeys([hostKey])
const clock = fixedClock(Date.UTC(2026, 0, 1))

/** The first record of a task; it needs no owner. */
function request(task: string, cause: AppendRequest['cause'] = null): AppendRequest {
  return appendRequest({ stream: `acme/task/${task}`, cause })
}

let store: Store
let folder: string

beforeEach(async () => {
  store = memoryStore({ tenant: 'acme', clock })
  folder = await mkdtemp(join(tmpdir(), 'roster-commits-'))
})
afterEach(() => rm(folder, { recursive: true }))

function signedBy(log: CommitLog, host = 'one'): Store {
  return signedStore(store, { keys, clock, log, host })
}

/** What a verifier that has the host's key says of what is stored and what is signed. */
async function verified(log: Pick<CommitLog, 'all'>): Promise<Signed> {
  const trusted = { trusted: [keys.publicKey(hostKey)], recorded: [] }
  return verifyCommits(await store.readAll(0), await log.all(), trusted)
}

describe('a signed store', () => {
  it('answers an append only when a signature over it is kept', async () => {
    const kept = Promise.withResolvers<void>()
    const log = { ...memoryCommits(), add: () => kept.promise }
    let answered = false
    const appending = signedBy(log)
      .append([request('a')])
      .then(() => (answered = true))
    await expect.poll(() => store.readAll(0)).toHaveLength(1)
    expect(answered).toBe(false)
    kept.resolve()
    await appending
  })

  it('fails the append when the signature cannot be kept', async () => {
    const log = { ...memoryCommits(), add: () => Promise.reject(new Error('no room')) }
    await expect(signedBy(log).append([request('a')])).rejects.toThrow('no room')
  })

  it('signs for what was appended, and for what an earlier call had, but not for what was refused', async () => {
    const log = memoryCommits()
    const pending = [newMessage('cause', { stream: 'acme/task/b' })]
    await store.accept({ client: 'client/test', key: '1', answer: '{}', pending })
    const lost = request('b', { id: 'cause' })
    // The answer to this call was lost, and so was the signature.
    await store.append([lost])
    const results = await signedBy(log).append([request('a'), request('a'), lost])
    expect(results.map(({ kind }) => kind)).toEqual(['appended', 'conflict', 'duplicate'])
    const [commit] = await log.all()
    expect(commit?.records).toEqual([
      { position: 2, hash: request('a').record.hash },
      { position: 1, hash: lost.record.hash },
    ])
    expect(await verified(log)).toEqual({ signedFrom: 1, found: 0, problems: [] })
  })

  it('gathers what comes while a signature is written into the next one', async () => {
    const log = memoryCommits()
    const signing = signedBy(log)
    await Promise.all(Array.from({ length: 100 }, (_, index) => signing.append([request(`${index}`)])))
    const commits = await log.all()
    expect(commits.length).toBeLessThan(100)
    expect(commits.flatMap(({ records }) => records)).toHaveLength(100)
    expect((await verified(log)).problems).toEqual([])
  })

  it('signs at its start for what a process left that died before it signed, and says that it was found', async () => {
    const log = memoryCommits()
    await signedBy(log).append([request('a')])
    await store.append([request('b')])
    expect((await verified(log)).problems).toMatchObject([{ code: 'record-unsigned' }])
    expect(await signFound(store, { keys, clock, log, host: 'one' }, 0)).toBe(1)
    expect(await verified(log)).toEqual({ signedFrom: 1, found: 1, problems: [] })
    expect(await signFound(store, { keys, clock, log, host: 'one' }, 0)).toBe(0)
  })

  it('says nothing of what is older than its first signature', async () => {
    const log = memoryCommits()
    await store.append([request('old')])
    expect(await signFound(store, { keys, clock, log, host: 'one' }, 0)).toBe(0)
    await signedBy(log).append([request('a')])
    expect(await verified(log)).toMatchObject({ signedFrom: 2, problems: [] })
  })
})

describe('signatures in a folder', () => {
  it('are a file a host, which only its owner reads, and are read together', async () => {
    for (const host of ['one', 'two/7']) {
      const log = fileCommits(folder, host)
      await signedBy(log, host).append([request(host.slice(0, 3))])
      await log.close()
    }
    const files = await readdir(folder)
    expect(files.toSorted()).toEqual(['one.jsonl', 'two%2F7.jsonl'])
    for (const file of files) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
    expect((await verified({ all: () => readCommits(folder) })).problems).toEqual([])
  })

  it('are read without a line that a crash cut off, and go on after it', async () => {
    const log = fileCommits(folder, 'one')
    await signedBy(log).append([request('a')])
    await appendFile(join(folder, 'one.jsonl'), '{"format":"roster.com')
    await log.close()
    expect(await readCommits(folder)).toHaveLength(1)
    const again = fileCommits(folder, 'one')
    await signedBy(again).append([request('b')])
    await again.close()
    expect((await verified({ all: () => readCommits(folder) })).problems).toEqual([])
  })
})
