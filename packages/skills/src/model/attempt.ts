import type { Call, Failure, Json } from '@roster/core'

import type { Usage } from './usage.ts'

/** What one model call gave, before anything in it is believed. */
export type Attempt = (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'calls'; readonly calls: readonly Call[] }
  | { readonly kind: 'malformed'; readonly raw: string; readonly problem: string }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly retryable: boolean }
) & { readonly usage: Usage }

/** What a model is shown when its answer did not fit: its own words, and why. */
export interface Correction {
  readonly raw: string
  readonly problem: string
}
