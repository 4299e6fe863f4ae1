import { failureOf, type Call, type Json } from '@roster/core'

import type { ModelStep, ThinkOutcome, ThinkRequest, Usage } from './model-step.ts'

/** What a script gives for a request: an answer, tool calls, or an outcome as it stands. */
export type ScriptedReply = Json | { readonly calls: readonly Call[] }

export interface ScriptedModelOptions {
  /** The right reply to a request. Deterministic; what it throws is a failed outcome. */
  readonly answers: (request: ThinkRequest) => ScriptedReply
  /** Spoils some of the replies: gives the outcome instead of the right one, or `undefined` to leave it. */
  readonly spoil?: (right: ScriptedReply, request: ThinkRequest, key: string) => ThinkOutcome | Promise<ThinkOutcome> | undefined
  /** What each call costs. @defaultValue 1,200 millionths of a US dollar and 600 tokens */
  readonly usage?: Usage
}

/** A stand-in that answers by script and says that it is one: for a first run without a key, tests and rehearsals. */
export function scriptedModel({ answers, spoil, usage = { costMicroUsd: 1_200, tokens: 600 } }: ScriptedModelOptions): ModelStep {
  return {
    name: 'scripted',
    async think(request, { key }) {
      try {
        const right = answers(request)
        const spoiled = await spoil?.(right, request, key)
        return spoiled ?? outcomeOf(right, request, usage)
      } catch (error) {
        return { kind: 'failed', failure: failureOf(error, 'model-failed'), usage }
      }
    },
  }
}

function outcomeOf(reply: ScriptedReply, request: ThinkRequest, usage: Usage): ThinkOutcome {
  if (isCalls(reply)) return { kind: 'calls', calls: reply.calls, usage }
  const checked = request.output.validate(reply)
  return checked.ok ? { kind: 'answer', output: checked.value, usage } : { kind: 'failed', failure: { ...checked.failure, code: 'model-failed' }, usage }
}

function isCalls(reply: ScriptedReply): reply is { readonly calls: readonly Call[] } {
  return typeof reply === 'object' && reply !== null && 'calls' in reply && Array.isArray(reply.calls)
}
