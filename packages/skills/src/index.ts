export type { ModelStep, ThinkOptions, ThinkOutcome, ThinkRequest, ToolDescription } from './model/model-step.ts'
export { fallbackModels, type FallbackOptions } from './model/fallback-models.ts'
export type { Usage } from './model/usage.ts'

export { aiSdkModel, type AiSdkOptions } from './ai-sdk/ai-sdk-model.ts'
export { modelFromEnvironment, type ModelEnvironment } from './environment/model-from-environment.ts'
export { listPrices, unknownPrice, type PriceTable } from './price/price-table.ts'
export type { Price } from './price/price.ts'

export { scriptedModel, type ScriptedModel, type ScriptedOptions, type Tally } from './scripted/scripted-model.ts'
export { callTools, type Said, type Script, type ToolCalls } from './scripted/script.ts'
export type { Mistakes, OwnMistake } from './scripted/mistake.ts'
export { seededRandom, type RandomFor } from './scripted/seeded-random.ts'

export { jsonSchemaOf } from './schema/json-schema-of.ts'

export { boundsOf as sandboxBounds } from './sandbox/bounds.ts'
export { workerSandbox } from './sandbox/worker-sandbox.ts'
export { bubblewrapSandbox } from './sandbox/bubblewrap-sandbox.ts'
export { runInProcess, type ProcessCall, type ProcessOutcome, type ProcessProgram } from './process/tool-process.ts'
export { findBubblewrap, type Bubblewrap } from './process/bubblewrap.ts'
export { redactor, type Redactor } from './secret/redact.ts'
export { readSecret, secretName, type SecretSource } from './secret/secret-source.ts'
