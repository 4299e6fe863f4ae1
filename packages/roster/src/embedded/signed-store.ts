/**
 * A store whose commits are signed with the host's key.
 *
 * G1 An append answers only when a signature over what it stored is kept: who acts on the answer acts on something signed.
 * G2 What is refused is not signed: a position that is signed has been given out.
 * G3 While one signature is written, the next gathers: one signature a commit when it is busy, never more than one a call.
 */
import type { AppendRequest, AppendResult, Clock, Store } from '@roster/core'

import { commitText, type SignedCommit } from '../verify/signed-commit.ts'
import { hostKey } from './checkpoints.ts'
import type { CommitLog } from './commits.ts'
import type { Keys } from './keys.ts'

type Listed = SignedCommit['records'][number]

/** What signatures are made with. */
export interface SigningParts {
  readonly keys: Pick<Keys, 'publicKey' | 'sign'>
  readonly clock: Clock
  readonly log: CommitLog
  /** Name of the host that signs. */
  readonly host: string
}

/** The same store; every record that is appended through it is signed for. */
export function signedStore(store: Store, parts: SigningParts): Store {
  const signer = new Signer(store.tenant, parts)
  const append = async (requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> => {
    const results = await store.append(requests)
    await signer.sign(await storedOf(store, requests, results))
    return results
  }
  return new Proxy(store, {
    get(target, name) {
      if (name === 'append') return append
      const found: unknown = Reflect.get(target, name)
      return typeof found === 'function' ? found.bind(target) : found
    },
  })
}

/**
 * Signs what the log does not cover after a position: what a process appended that died before it signed. Says of it that it was found.
 *
 * @returns how many records were found
 */
export async function signFound(store: Store, parts: SigningParts, after: number): Promise<number> {
  const covered = new Set<number>()
  for (const { records } of await parts.log.all()) for (const { position } of records) covered.add(position)
  // Where nothing was ever signed, signing begins now: what is older is vouched for by checkpoints alone.
  if (covered.size === 0) return 0
  let found = 0
  for (let from = after; ;) {
    const page = await store.readAll(from, 1000)
    const bare = page.filter(({ position }) => !covered.has(position))
    if (bare.length > 0)
      await parts.log.add(
        signedBy(
          store.tenant,
          parts,
          bare.map(({ position, hash }) => ({ position, hash })),
          true,
        ),
      )
    found += bare.length
    const last = page.at(-1)
    if (last === undefined || page.length < 1000) return found
    from = last.position
  }
}

async function storedOf(
  store: Store,
  requests: readonly AppendRequest[],
  results: readonly AppendResult[],
): Promise<readonly Listed[]> {
  const stored: Listed[] = []
  for (const [index, result] of results.entries()) {
    const { id, hash } = requests[index]?.record ?? { id: '', hash: '' }
    if (result.kind === 'appended') stored.push({ position: result.position, hash })
    // A call whose answer was lost is made again, and then finds its own record.
    if (result.kind !== 'duplicate') continue
    const found = await store.readRecord(id)
    if (found?.hash === hash) stored.push({ position: found.position, hash })
  }
  return stored
}

class Signer {
  readonly #tenant: string
  readonly #parts: SigningParts
  #gathered: Listed[] = []
  #next: Promise<void> | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(tenant: string, parts: SigningParts) {
    this.#tenant = tenant
    this.#parts = parts
  }

  /** Resolves when a signature that covers these is kept. */
  async sign(records: readonly Listed[]): Promise<void> {
    if (records.length === 0) return
    this.#gathered.push(...records)
    this.#next ??= this.#after(this.#writing)
    await this.#next
  }

  async #after(before: Promise<void>): Promise<void> {
    await before.catch(() => {})
    const records = this.#gathered
    this.#gathered = []
    this.#next = undefined
    this.#writing = this.#parts.log.add(signedBy(this.#tenant, this.#parts, records, false))
    await this.#writing
  }
}

function signedBy(
  tenant: string,
  { keys, clock, host }: SigningParts,
  records: readonly Listed[],
  found: boolean,
): SignedCommit {
  const unsigned = {
    format: 'roster.commit.1' as const,
    tenant,
    host,
    at: clock.now(),
    records,
    ...(found ? { found: true as const } : {}),
    key: keys.publicKey(hostKey),
  }
  return { ...unsigned, signature: keys.sign(hostKey, commitText(unsigned)) }
}
