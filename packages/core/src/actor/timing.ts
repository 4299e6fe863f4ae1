import type { AnyEventObject } from 'xstate'

import { RosterError } from '../error/roster-error.ts'
import { asJson } from '../json/assert-json.ts'
import type { ActorState } from './actor.ts'
import type { Timing } from './machine.ts'
import type { Moment } from './moment.ts'
import type { TimerEvent } from './stimulus.ts'

/** A timer that is to be set. */
export interface TimerRequest {
  readonly id: string
  /** In milliseconds since 1970. */
  readonly dueAt: number
  readonly event: TimerEvent
}

/** The delayed events after a step, and those of them that are new. */
export interface Timers {
  readonly ids: ActorState['timers']
  readonly requests: readonly TimerRequest[]
}

/**
 * Follows what a machine set and cancelled, in order, as XState's own scheduler does: `cancel` reaches the latest of a name; an earlier
 * one of the same name goes on by itself, like one that has no name.
 */
export function timed(moment: Moment, timing: readonly Timing[]): Timers {
  const ids: Record<string, string> = { ...moment.state.timers }
  const requests: TimerRequest[] = []
  for (const change of timing) {
    if (change.kind === 'cancel') {
      delete ids[change.timer]
      continue
    }
    const request = requestOf(moment, change)
    const name = change.timer ?? request.id
    const earlier = ids[name]
    if (earlier !== undefined) ids[earlier] = earlier
    ids[name] = request.id
    requests.push(request)
  }
  const set = new Set(Object.values(ids))
  return { ids, requests: requests.filter(({ id }) => set.has(id)) }
}

/** When something is due that takes this long. Whole milliseconds: never earlier than asked for. */
export function dueAfter({ context, stream }: Moment, delayMs: unknown, what: string): number {
  const dueAt = typeof delayMs === 'number' ? Math.ceil(context.now + Math.max(0, delayMs)) : Number.NaN
  if (Number.isSafeInteger(dueAt)) return dueAt
  throw new RosterError('definition-invalid', `${stream}: ${what} is to take ${String(delayMs)} ms`, {
    hint: 'A delay is a number of milliseconds from 0.',
  })
}

function requestOf(moment: Moment, { timer, event, delayMs }: Extract<Timing, { kind: 'set' }>): TimerRequest {
  const id = moment.id()
  const dueAt = dueAfter(moment, delayMs, `the delayed event "${event.type}"`)
  return { id, dueAt, event: { kind: 'delayed', timer: timer ?? id, event: asEvent(event) } }
}

function asEvent(event: AnyEventObject): Extract<TimerEvent, { kind: 'delayed' }>['event'] {
  return asJson(event, '/event') as { readonly type: string }
}
