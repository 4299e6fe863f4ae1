import type { LanguageModel, ModelMessage } from 'ai'

import type { Attempt, Correction } from '../model/attempt.ts'
import type { ThinkOptions, ThinkRequest } from '../model/model-step.ts'
import { unlessStopped } from '../model/stopped.ts'
import { atMost, type Price } from '../price/price.ts'
import { correctionText } from '../prompt/correction.ts'
import { instructionsOf } from '../prompt/instructions.ts'
import { situationOf } from '../prompt/situation.ts'
import { toolAliases } from '../prompt/tool-alias.ts'
import type { Redactor } from '../secret/redact.ts'
import { attemptOf } from './attempt-of.ts'
import { failedAttempt } from './failed-attempt.ts'
import { jsonText } from './json-text.ts'
import { offeredTools } from './offered-tools.ts'
import { streamed } from './streamed.ts'

/** What does not change from call to call. */
export interface Caller {
  readonly name: string
  readonly price: Price
  readonly redact: Redactor
  readonly model: () => Promise<LanguageModel>
}

/** One model call. */
export interface ModelCall {
  readonly request: ThinkRequest
  readonly correction: Correction | undefined
  readonly signal: AbortSignal
  readonly key: string
  /** Is told the words as they come. */
  readonly told: ThinkOptions['told']
}

/**
 * Makes single model calls: no retry, no tool run, no second step.
 *
 * Strict schemas of OpenAI refuse optional properties and much else; the contract's own validation decides anyway. `store` keeps the
 * conversation out of the provider's own memory: the record is ours.
 */
export function modelCaller(caller: Caller): (call: ModelCall) => Promise<Attempt> {
  return async ({ request, correction, signal, key, told }) => {
    const instructions = instructionsOf(request)
    const messages = messagesOf(request, correction)
    const most = atMost(JSON.stringify([instructions, messages, request.tools]), request.maxOutputTokens)
    try {
      const { generateText, streamText } = await import('ai')
      const aliases = toolAliases(request.tools.map(({ name }) => name))
      const answer = jsonText(request.output.schema)
      const call = {
        model: await caller.model(),
        instructions,
        messages,
        ...(await offeredTools(request.tools, aliases)),
        output: answer.output,
        maxOutputTokens: request.maxOutputTokens,
        maxRetries: 0,
        abortSignal: signal,
        headers: { 'idempotency-key': key },
        providerOptions: { openai: { strictJsonSchema: false, store: false } },
      }
      const asked =
        told === undefined
          ? generateText(call)
          : // What it fails with is read from the stream; the SDK would print it.
            streamed(streamText({ ...call, onError: () => {} }), told, caller.redact)
      const result = await unlessStopped(asked, signal)
      return attemptOf({ result, text: answer.text(), most, aliases, caller })
    } catch (error) {
      return await failedAttempt(error, { signal, most, caller })
    }
  }
}

function messagesOf(request: ThinkRequest, correction: Correction | undefined): ModelMessage[] {
  const first: ModelMessage = { role: 'user', content: situationOf(request) }
  if (correction === undefined) return [first]
  const { raw } = correction
  return [
    first,
    { role: 'assistant', content: raw.trim() === '' ? '(no answer)' : raw },
    { role: 'user', content: correctionText(correction) },
  ]
}
