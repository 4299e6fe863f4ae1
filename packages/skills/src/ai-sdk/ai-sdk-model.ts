import type { LanguageModel } from 'ai'

import type { ModelStep } from '../model/model-step.ts'
import { thinkWithRepair } from '../model/think-with-repair.ts'
import { priceOf, type PriceTable } from '../price/price-table.ts'
import { redactor } from '../secret/redact.ts'
import { modelCaller } from './call-model.ts'

export interface AiSdkOptions {
  /** For the policy and the record. @defaultValue `<provider>/<model id>` */
  readonly name?: string
  /**
   * Prices by model id, asked before the built-in list.
   * @defaultValue none; a model in neither is priced as the dearest there is ({@link unknownPrice})
   */
  readonly prices?: PriceTable
  /** Texts that must not appear in any outcome, such as the provider's key. @defaultValue none; what looks like a key is redacted from errors in any case */
  readonly secrets?: readonly string[]
}

/**
 * Any model of the AI SDK as a model step.
 *
 * One model call a step, and one more if the answer does not fit its contract. Tools are offered and never run, nothing is retried:
 * the host does both, within its budget and on the record.
 *
 * @example
 * const model = aiSdkModel(anthropic('claude-sonnet-5-5'))
 */
export function aiSdkModel(model: LanguageModel, options: AiSdkOptions = {}): ModelStep {
  const [provider, modelId] =
    typeof model === 'string' ? [undefined, model] : [model.provider.split('.')[0], model.modelId]
  const name = provider === undefined ? modelId : `${provider}/${modelId}`
  return lazyAiSdkModel(() => Promise.resolve(model), { name, modelId, ...options })
}

/** As {@link aiSdkModel}, for a model that is loaded when it is first asked: providers take tens of milliseconds to load. */
export function lazyAiSdkModel(
  load: () => Promise<LanguageModel>,
  options: AiSdkOptions & { readonly name: string; readonly modelId: string },
): ModelStep {
  const { name, modelId, prices, secrets = [] } = options
  let loaded: Promise<LanguageModel> | undefined
  const call = modelCaller({
    name,
    price: priceOf(modelId, prices),
    redact: redactor(secrets),
    model: () => (loaded ??= load()),
  })
  return {
    name,
    think: (request, { signal, key, told }) =>
      thinkWithRepair(request, { signal }, (correction, attempt) =>
        call({ request, signal, key: attempt === 1 ? key : `${key}/${attempt}`, correction, told }),
      ),
  }
}
