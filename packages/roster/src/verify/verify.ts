import type { Exported, Verification } from '../client/operations.ts'
import { hostKey } from '../embedded/checkpoints.ts'
import type { OperationsContext } from '../operations/context.ts'
import { wholeHistory } from '../operations/history.ts'
import { verifyCheckpoints } from './verify-checkpoints.ts'
import { verifyRecords, type Row } from './verify-records.ts'

/** Verifies everything that the store holds: envelopes, bodies, columns, chains, heads, and the signed checkpoints beside it. */
export async function verify({
  store,
  checkpoints,
  keys,
}: Pick<OperationsContext, 'store' | 'checkpoints' | 'keys'>): Promise<Verification> {
  // Read first: a checkpoint that is made meanwhile may cover more than the records that are read.
  const signed = await checkpoints.all()
  const { records, heads } = await wholeHistory(store)
  const rows = records.map(({ id, stream, version, correlationId, kind, at, ...row }) => ({
    ...row,
    columns: { id, stream, version, correlationId, kind, at },
  }))
  const chains = verifyRecords(rows, { tenant: store.tenant, heads, complete: true })
  return anchored(chains, rows, signed, keys.keysOf(hostKey))
}

/**
 * Verifies an export by itself: no store, no team, no code that wrote it. An export of everything (it has `checkpoints`) must have
 * every record from the first position on; an export of one task all records of its own stream and of its jobs.
 *
 * @param trustedKeys whose signatures on checkpoints count; `null` for any: whose key signed is then for the reader to know
 */
export function verifyExport(
  { tenant, heads, records, checkpoints }: Exported,
  trustedKeys: readonly string[] | null = null,
): Verification {
  const complete = checkpoints !== undefined
  const chains = verifyRecords(records, { tenant, heads, complete })
  return anchored(chains, records, checkpoints ?? [], trustedKeys)
}

function anchored(
  chains: Verification,
  rows: readonly Row[],
  checkpoints: Exported['checkpoints'] & object,
  trustedKeys: readonly string[] | null,
): Verification {
  const problems = [...chains.problems, ...verifyCheckpoints(rows, checkpoints, trustedKeys)]
  const anchoredTo = Math.max(0, ...checkpoints.map(({ position }) => position))
  return { ...chains, verified: problems.length === 0, problems, checkpoints: checkpoints.length, anchoredTo }
}
