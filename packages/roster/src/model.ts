export { aiSdkModel, callTools, listPrices, modelFromEnvironment, scriptedModel, seededRandom } from '@roster/skills'
export type {
  AiSdkOptions,
  Mistakes,
  ModelEnvironment,
  ModelStep,
  Price,
  PriceTable,
  RandomFor,
  Said,
  Script,
  ScriptedModel,
  ScriptedOptions,
  ThinkOptions,
  ThinkOutcome,
  ThinkRequest,
  ToolCalls,
  ToolDescription,
} from '@roster/skills'
