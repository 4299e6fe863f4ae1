import type { GenerateTextResult, streamText, ToolSet } from 'ai'

import type { Redactor } from '../secret/redact.ts'

/** What is read of a call's result, streamed or not. */
export type Answered = Pick<GenerateTextResult<ToolSet, never, never>, 'text' | 'toolCalls' | 'finishReason' | 'usage'>

/**
 * Reads a streamed call to its end, and tells its words on the way: whole ones, so that none of them is half of a secret.
 *
 * @throws what the provider failed with: the SDK puts it into the stream
 */
export async function streamed(
  result: ReturnType<typeof streamText>,
  told: (words: string) => void,
  redact: Redactor,
): Promise<Answered> {
  let held = ''
  for await (const part of result.fullStream) {
    if (part.type === 'error') throw part.error
    if (part.type !== 'text-delta') continue
    held += part.text
    const end = held.search(/\s\S*$/) + 1
    if (end > 0) told(redact.message(held.slice(0, end)))
    held = held.slice(Math.max(0, end))
  }
  if (held !== '') told(redact.message(held))
  const [text, toolCalls, finishReason, usage] = await Promise.all([
    result.text,
    result.toolCalls,
    result.finishReason,
    result.usage,
  ])
  return { text, toolCalls, finishReason, usage }
}
