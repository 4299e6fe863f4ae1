import { RosterError } from '@roster/core'

import { waitFor } from '../scripted/wait-for.ts'
import type { ModelStep, ThinkOptions, ThinkOutcome, ThinkRequest } from './model-step.ts'
import { addUsage, noUsage, type Usage } from './usage.ts'

/** How a chain of models is asked. */
export interface FallbackOptions {
  /** How often one model is asked again after a failure that may pass: a rate limit, an overload, a broken connection. @defaultValue 1 */
  readonly retries?: number
  /** How long it waits before the first time that it asks one again, in milliseconds; twice as long before the next. @defaultValue 500 */
  readonly waitMs?: number
  /** How it waits; virtual in tests. @defaultValue real time */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Calls of a model that answers at once, and of one answer that is mended. */
const callsOfStep = 2

/**
 * A declared chain of models: the first is asked, again if its failure may pass, and then the next. Each of them must be permitted by the
 * policies; the record names the one that answered and those that did not.
 *
 * Tried again is only what the budget of the step still pays for (`limits.call`): whatever was used counts, and nothing is spent beyond what
 * was held. What a model refused, or what came too late, goes to the next model, not to the same again. What was withdrawn goes to nobody.
 *
 * @throws RosterError `definition-invalid` for an empty chain, or one that names a model twice
 * @example const model = fallbackModels([aiSdkModel(anthropic('claude-sonnet-5-5')), aiSdkModel(openai('gpt-6.1-sol'))])
 */
export function fallbackModels(models: readonly ModelStep[], options: FallbackOptions = {}): ModelStep {
  const { retries = 1, waitMs = 500, wait = waitFor } = options
  const [first, ...others] = models
  const names = models.map(({ name }) => name)
  if (first === undefined || new Set(names).size < names.length)
    throw new RosterError(
      'definition-invalid',
      `a chain of models names each once, not ${names.join(', ') || 'none'}`,
      {
        path: 'model',
        hint: 'Give fallbackModels two models or more, each under a name of its own.',
      },
    )
  return {
    name: first.name,
    fallbacks: others.map(({ name }) => name),
    mostCalls: models.reduce((sum, { mostCalls = callsOfStep }) => sum + mostCalls * (1 + retries), 0),
    async think(request, asked) {
      const chain: Chain = { request, asked, retries, waitMs, wait, tried: [], used: noUsage }
      for (const model of models) {
        const outcome = await askPatiently(model, chain)
        if (outcome.kind !== 'failed' || isOver(chain)) return told(outcome, model, chain)
        chain.last = { outcome, model }
      }
      const { outcome, model } = chain.last as NonNullable<Chain['last']>
      return told(outcome, model, chain)
    },
  }
}

/** One step, as it goes along the chain. */
interface Chain extends Required<FallbackOptions> {
  readonly request: ThinkRequest
  readonly asked: ThinkOptions
  /** What did not answer, and why not. */
  readonly tried: { readonly model: string; readonly code: string; readonly message: string }[]
  used: Usage
  last?: { readonly outcome: ThinkOutcome; readonly model: ModelStep }
}

/** Asks one model until it answers, or fails for good, or too often. */
async function askPatiently(model: ModelStep, chain: Chain): Promise<ThinkOutcome> {
  for (let failures = 0; ; failures++) {
    const key = `${chain.asked.key}${chain.tried.length === 0 ? '' : `/${chain.tried.length}`}`
    const outcome = await model.think(chain.request, { ...chain.asked, key })
    chain.used = addUsage(chain.used, outcome.usage)
    if (outcome.kind !== 'failed') return outcome
    chain.tried.push({ model: model.name, code: outcome.failure.code, message: outcome.failure.message })
    if (!outcome.retryable || failures === chain.retries || isOver(chain)) return outcome
    await chain.wait(chain.waitMs * 2 ** failures, chain.asked.signal)
  }
}

/** Whether nobody else is to be asked: it was withdrawn, its time is over, or another call could cost more than was held for the step. */
function isOver({ asked: { signal }, request: { most, maxOutputTokens }, used }: Chain): boolean {
  if (signal.aborted) return true
  if (most === undefined) return false
  return (
    used.modelCalls >= most.modelCalls ||
    used.costMicroUsd >= most.costMicroUsd ||
    used.tokens + maxOutputTokens > most.tokens
  )
}

function told(outcome: ThinkOutcome, { name }: ModelStep, { tried, used }: Chain): ThinkOutcome {
  return { ...outcome, usage: used, by: name, ...(tried.length === 0 ? {} : { tried }) }
}
