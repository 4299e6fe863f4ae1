import type { Exported, Verification } from '../client/operations.ts'
import { hostKey } from '../embedded/checkpoints.ts'
import type { OperationsContext } from '../operations/context.ts'
import { everything } from '../operations/export.ts'
import { verifyCheckpoints } from './verify-checkpoints.ts'
import { verifyRecords, type Row } from './verify-records.ts'

/** Verifies everything that the store holds: envelopes, bodies, columns, chains, heads, and the signed checkpoints beside it. */
export async function verify({
  store,
  checkpoints,
  keys,
}: Pick<OperationsContext, 'store' | 'checkpoints' | 'keys'>): Promise<Verification> {
  const rows = (await everything(store)).map(({ id, stream, version, correlationId, kind, at, ...row }) => ({
    ...row,
    columns: { id, stream, version, correlationId, kind, at },
  }))
  const chains = verifyRecords(rows, { tenant: store.tenant, heads: await store.heads(), complete: true })
  return anchored(chains, rows, await checkpoints.all(), keys.keysOf(hostKey))
}

/** Verifies an export by itself: no store, no team, no code that wrote it. Whose key signed its checkpoints is for the reader to know. */
export function verifyExport(
  { tenant, heads, records, checkpoints = [] }: Exported,
  trustedKeys: readonly string[] | null = null,
): Verification {
  const complete = records.every(({ position }, index) => position === index + 1)
  const chains = verifyRecords(records, { tenant, heads, complete })
  return anchored(chains, records, complete ? checkpoints : [], trustedKeys)
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
