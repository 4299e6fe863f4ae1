import type { Json } from '@roster/core'
import type { Attempt } from '../model/attempt.ts'
import { priced, type TokenCount } from '../price/price.ts'
import type { ToolAliases } from '../prompt/tool-alias.ts'
import type { Caller } from './call-model.ts'
import type { Answered } from './streamed.ts'

/** What the SDK gave for one call, as an attempt. Parts that the provider did not count are counted at their most. */
export function attemptOf(given: {
  result: Answered
  text: string | undefined
  most: TokenCount
  aliases: ToolAliases
  caller: Caller
}): Attempt {
  const { result, most, aliases, caller } = given
  const { inputTokens, outputTokens, inputTokenDetails } = result.usage
  const cacheWrite = inputTokenDetails.cacheWriteTokens ?? 0
  const usage = priced(
    { input: inputTokens ?? most.input, output: outputTokens ?? most.output, cacheWrite },
    caller.price,
  )
  const text = caller.redact.text(given.text ?? result.text)
  if (result.finishReason === 'content-filter') {
    const failure = {
      code: 'model-refused',
      message: `${caller.name} refused to answer`,
      hint: 'Read the input and the instructions for what it may object to, or ask a person.',
    }
    return { kind: 'failed', failure, retryable: false, usage }
  }
  if (result.finishReason === 'length')
    return { kind: 'malformed', raw: text, problem: `it was cut off after ${most.output} tokens; be brief`, usage }
  if (result.toolCalls.length === 0) return { kind: 'text', text, usage }
  const broken = result.toolCalls.find((call) => call.invalid === true && typeof call.input === 'string')
  if (broken !== undefined) {
    return {
      kind: 'malformed',
      raw: caller.redact.text(String(broken.input)),
      problem: `the input of the call of ${aliases.nameOf(broken.toolName)} is not JSON`,
      usage,
    }
  }
  const calls = result.toolCalls.map(({ toolCallId, toolName, input }) => ({
    id: toolCallId,
    tool: aliases.nameOf(toolName),
    input: caller.redact.json((input ?? {}) as Json),
  }))
  return { kind: 'calls', calls, usage }
}
