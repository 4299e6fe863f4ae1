import type { Call, Failure, Json, JsonObject, Turn, Validated } from '@roster/core'

import type { Usage } from './usage.ts'

/** One bounded step of reasoning: the only thing that a model is asked for. Who calls it decides what becomes of tool calls. */
export interface ModelStep {
  /** `anthropic/claude-sonnet-5-5`, or `scripted`; for the policy and the record. */
  readonly name: string
  /** Models that are asked when it does not answer, in order, by name: policies must permit each. @defaultValue none */
  readonly fallbacks?: readonly string[]
  /** Model calls that one step may come to, at most. @defaultValue 2: the answer, and one that mends it */
  readonly mostCalls?: number
  /** Never rejects for what the model or its provider did wrong: that is the outcome `failed`. */
  think(request: ThinkRequest, options: ThinkOptions): Promise<ThinkOutcome>
}

export interface ThinkRequest {
  /** The kind of work, as the colleague's contract names it. */
  readonly kind: string
  readonly instructions: string
  readonly input: Json
  /** The tool calls of this job so far, and what came of them. */
  readonly conversation: readonly Turn[]
  readonly tools: readonly ToolDescription[]
  readonly output: {
    /** What the model is shown, and what a provider may enforce while it writes. */
    readonly schema: JsonObject
    /** What decides. */
    readonly validate: (value: unknown) => Validated
  }
  /** Of one model call, its reasoning included. */
  readonly maxOutputTokens: number
  /** What is held for the step: nothing is tried again beyond it. @defaultValue no bound but that of each call */
  readonly most?: Usage
}

/** A tool as a model sees it. */
export interface ToolDescription {
  readonly name: string
  readonly description: string
  readonly inputSchema: JsonObject
}

export interface ThinkOptions {
  /** Ends the step: `timeout` if its reason is one of {@link AbortSignal.timeout}, else `cancelled`. */
  readonly signal: AbortSignal
  /** The same for every try of the same step. */
  readonly key: string
  /** Is told the words of the model as it says them, for somebody who watches: nothing that is told is checked. @defaultValue nobody watches */
  readonly told?: ((words: string) => void) | undefined
}

/** Which of a chain of models it was. */
interface Answering {
  /** @defaultValue the model that was asked */
  readonly by?: string
  /** Models that were asked before and did not answer, in order. */
  readonly tried?: readonly { readonly model: string; readonly code: string; readonly message: string }[]
}

export type ThinkOutcome = Answering &
  (
    | {
        readonly kind: 'answer'
        /** What the contract's own `validate` let through. */
        readonly output: Json
        /** The model's text, where there was one. */
        readonly raw?: string
        readonly usage: Usage
      }
    | { readonly kind: 'calls'; readonly calls: readonly Call[]; readonly usage: Usage }
    | {
        readonly kind: 'failed'
        /** Codes: `model-failed`, `model-refused`, `timeout`, `cancelled`. */
        readonly failure: Failure
        /** Whether the same step may succeed later without a change: a rate limit, an overload, a broken connection. */
        readonly retryable: boolean
        readonly usage: Usage
      }
  )
