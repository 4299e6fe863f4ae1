import type { InboxItem, Operations, TaskSummary } from 'roster/client'

import type { PeopleScript } from '../team/team-module.ts'

/** What the script decided, for whom. */
export interface Played {
  readonly item: InboxItem
  readonly decision: 'approved' | 'declined'
}

const playedReason = 'played by the script of the team (--yes)'

/** Lets the team's script decide what waits in one task; what it has no opinion on is left to the person. */
export async function playPeople(
  operations: Pick<Operations, 'inbox' | 'decide'>,
  { task }: Pick<TaskSummary, 'task'>,
  people: PeopleScript,
): Promise<readonly Played[]> {
  const played: Played[] = []
  for (const item of (await operations.inbox()).filter((one) => one.task === task)) {
    const decision = await people(item)
    if (decision === undefined) continue
    await operations.decide({ item: item.item, person: item.person, decision, reason: playedReason })
    played.push({ item, decision })
  }
  return played
}
