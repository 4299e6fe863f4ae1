import { appendFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { AppendRequest, AppendResult, Store, StoredRecord } from '@roster/core'
import { fixedClock } from '@roster/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { hostKey } from '../../src/embedded/checkpoints.ts'
import { fileCommits, memoryCommits, readCommits, type CommitLog } from '../../src/embedded/commits.ts'
import { memoryKeys } from '../../src/embedded/keys.ts'
import { signedStore, signFound } from '../../src/embedded/signed-store.ts'
import { verifyCommits } from '../../src/verify/verify-commits.ts'
import type { Row } from '../../src/verify/verify-records.ts'

const keys = memoryKeys([hostKey])
const clock = fixedClock(Date.UTC(2026, 0, 1))
const trusted = { trusted: [keys.publicKey(hostKey)], recorded: [] }

/** Rows, and answers that a store gives when an append goes wrong: what signatures need of one. */
class Shelf {
  readonly rows: Row[] = []
  answers: AppendResult['kind'][] = []

  append(requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> {
    return Promise.resolve(requests.map(({ record: { id, hash } }) => this.#answer(id, hash)))
  }

  #answer(id: string, hash: string): AppendResult {
    const kind = this.answers.shift() ?? 'appended'
    if (kind === 'appended' || kind === 'duplicate') this.put(id, hash)
    const version = 1
    if (kind === 'appended') return { kind, version, position: this.rows.length }
    return kind === 'duplicate' ? { kind, version } : { kind: 'fenced' }
  }

  put(id: string, hash: string): void {
    const position = this.rows.length + 1
    this.rows.push({ position, envelope: JSON.stringify({ id }), body: '', salt: '', previousHash: '', hash })
  }

  readAll(after: number): Promise<readonly Row[]> {
    return Promise.resolve(this.rows.slice(after))
  }

  readRecord(id: string): Promise<StoredRecord | undefined> {
    const found = this.rows.findLast(({ envelope }) => envelope === JSON.stringify({ id }))
    return Promise.resolve(found as unknown as StoredRecord | undefined)
  }

  get store(): Store {
    return Object.assign(this, { tenant: 'desk' }) as unknown as Store
  }
}

function request(id: string): AppendRequest {
  return { record: { id, hash: `hash of ${id}` } } as unknown as AppendRequest
}

let shelf: Shelf
let folder: string

beforeEach(async () => {
  shelf = new Shelf()
  folder = await mkdtemp(join(tmpdir(), 'roster-commits-'))
})
afterEach(() => rm(folder, { recursive: true }))

function signedBy(log: CommitLog, host = 'one'): Store {
  return signedStore(shelf.store, { keys, clock, log, host })
}

describe('a signed store', () => {
  it('answers an append only when a signature over it is kept', async () => {
    const kept = Promise.withResolvers<void>()
    const log = { ...memoryCommits(), add: () => kept.promise }
    let answered = false
    const appending = signedBy(log)
      .append([request('a')])
      .then(() => (answered = true))
    await shelf.readAll(0)
    expect(shelf.rows).toHaveLength(1)
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
    shelf.answers = ['appended', 'fenced', 'duplicate']
    await signedBy(log).append([request('a'), request('b'), request('c')])
    const [commit] = await log.all()
    expect(commit?.records).toEqual([
      { position: 1, hash: 'hash of a' },
      { position: 2, hash: 'hash of c' },
    ])
    expect(verifyCommits(shelf.rows, await log.all(), trusted)).toEqual({ signedFrom: 1, found: 0, problems: [] })
  })

  it('gathers what comes while a signature is written into the next one', async () => {
    const log = memoryCommits()
    const store = signedBy(log)
    await Promise.all(Array.from({ length: 100 }, (_, index) => store.append([request(`${index}`)])))
    const commits = await log.all()
    expect(commits.length).toBeLessThan(100)
    expect(commits.flatMap(({ records }) => records)).toHaveLength(100)
    expect(verifyCommits(shelf.rows, commits, trusted).problems).toEqual([])
  })

  it('signs at its start for what a process left that died before it signed, and says that it was found', async () => {
    const log = memoryCommits()
    await signedBy(log).append([request('a')])
    shelf.put('b', 'hash of b')
    expect(verifyCommits(shelf.rows, await log.all(), trusted).problems).toMatchObject([{ code: 'record-unsigned' }])
    expect(await signFound(shelf.store, { keys, clock, log, host: 'one' }, 0)).toBe(1)
    expect(verifyCommits(shelf.rows, await log.all(), trusted)).toEqual({ signedFrom: 1, found: 1, problems: [] })
    expect(await signFound(shelf.store, { keys, clock, log, host: 'one' }, 0)).toBe(0)
  })

  it('says nothing of what is older than its first signature', async () => {
    const log = memoryCommits()
    shelf.put('old', 'hash of old')
    expect(await signFound(shelf.store, { keys, clock, log, host: 'one' }, 0)).toBe(0)
    await signedBy(log).append([request('a')])
    expect(verifyCommits(shelf.rows, await log.all(), trusted)).toMatchObject({ signedFrom: 2, problems: [] })
  })
})

describe('signatures in a folder', () => {
  it('are a file a host, which only its owner reads, and are read together', async () => {
    for (const host of ['one', 'two/7']) {
      const log = fileCommits(folder, host)
      await signedBy(log, host).append([request(host)])
      await log.close()
    }
    const files = await readdir(folder)
    expect(files.toSorted()).toEqual(['one.jsonl', 'two%2F7.jsonl'])
    for (const file of files) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
    expect(verifyCommits(shelf.rows, await readCommits(folder), trusted).problems).toEqual([])
  })

  it('are read without a line that a crash cut off, and go on after it', async () => {
    const log = fileCommits(folder, 'one')
    const store = signedBy(log)
    await store.append([request('a')])
    await appendFile(join(folder, 'one.jsonl'), '{"format":"roster.com')
    await log.close()
    expect(await readCommits(folder)).toHaveLength(1)
    const again = fileCommits(folder, 'one')
    await signedBy(again).append([request('b')])
    await again.close()
    expect(verifyCommits(shelf.rows, await readCommits(folder), trusted).problems).toEqual([])
  })
})
