import type { Operations } from 'roster/client'
import type { DeskEvent } from '../desk-event.ts'
import { eventsOf } from '../record-events.ts'
import type { Work } from '../work.ts'

export type DenialEvent = Extract<DeskEvent, { type: 'denial' }>

/** What policy has denied in these tasks, also in an earlier run. */
export async function denialsIn(
  operations: Operations,
  works: readonly Work[],
  denied: (task: string) => boolean,
): Promise<readonly DenialEvent[]> {
  const found: DenialEvent[] = []
  for (const work of works.filter(({ task }) => denied(task))) {
    for (const { envelope } of await operations.log({ task: work.task })) {
      const events = await eventsOf(operations, work, envelope)
      found.push(...events.filter((event) => event.type === 'denial'))
    }
  }
  return found
}
