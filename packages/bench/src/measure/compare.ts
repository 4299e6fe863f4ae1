import { median } from './median.ts'

/** A measure beside its baseline, from rounds in which both were measured. */
export interface Comparison {
  /** Median of the rounds. */
  readonly value: number
  readonly baselineValue: number
  /** Median of the ratios of the rounds: what was measured at the same time is divided. */
  readonly ratio: number
  /** The least and the greatest ratio of a round. */
  readonly spread: readonly [number, number]
}

/** Compares values with baselines, round by round. */
export function compare(values: readonly number[], baselines: readonly number[]): Comparison {
  const ratios = values.map((value, round) => value / (baselines[round] ?? Number.NaN))
  return {
    value: median(values),
    baselineValue: median(baselines),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
  }
}
