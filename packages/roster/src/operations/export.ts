import type { StoredRecord } from '@roster/core'

import type { Exported } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'

/** Everything that was recorded, or all of one task, as one document: what `verify` checks and a test replays. */
export async function exported(
  { store, team, checkpoints }: Pick<OperationsContext, 'store' | 'team' | 'checkpoints'>,
  { task }: { readonly task?: string } = {},
): Promise<Exported> {
  const records = task === undefined ? await everything(store) : await store.readCorrelated(task)
  const streams = new Set(records.map(({ stream }) => stream))
  const heads = (await store.heads()).filter(({ stream }) => streams.has(stream))
  return {
    format: 'roster.export.1',
    tenant: store.tenant,
    team: team.name,
    heads: heads.map(({ stream, version, hash }) => ({ stream, version, hash })),
    records: records.map(({ position, envelope, body, salt, previousHash, hash }) => ({
      position,
      envelope,
      body,
      salt,
      previousHash,
      hash,
    })),
    ...(task === undefined ? { checkpoints: await checkpoints.all() } : {}),
  }
}

/** All records, in order of position. */
export async function everything(store: OperationsContext['store']): Promise<readonly StoredRecord[]> {
  const all: StoredRecord[] = []
  for (let after = 0; ;) {
    const page = await store.readAll(after, 1000)
    all.push(...page)
    const last = page.at(-1)
    if (last === undefined || page.length < 1000) return all
    after = last.position
  }
}
