import type { Failure } from '../error/failure.ts'
import type { Json } from '../json/json.ts'
import type { Label } from '../message/label.ts'
import type { Message } from '../message/message.ts'

/** What moves an actor: each is one pending row. */
export type Stimulus =
  | { readonly source: 'message'; readonly id: string; readonly message: Message }
  | { readonly source: 'timer'; readonly id: string; readonly event: TimerEvent }
  | { readonly source: 'effect'; readonly id: string; readonly child: string; readonly outcome: EffectResult }

/** What a timer brings: the machine's own delayed event, or the end of an invocation (a wait that is over, an effect that was denied). */
export type TimerEvent =
  | {
      readonly kind: 'delayed'
      readonly timer: string
      readonly event: { readonly type: string; readonly [key: string]: Json }
    }
  | { readonly kind: 'ended'; readonly child: string; readonly output?: Json; readonly error?: Failure }

/** How an effect ended, and what its output may be trusted with. */
export type EffectResult =
  | { readonly kind: 'done'; readonly output: Json; readonly label: Label }
  | { readonly kind: 'failed'; readonly error: Failure; readonly label: Label }
