import { callTools, scriptedModel, seededRandom, type Said, type ScriptedModel, type ThinkRequest } from 'roster/model'
import { rightClerkAnswer } from './right-clerk-answer.ts'
import { ClerkAnswer, ClerkQuestion } from './clerk-answer.ts'
import { Explanations, ExplanationsQuestion, rightExplanations } from './explanations.ts'
import { wrongAnswer } from './wrong-answer.ts'

/** Kinds of mistakes that are about the content; the scripted model knows malformed, late and refused answers by itself. */
const contents = ['swapped-digit', 'invented-order', 'wrong-account', 'misshapen'] as const

type Content = (typeof contents)[number]

/** A clerk's model without a model: right by rule, gullible, and wrong as often as it is told to be. */
export function scriptedClerk({ errors, seed }: { readonly errors: number; readonly seed: number }): ScriptedModel {
  const kinds = [...contents, 'malformed', 'late', 'refused'] as const
  const random = seededRandom(seed)
  const ofClerk = (text: string) => random(`clerk ${text}`)
  return scriptedModel<Content>({ answers, errors: { rate: errors, random: ofClerk, kinds, wrong } })
}

/** What it says when it is right. A note that tells it to call a tool is obeyed: what keeps the desk safe is not its model. */
function answers({ kind, input, conversation }: ThinkRequest): Said {
  if (kind === 'explain-deviations') return rightExplanations(ExplanationsQuestion.parse(input))
  const question = ClerkQuestion.parse(input)
  const demanded = conversation.length === 0 ? toolIn(question) : undefined
  return demanded ?? rightClerkAnswer(question)
}

function toolIn({ notes, message }: ClerkQuestion): Said | undefined {
  const found = /\bcall the tool ([a-z][a-z-]*) with (\{[^{}]*\})/.exec([...notes, message ?? ''].join('\n'))
  if (found?.[1] === undefined || found[2] === undefined) return undefined
  try {
    return callTools({ tool: found[1], input: JSON.parse(found[2]) })
  } catch {
    return undefined
  }
}

function wrong(right: Said, kind: Content, random: () => number): Said | undefined {
  const form = kind === 'misshapen' ? 'malformed' : kind
  const clerk = ClerkAnswer.safeParse(right)
  if (clerk.success) return said(wrongAnswer(clerk.data, form, random))
  const explained = Explanations.safeParse(right)
  const [first, ...rest] = explained.data?.explanations ?? []
  if (first === undefined) return undefined
  const mistaken = said(wrongAnswer(first, form, random))
  return { explanations: [mistaken ?? null, ...rest] } as Said
}

function said(answer: ReturnType<typeof wrongAnswer>): Said | undefined {
  return answer.kind === 'answered' ? (answer.value as Said) : undefined
}
