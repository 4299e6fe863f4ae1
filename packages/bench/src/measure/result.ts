import type { Comparison } from './compare.ts'
import { reaches, type Goal } from './goal.ts'

/** What is measured, beside what, and what is asked of the ratio. */
export interface Measure {
  readonly id: string
  readonly measure: string
  readonly baseline: string
  readonly unit: string
  readonly goal: Goal
  /** Beyond the goal. */
  readonly stretch?: Goal
}

/** A line of `performance.json`. */
export interface Result extends Measure, Comparison {
  readonly met: boolean | null
  /** For a goal that is not reached: what takes the time, from a profile. */
  readonly limitedBy?: string
}

/** A measure with its numbers; `limits` is asked only when the goal is not reached. */
export async function resultOf(
  measure: Measure,
  comparison: Comparison,
  limits: () => Promise<string>,
): Promise<Result> {
  const met = reaches(measure.goal, comparison.ratio)
  const result = { ...measure, ...comparison, met }
  return met === false ? { ...result, limitedBy: await limits() } : result
}
