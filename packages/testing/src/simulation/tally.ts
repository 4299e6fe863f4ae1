import { faultKinds, type FaultKind } from './plan.ts'
import type { Outcome } from './simulate.ts'

/** A schedule in which something happened that must not. */
export interface Failure {
  readonly seed: number
  /** What, in words; the first few. */
  readonly violations: readonly string[]
}

/** What many schedules came to. */
export interface Tally {
  readonly schedules: number
  readonly operations: number
  readonly records: number
  /** Faults that struck, by kind. */
  readonly faults: Readonly<Record<FaultKind, number>>
  /** Faults that struck, by kind and by the operation after which they did. */
  readonly struck: Readonly<Record<string, number>>
  /** Schedules with violations. */
  readonly failed: number
  /** The first of them. */
  readonly failures: readonly Failure[]
}

const noFaults = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>

export const noTally: Tally = {
  schedules: 0,
  operations: 0,
  records: 0,
  faults: noFaults,
  struck: {},
  failed: 0,
  failures: [],
}

/** Failures that are told; of the rest only the number is. */
const toldFailures = 10
const toldViolations = 5

export function tallyOf({ seed, operations, records, faults, violations }: Outcome): Tally {
  const told = violations.slice(0, toldViolations).map(({ invariant, what }) => `${invariant}: ${what}`)
  const failures = violations.length === 0 ? [] : [{ seed, violations: told }]
  return {
    schedules: 1,
    operations,
    records,
    failed: failures.length,
    failures,
    faults: { ...noFaults, ...counted(faults.map(({ kind }) => kind)) },
    struck: counted(faults.map(({ kind, operation }) => `${kind} after ${operation.replace(/ by .*/, '')}`)),
  }
}

export function sum(one: Tally, other: Tally): Tally {
  return {
    schedules: one.schedules + other.schedules,
    operations: one.operations + other.operations,
    records: one.records + other.records,
    faults: added(one.faults, other.faults) as Tally['faults'],
    struck: added(one.struck, other.struck),
    failed: one.failed + other.failed,
    failures: [...one.failures, ...other.failures].toSorted((a, b) => a.seed - b.seed).slice(0, toldFailures),
  }
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

function added(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> {
  const result = { ...one }
  for (const [name, count] of Object.entries(other)) result[name] = (result[name] ?? 0) + count
  return result
}
