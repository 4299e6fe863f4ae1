import { RosterError } from '@roster/core'

import { lazyAiSdkModel } from '../ai-sdk/ai-sdk-model.ts'
import type { ModelStep } from '../model/model-step.ts'
import type { PriceTable } from '../price/price-table.ts'

/** The variables that are read; `process.env` fits. One that is empty counts as absent. */
export type ModelEnvironment = Readonly<Record<string, string | undefined>>

/** The models that are used where `ROSTER_MODEL` names none. */
const defaultModels = { anthropic: 'claude-sonnet-5-5', openai: 'gpt-6.1-sol' } as const

/**
 * The model that the environment offers, or nothing. In this order:
 *
 * - `ANTHROPIC_API_KEY`: Anthropic;
 * - `OPENAI_BASE_URL`, with `OPENAI_API_KEY` where the server wants one: any server that speaks OpenAI's chat completions;
 * - `OPENAI_API_KEY`: OpenAI.
 *
 * `ROSTER_MODEL` names the model, which a server of one's own needs; `scripted` means none of them. A server on this machine costs nothing.
 *
 * @throws RosterError `usage` for a base URL without a model's name, or one that is no URL.
 */
export function modelFromEnvironment(
  env: ModelEnvironment,
  options: { readonly prices?: PriceTable } = {},
): ModelStep | undefined {
  const named = env['ROSTER_MODEL'] || undefined
  const openAiKey = env['OPENAI_API_KEY'] || undefined
  if (named === 'scripted') return undefined
  if (env['ANTHROPIC_API_KEY']) return anthropic(env['ANTHROPIC_API_KEY'], named ?? defaultModels.anthropic, options)
  if (env['OPENAI_BASE_URL']) return compatible(env['OPENAI_BASE_URL'], openAiKey, named, options)
  return openAiKey === undefined ? undefined : openai(openAiKey, named ?? defaultModels.openai, options)
}

interface Priced {
  readonly prices?: PriceTable
}

function anthropic(apiKey: string, modelId: string, options: Priced): ModelStep {
  const load = async () => (await import('@ai-sdk/anthropic')).createAnthropic({ apiKey })(modelId)
  return lazyAiSdkModel(load, { ...options, name: `anthropic/${modelId}`, modelId, secrets: [apiKey] })
}

function openai(apiKey: string, modelId: string, options: Priced): ModelStep {
  const load = async () => (await import('@ai-sdk/openai')).createOpenAI({ apiKey })(modelId)
  return lazyAiSdkModel(load, { ...options, name: `openai/${modelId}`, modelId, secrets: [apiKey] })
}

function compatible(
  baseURL: string,
  apiKey: string | undefined,
  modelId: string | undefined,
  { prices = {} }: Priced,
): ModelStep {
  const url = URL.canParse(baseURL) ? new URL(baseURL) : undefined
  if (url === undefined)
    throw new RosterError('usage', 'OPENAI_BASE_URL is not a URL', {
      path: 'OPENAI_BASE_URL',
      hint: 'For example http://127.0.0.1:11434/v1',
    })
  if (modelId === undefined) {
    throw new RosterError('usage', 'OPENAI_BASE_URL is set and ROSTER_MODEL is not', {
      path: 'ROSTER_MODEL',
      hint: 'Name a model that the server has.',
    })
  }
  const free = isThisMachine(url) ? { [modelId]: { inputMicroUsd: 0, outputMicroUsd: 0 } } : {}
  const secrets = [apiKey ?? '', decodeURIComponent(url.password), url.password]
  const load = async () => {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
    const key = apiKey === undefined ? {} : { apiKey }
    return createOpenAICompatible({ name: 'compatible', baseURL, supportsStructuredOutputs: true, ...key })(modelId)
  }
  return lazyAiSdkModel(load, { prices: { ...free, ...prices }, name: `compatible/${modelId}`, modelId, secrets })
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
