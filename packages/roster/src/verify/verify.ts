import type { Exported, Verification } from '../client/operations.ts'
import type { OperationsContext } from '../operations/context.ts'
import { everything } from '../operations/export.ts'
import { verifyRecords } from './verify-records.ts'

/** Verifies everything that the store holds: envelopes, bodies, columns, chains and heads. */
export async function verify({ store }: Pick<OperationsContext, 'store'>): Promise<Verification> {
  const rows = (await everything(store)).map(({ id, stream, version, correlationId, kind, at, ...row }) => ({ ...row, columns: { id, stream, version, correlationId, kind, at } }))
  return verifyRecords(rows, { tenant: store.tenant, heads: await store.heads(), complete: true })
}

/** Verifies an export by itself: no store, no team, no code that wrote it. */
export function verifyExport({ tenant, heads, records }: Exported): Verification {
  const complete = records.every(({ position }, index) => position === index + 1)
  return verifyRecords(records, { tenant, heads, complete })
}
