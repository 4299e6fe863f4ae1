import type { Json } from '@roster/core'

import type { ThinkRequest } from '../model/model-step.ts'

/** What a scripted model says: an answer, tool calls ({@link callTools}), or an error that it fails with. */
export type Said = Json | ToolCalls | Error

/** What the model would say to a request. Pure: the same request, the same words. */
export type Script = (request: ThinkRequest) => Said

/** Tool calls, told apart from an answer that happens to look like some. */
export class ToolCalls {
  readonly calls: readonly { readonly tool: string; readonly input: Json }[]

  constructor(calls: readonly { readonly tool: string; readonly input: Json }[]) {
    this.calls = calls
  }
}

/** For a script: the model asks for these calls. */
export function callTools(...calls: readonly { readonly tool: string; readonly input: Json }[]): ToolCalls {
  return new ToolCalls(calls)
}
