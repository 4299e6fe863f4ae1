import type { Operations, TaskSummary } from 'roster/client'

import { settle } from '../team/settle.ts'
import type { PeopleScript } from '../team/team-module.ts'
import { playPeople, type Played } from './play-people.ts'

export interface Waiting {
  readonly task: string
  readonly untilMs: number
  readonly now: () => number
  /** Who decides in place of the people; without it the wait ends when a person is asked. */
  readonly people: PeopleScript | undefined
  readonly played: (played: Played) => void
}

/** Waits until a task has ended, or waits for a person whom nobody plays, or the time is over. */
export async function awaitTask(
  operations: Pick<Operations, 'settled' | 'inbox' | 'decide'>,
  { task, untilMs, now, people, played }: Waiting,
): Promise<TaskSummary> {
  const decided = new Set<string>()
  // What was just decided still waits for a moment, until the decision has arrived.
  const enough = ({ waitingOn, endedAt }: TaskSummary): boolean =>
    endedAt !== null || waitingOn.some(({ item }) => !decided.has(item))
  for (;;) {
    const summary = await settle(operations, { task, untilMs, now, enough })
    if (summary.status !== 'waiting' || people === undefined || now() >= untilMs) return summary
    const decisions = await playPeople(operations, summary, people)
    if (decisions.length === 0) return summary
    for (const one of decisions) {
      decided.add(one.item.item)
      played(one)
    }
  }
}
