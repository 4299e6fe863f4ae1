import { partitionOf, type NewPending } from '@roster/core'

/** New pending rows as the columns in which `roster.append` and `roster.accept` take them. */
export function pendingColumns(rows: readonly NewPending[]): readonly unknown[][] {
  return [
    rows.map(({ id }) => id),
    rows.map(({ kind }) => kind),
    rows.map(({ stream }) => stream),
    rows.map(({ stream }) => partitionOf(stream)),
    rows.map(({ sender }) => sender),
    rows.map(({ type }) => type),
    rows.map(({ control }) => control),
    rows.map(({ dueAt }) => dueAt),
    rows.map(({ expiresAt }) => expiresAt),
    rows.map(({ body }) => body),
    rows.map(({ lease }) => lease?.token ?? null),
    rows.map(({ lease }) => lease?.ms ?? null),
  ]
}
