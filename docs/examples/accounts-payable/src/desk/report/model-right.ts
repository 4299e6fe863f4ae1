import { ClerkAnswer, ClerkQuestion } from '../../model/clerk-answer.ts'
import {
  areRightExplanations,
  Explanations,
  ExplanationsQuestion,
  rightExplanations,
} from '../../model/explanations.ts'
import { isRightClerkAnswer, rightClerkAnswer } from '../../model/right-clerk-answer.ts'
import type { Recorded } from './history.ts'

/** How often the model was asked for an answer, and how often the answer was right. */
export interface Score {
  readonly right: number
  readonly asked: number
}

/** Scores every answer of the clerk's model on record. Tool calls are no answers; no answer is a wrong one. */
export function scoreModel(records: readonly Recorded[]): Score {
  const answers = new Map(records.map((record) => [record.cause.id, record]))
  const kinds = new Map(
    records.filter(({ version }) => version === 1).map(({ stream, cause }) => [stream, cause.kind ?? '']),
  )
  const marks = records.flatMap(({ stream, effects, inputs }) =>
    effects
      .filter(({ skill }) => skill === 'think')
      .flatMap(({ id }) =>
        mark(kinds.get(stream) ?? '', (inputs[id] as { input: unknown } | undefined)?.input, answers.get(id)),
      ),
  )
  return { right: marks.filter(Boolean).length, asked: marks.length }
}

/** The share that was right; of nothing, all. */
export function share({ right, asked }: Score): number {
  return asked === 0 ? 1 : Math.round((right / asked) * 10_000) / 10_000
}

interface Thought {
  readonly outcome?: { readonly kind: string; readonly output?: { readonly kind: string; readonly output?: unknown } }
}

function mark(kind: string, question: unknown, answered: Recorded | undefined): boolean[] {
  if (answered === undefined) return []
  const { outcome } = answered.payload as Thought
  if (outcome?.output?.kind === 'calls') return []
  return [isRight(kind, question, outcome?.output?.output)]
}

function isRight(kind: string, question: unknown, answer: unknown): boolean {
  if (kind === 'explain-deviations') {
    const given = Explanations.safeParse(answer)
    return given.success && areRightExplanations(given.data, rightExplanations(ExplanationsQuestion.parse(question)))
  }
  const given = ClerkAnswer.safeParse(answer)
  return given.success && isRightClerkAnswer(given.data, rightClerkAnswer(ClerkQuestion.parse(question)))
}
