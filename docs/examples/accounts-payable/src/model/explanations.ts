import { z } from 'zod'
import { Deviation } from '../match/deviation.ts'
import { Explanation, isRightExplanation, rightExplanation } from './explanation.ts'

/** What the clerk's model step is asked about the deviations of one document. */
export const ExplanationsQuestion = z.strictObject({ deviations: z.array(Deviation).max(10) })

/** One explanation for each deviation, in the same order. */
export const Explanations = z.strictObject({ explanations: z.array(Explanation).max(10) })

export type ExplanationsQuestion = z.infer<typeof ExplanationsQuestion>
export type Explanations = z.infer<typeof Explanations>

export function rightExplanations({ deviations }: ExplanationsQuestion): Explanations {
  return { explanations: deviations.map(rightExplanation) }
}

export function areRightExplanations(answer: Explanations, right: Explanations): boolean {
  const pairs = right.explanations.map((each, index) => [answer.explanations[index], each] as const)
  return (
    answer.explanations.length === right.explanations.length &&
    pairs.every(([given, each]) => given !== undefined && isRightExplanation(given, each))
  )
}
