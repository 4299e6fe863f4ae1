import { canonical } from '@roster/core'

import type { ThinkRequest } from '../model/model-step.ts'
import { answerSchema } from './answer-format.ts'

/** What the model is told beside its task: the form of the answer, in words, because not every provider enforces a schema. */
export function instructionsOf({ instructions, output, tools }: ThinkRequest): string {
  const first = tools.length === 0 ? '' : 'Call tools for as long as you need what they give. Then answer.\n'
  const form = `Answer with one JSON value that fits this JSON schema, and with nothing else:\n${canonical(answerSchema(output.schema))}`
  return `${instructions}\n\n${first}${form}`
}
