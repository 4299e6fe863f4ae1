import type { Body, Message, StoredRecord } from '@roster/core'
import { initialTransition, transition } from 'xstate'

import type { History } from './history.ts'

/** What the machine is told of a record's cause. */
type NextEvent = { readonly type: 'next'; readonly payload: { readonly number: number } }

/** The events behind some records: all but the first, which is the actor's beginning. */
export function eventsOf(records: readonly StoredRecord[]): readonly NextEvent[] {
  return records.slice(1).map(({ body }) => {
    const { type, payload } = ((JSON.parse(body ?? '') as Body).payload as unknown as { message: Message }).message
    return { type, payload } as unknown as NextEvent
  })
}

/** Folds events with XState's own `transition()`; answers how many the machine counted. */
export function folded({ machine }: Pick<History, 'machine'>, events: readonly NextEvent[]): number {
  let [snapshot] = initialTransition(machine)
  for (const event of events) [snapshot] = transition(machine, snapshot, event)
  return snapshot.context.count
}
