import type { Json } from '@roster/core'
import { scriptedModel, type ModelStep } from '@roster/skills'

/** Models of a rehearsal: one that stands in for all. */
export type ScriptedModels = ModelStep

/** What a scripted model answers to a kind of work: a value, or by what it is asked. */
export type ScriptedAnswer = Json | ((input: Json) => Json)

/** A model that answers each kind of work as told: `scripted({ research: notes, draft })`. What it was not told is an error that says so. */
export function scripted(answers: Readonly<Record<string, ScriptedAnswer>>): ModelStep {
  return scriptedModel({
    answers: (request) => {
      const answer = answers[request.kind]
      if (answer === undefined)
        throw new TypeError(
          `the script has no answer for "${request.kind}"; it has: ${Object.keys(answers).join(', ')}`,
        )
      return typeof answer === 'function' ? answer(request.input) : answer
    },
  })
}
