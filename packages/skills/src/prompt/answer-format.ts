import type { JsonObject } from '@roster/core'

/** The property under which an answer travels that is no object itself: providers take objects only. */
const wrapper = 'answer'

/** The schema of what the model writes: the contract's own, in an object if it describes anything but one. */
export function answerSchema(schema: JsonObject): JsonObject {
  if (isObjectSchema(schema)) return schema
  const { $schema: _, $defs, ...inner } = schema
  const outer: JsonObject = {
    type: 'object',
    properties: { [wrapper]: inner },
    required: [wrapper],
    additionalProperties: false,
  }
  return $defs === undefined ? outer : { ...outer, $defs }
}

/** The value in a model's text, or why there is none. A Markdown fence around it is taken off; prose around it is not guessed at. */
export function parseAnswer(
  text: string,
  schema: JsonObject,
): { readonly value: unknown } | { readonly problem: string } {
  const bare = text.trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, '$1')
  if (bare === '') return { problem: 'there is neither an answer nor a tool call' }
  let value: unknown
  try {
    value = JSON.parse(bare)
  } catch (error) {
    return { problem: `the answer is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  if (isObjectSchema(schema)) return { value }
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, wrapper))
    return { value: (value as Record<string, unknown>)[wrapper] }
  return { problem: `the answer has no property ${wrapper}` }
}

function isObjectSchema(schema: JsonObject): boolean {
  return schema['type'] === 'object'
}
