import type { Definition } from '../actor/definition.ts'
import type { Stimulus } from '../actor/stimulus.ts'
import { autonomyLevels, defaultLevel, type AutonomyLevel } from './level.ts'
import type { Terms } from './terms.ts'

/** When an agent is demoted without anybody deciding it. */
export interface Demotion {
  /** Pieces of work that fail one after the other, from 1. */
  readonly failures: number
  /** The level to which it is demoted; one that has less freedom already keeps it. */
  readonly to: AutonomyLevel
  /** The level with which it begins. @defaultValue `bounded` */
  readonly from?: AutonomyLevel
}

/**
 * The terms of a colleague after the end of one of its jobs. Where its definition declares a demotion, failures in a row are counted, and
 * once there are as many it is demoted in the same record; a person promotes it again. Work that was done ends the row; what was
 * withdrawn or refused says nothing about it.
 */
export function termsAfterWork(
  { demotion }: Definition,
  terms: Terms | undefined,
  stimulus: Stimulus,
): Terms | undefined {
  if (demotion === undefined) return terms
  const how = howEnded(stimulus)
  if (how === 'failed') return afterFailure(demotion, terms ?? {})
  return how === 'done' ? afterSuccess(terms) : terms
}

function afterFailure(demotion: Demotion, { failures = 0, ...terms }: Terms): Terms {
  if (failures + 1 < demotion.failures) return { ...terms, failures: failures + 1 }
  return { ...terms, level: lower(terms.level ?? demotion.from ?? defaultLevel, demotion.to) }
}

function afterSuccess(terms: Terms | undefined): Terms | undefined {
  if (terms?.failures === undefined) return terms
  const { failures: _, ...rest } = terms
  return Object.keys(rest).length === 0 ? undefined : rest
}

function howEnded(stimulus: Stimulus): unknown {
  if (stimulus.source !== 'message' || stimulus.message.type !== 'job.ended') return undefined
  return (stimulus.message.payload as { readonly how?: unknown } | null)?.how
}

function lower(one: AutonomyLevel, other: AutonomyLevel): AutonomyLevel {
  return autonomyLevels.indexOf(one) < autonomyLevels.indexOf(other) ? one : other
}
