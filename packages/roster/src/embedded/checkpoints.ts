import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { Clock, Store } from '@roster/core'

import { settledHeads } from '../operations/history.ts'
import { checkpointText, type Checkpoint } from '../verify/checkpoint.ts'
import { merkleRoot, noOrder, orderedAfter } from '../verify/merkle.ts'
import type { Keys } from './keys.ts'

/** Where checkpoints are kept: outside the database, so that whoever changes it cannot change them too. */
export interface CheckpointLog {
  all(): Promise<readonly Checkpoint[]>
  add(checkpoint: Checkpoint): Promise<void>
}

/** Checkpoints in a file, one a line. */
export function fileCheckpoints(path: string): CheckpointLog {
  return {
    async all() {
      const text = await readFile(path, 'utf8').catch(() => '')
      // A line that was being written when the power went has no end: it never was a checkpoint.
      const whole = text.slice(0, text.lastIndexOf('\n') + 1)
      return whole
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Checkpoint)
    },
    async add(made) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await appendFile(path, `${JSON.stringify(made)}\n`, { mode: 0o600 })
    },
  }
}

/** Checkpoints that live as long as the process, for rehearsals. */
export function memoryCheckpoints(): CheckpointLog {
  const kept: Checkpoint[] = []
  return {
    all: () => Promise.resolve([...kept]),
    add: (made) => {
      kept.push(made)
      return Promise.resolve()
    },
  }
}

/** Name under which the host's own key is kept; no colleague can have it. */
export const hostKey = 'host.system'

/**
 * Signs where all streams end now, unless nothing has come since the last checkpoint, or records come too fast to see an end of all.
 * Answers `undefined` when nothing was written.
 */
export async function checkpoint(
  store: Store,
  keys: Keys,
  clock: Clock,
  log: CheckpointLog,
): Promise<Checkpoint | undefined> {
  const last = (await log.all()).at(-1)
  const { position, heads, settled } = await settledHeads(store)
  if (!settled || position === (last?.position ?? 0)) return undefined
  const unsigned = {
    format: 'roster.checkpoint.1' as const,
    tenant: store.tenant,
    at: clock.now(),
    position,
    streams: heads.length,
    root: merkleRoot(heads),
    order: await orderTo(store, position, last),
    key: keys.publicKey(hostKey),
  }
  const signed = { ...unsigned, signature: keys.sign(hostKey, checkpointText(unsigned)) }
  await log.add(signed)
  return signed
}

/** The chain over the order of records to a position, from where the last checkpoint left it. */
async function orderTo(store: Store, position: number, last: Checkpoint | undefined): Promise<string> {
  let order = last?.order ?? noOrder
  for (let after = last?.position ?? 0; after < position;) {
    const records = await store.readAll(after, Math.min(1000, position - after))
    for (const { hash } of records) order = orderedAfter(order, hash)
    after = records.at(-1)?.position ?? position
  }
  return order
}
