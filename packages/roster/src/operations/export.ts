import type { Head, StoredRecord } from '@roster/core'

import type { Exported } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'
import { signedHistory } from '../verify/signed-history.ts'
import { settledHeads } from './history.ts'

type Sources = Pick<OperationsContext, 'store' | 'team' | 'checkpoints' | 'commits'>

/** Everything that was recorded, or all of one task, as one document: what `verify` checks and a test replays. */
export async function exported(sources: Sources, { task }: { readonly task?: string } = {}): Promise<Exported> {
  if (task !== undefined) return await exportedTask(sources, task)
  // Read first: a checkpoint that is made meanwhile may cover more than the records that are read.
  const checkpoints = await sources.checkpoints.all()
  const { records, heads, commits } = await signedHistory(sources.store, sources.commits)
  return { ...documentOf(sources, records, heads), checkpoints, commits }
}

async function exportedTask(sources: Sources, task: string): Promise<Exported> {
  const { position, heads } = await settledHeads(sources.store)
  const correlated = await sources.store.readCorrelated(task)
  const records = correlated.filter((record) => record.position <= position)
  const streams = new Set(records.map(({ stream }) => stream))
  const own = heads.filter(({ stream }) => streams.has(stream))
  return documentOf(sources, records, own)
}

function documentOf(
  { store, team }: Sources,
  records: readonly StoredRecord[],
  heads: readonly Head[],
): Omit<Exported, 'checkpoints'> {
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
  }
}
