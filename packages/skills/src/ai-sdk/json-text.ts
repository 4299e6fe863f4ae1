import type { JsonObject } from '@roster/core'
import type { Output } from 'ai'

import { answerSchema } from '../prompt/answer-format.ts'

/**
 * Asks a provider for JSON by schema and keeps the text as it came. The SDK's own object output would parse it and throw: here the
 * contract decides, and the text is needed for the record and for a correction.
 */
export function jsonText(schema: JsonObject): {
  readonly output: Output.Output<string, string, never>
  readonly text: () => string | undefined
} {
  let kept: string | undefined
  return {
    text: () => kept,
    output: {
      name: 'json-text',
      responseFormat: Promise.resolve({ type: 'json', schema: answerSchema(schema) }),
      parseCompleteOutput: ({ text }) => {
        kept = text
        return Promise.resolve(text)
      },
      parsePartialOutput: ({ text }) => Promise.resolve({ partial: text }),
      createElementStreamTransform: () => undefined,
    },
  }
}
