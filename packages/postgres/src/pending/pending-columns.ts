import { partitionOf, type NewPending } from '@roster/core'
import { boolArray, int4Array, int8Array, textArray } from '../sql-array.ts'

/** New pending rows as the columns in which `roster.append` and `roster.accept` take them; `bodies` where they are encoded already. */
export function pendingColumns(
  rows: readonly NewPending[],
  bodies: readonly (string | Buffer)[] = rows.map(({ body }) => body),
): readonly Buffer[] {
  return [
    textArray(rows.map(({ id }) => id)),
    textArray(rows.map(({ kind }) => kind)),
    textArray(rows.map(({ stream }) => stream)),
    int4Array(rows.map(({ stream }) => partitionOf(stream))),
    textArray(rows.map(({ sender }) => sender)),
    textArray(rows.map(({ type }) => type)),
    boolArray(rows.map(({ control }) => control)),
    int8Array(rows.map(({ dueAt }) => dueAt)),
    int8Array(rows.map(({ expiresAt }) => expiresAt)),
    textArray(bodies),
    textArray(rows.map(({ lease }) => lease?.token ?? null)),
    int8Array(rows.map(({ lease }) => lease?.ms ?? null)),
  ]
}
