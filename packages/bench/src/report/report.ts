import type { Result } from '../measure/result.ts'
import type { Machine } from './machine.ts'

/** A result with the run that it is from: groups can be measured apart. */
export interface ReportedResult extends Result {
  readonly group: string
  /** When it was measured, in ISO 8601. */
  readonly at: string
}

/** `docs/reference/performance.json`. */
export interface Report {
  /** The machine of the last run. */
  readonly machine: Machine
  readonly versions: Readonly<Record<string, string>>
  /** Of each group what was measured last. */
  readonly results: readonly ReportedResult[]
}

/** The report with what a run measured in the place of what its groups had before. */
export function merged(before: Report | undefined, run: Report, order: readonly string[]): Report {
  const measured = new Set(run.results.map(({ group }) => group))
  const kept = (before?.results ?? []).filter(({ group }) => !measured.has(group))
  const results = [...kept, ...run.results].toSorted(
    (one, other) => order.indexOf(one.group) - order.indexOf(other.group),
  )
  return { ...run, results }
}
