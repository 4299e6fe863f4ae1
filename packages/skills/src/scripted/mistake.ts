import { canonical } from '@roster/core'

import type { ThinkRequest } from '../model/model-step.ts'
import { ToolCalls, type Said } from './script.ts'
import type { RandomFor } from './seeded-random.ts'

/** What every scripted model can get wrong by itself: text that is no answer, no answer in time, a refusal. */
export const ownMistakes = ['malformed', 'late', 'refused'] as const

export type OwnMistake = (typeof ownMistakes)[number]

/** How a scripted model is wrong. */
export interface Mistakes<Kind extends string = never> {
  /** The part of requests that go wrong, from 0 to 1. */
  readonly rate: number
  /** Made by {@link seededRandom}: what goes wrong follows from the seed and the request. */
  readonly random: RandomFor
  /** Which mistakes are made, each as often as the others. @defaultValue malformed, late, refused */
  readonly kinds?: readonly (OwnMistake | Kind)[]
  /** What is said instead of what is right, for kinds of one's own; `undefined` where this kind of mistake cannot be made. */
  readonly wrong?: (right: Said, kind: Kind, random: () => number, request: ThinkRequest) => Said | undefined
}

export type Mistake =
  | { readonly kind: string; readonly said: Said }
  | { readonly kind: OwnMistake; readonly said?: undefined }

/** The mistake that is made with a request, or none. One that would say what is right anyway is none. */
export function mistakeIn<Kind extends string>(
  right: Said,
  request: ThinkRequest,
  mistakes: Mistakes<Kind>,
): Mistake | undefined {
  const { kind: work, instructions, input, conversation } = request
  const random = mistakes.random(canonical({ work, instructions, input, conversation }))
  if (random() >= mistakes.rate) return undefined
  const kinds: readonly (OwnMistake | Kind)[] = mistakes.kinds ?? ownMistakes
  const kind = kinds[Math.floor(random() * kinds.length)]
  if (kind === undefined) return undefined
  if (isOwn(kind)) return { kind }
  const said = mistakes.wrong?.(right, kind, random, request)
  return said === undefined || words(said) === words(right) ? undefined : { kind, said }
}

function isOwn(kind: string): kind is OwnMistake {
  return (ownMistakes as readonly string[]).includes(kind)
}

function words(said: Said): string {
  if (said instanceof Error) return `error ${said.message}`
  return said instanceof ToolCalls ? `calls ${canonical(said.calls)}` : canonical(said)
}
