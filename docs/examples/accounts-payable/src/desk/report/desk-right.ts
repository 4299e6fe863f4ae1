import type { TaskSummary } from 'roster/client'
import type { Outcome } from '../../pay-invoice/outcome.ts'
import type { Work } from '../work.ts'
import type { Truth } from './truth.ts'

/** What one document came to, with what is true about it. */
export interface Ended {
  readonly work: Work
  readonly summary: TaskSummary | undefined
  readonly truth: Truth | undefined
  readonly asked: boolean
}

/** Whether each ended as it should, or asked a person. Of two documents with one number one is paid, whichever was first. */
export function rightlyEnded(ends: readonly Ended[]): readonly Ended[] {
  return ends.filter((one) => isRight(one, twinOf(one, ends)))
}

function twinOf({ work, truth }: Ended, ends: readonly Ended[]): Ended | undefined {
  if (truth?.number == null) return undefined
  return ends.find((other) => other.work !== work && other.truth?.number === truth.number)
}

function isRight(one: Ended, twin: Ended | undefined): boolean {
  const { summary, asked, work } = one
  if (summary?.endedAt == null || summary.status === 'failed') return false
  if (asked) return true
  const { expected } = work.incoming
  if (expected === null) return true
  return isAs(one, expected) || (twin?.work.incoming.expected != null && isAs(one, twin.work.incoming.expected))
}

function isAs({ summary }: Ended, { outcome, refusal }: NonNullable<Work['incoming']['expected']>): boolean {
  if (summary === undefined) return false
  if (summary.status === 'refused') return outcome === 'refused' && summary.error?.code === refusal
  return summary.status === 'done' && (summary.outcome as unknown as Outcome).outcome === outcome
}
