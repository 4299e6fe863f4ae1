import { CostAccount } from './chart-of-accounts.ts'
import type { ClerkAnswer } from './clerk-answer.ts'
import type { Explanation } from './explanation.ts'

export const wrongAnswerKinds = [
  'swapped-digit',
  'invented-order',
  'wrong-account',
  'malformed',
  'late',
  'refused',
] as const
export type WrongAnswerKind = (typeof wrongAnswerKinds)[number]

/** What a model that errs says instead: something, maybe nothing that fits the schema; or nothing in time; or no. */
export type WrongAnswer =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'late'; readonly delayMs: number }
  | { readonly kind: 'refused'; readonly text: string }

/** Turns a right answer into a wrong one of that kind. `random` gives numbers from 0 up to 1; all variation comes from it. */
export function wrongAnswer(
  right: ClerkAnswer | Explanation,
  kind: WrongAnswerKind,
  random: () => number,
): WrongAnswer {
  if (kind === 'late') return { kind, delayMs: 60_000 + Math.floor(random() * 60_000) }
  if (kind === 'refused') return { kind, text: 'I cannot help with that.' }
  if (kind === 'malformed') return { kind: 'answered', value: malformed(right, random) }
  const value = 'costAccount' in right ? wrongClerkAnswer(right, kind, random) : wrongExplanation(right, kind, random)
  return { kind: 'answered', value }
}

type WrongByContent = 'swapped-digit' | 'invented-order' | 'wrong-account'

function wrongClerkAnswer(right: ClerkAnswer, kind: WrongByContent, random: () => number): ClerkAnswer {
  if (kind === 'wrong-account')
    return { ...right, costAccount: otherThan(right.costAccount, CostAccount.options, random) }
  const swapped =
    kind === 'swapped-digit' && right.orderReference !== null ? swapDigits(right.orderReference, random) : null
  return { ...right, orderReference: swapped ?? `PO-${9000 + Math.floor(random() * 1000)}` }
}

function wrongExplanation(right: Explanation, kind: WrongByContent, random: () => number): Explanation {
  const suggestion = otherThan(right.suggestion, ['approve', 'decline', 'ask-supplier'] as const, random)
  if (kind === 'wrong-account') return { ...right, suggestion }
  const order = `PO-${9000 + Math.floor(random() * 1000)}`
  const invented = `This was agreed in ${order}. ${right.explanation}`.slice(0, 500)
  if (kind === 'invented-order') return { explanation: invented, suggestion }
  return { explanation: swapDigits(right.explanation, random) ?? invented, suggestion }
}

function malformed(right: ClerkAnswer | Explanation, random: () => number): unknown {
  const shapes: readonly unknown[] = [
    JSON.stringify(right).slice(0, -10),
    Object.fromEntries(Object.entries(right).slice(1)),
    { ...right, confidence: 'high' },
    null,
  ]
  return shapes[Math.floor(random() * shapes.length)]
}

/** Swaps two neighbouring digits that differ; null if there are none. */
function swapDigits(text: string, random: () => number): string | null {
  const places = text
    .matchAll(/(\d)(?!\1)(?=\d)/g)
    .map((found) => found.index)
    .toArray()
  const place = places[Math.floor(random() * places.length)]
  if (place === undefined) return null
  return `${text.slice(0, place)}${text[place + 1]}${text[place]}${text.slice(place + 2)}`
}

function otherThan<T>(right: T, options: readonly T[], random: () => number): T {
  const others = options.filter((option) => option !== right)
  return others[Math.floor(random() * others.length)] ?? right
}
