import type { Failure, RecordKind } from '@roster/core'

/** What a host tells of its work: for progress, logs and telemetry. It never carries payloads. */
export type Observation =
  | { readonly kind: 'activated'; readonly stream: string; readonly version: number }
  | { readonly kind: 'passivated'; readonly stream: string }
  | {
      readonly kind: 'appended'
      readonly stream: string
      readonly version: number
      readonly position: number
      readonly record: RecordKind
      readonly recordId: string
      readonly task: string
      readonly colleague: string
      readonly after: unknown
      readonly cause: string
      /** Whether it is the last of its stream. */
      readonly final: boolean
    }
  | {
      readonly kind: 'effect-started'
      readonly stream: string
      readonly skill: string
      readonly name: string
      readonly task: string
      readonly id: string
    }
  | {
      readonly kind: 'effect-ended'
      readonly stream: string
      readonly name: string
      readonly id: string
      readonly failed: boolean
    }
  | {
      readonly kind: 'attempt-failed'
      readonly stream: string
      readonly message: string
      readonly attempt: number
      readonly failure: Failure
    }
  | { readonly kind: 'reoffered'; readonly stream: string; readonly because: 'conflict' | 'fenced' | 'store' }
  /** An actor cannot go on here: what it began on is not loaded. What is for it waits. */
  | { readonly kind: 'stands-still'; readonly stream: string; readonly failure: Failure }
  | { readonly kind: 'partitions-gained'; readonly partitions: readonly number[] }
  | { readonly kind: 'partitions-lost'; readonly partitions: readonly number[] }
  /** The bus did not take messages: they are sent again. */
  | { readonly kind: 'unpublished'; readonly messages: number; readonly failure: Failure }
  /** Messages arrived while the store did not answer: they come again. */
  | { readonly kind: 'unread'; readonly messages: number; readonly failure: Failure }
  /** So many messages wait for an actor that more are refused; told once each time that it fills up. */
  | { readonly kind: 'mailbox-full'; readonly stream: string; readonly depth: number }
  | { readonly kind: 'halted'; readonly failure: Failure }

/** Is told every observation; must not throw. */
export type Observe = (observation: Observation) => void
