import type { TeamOf } from '../author/team.ts'
import type { Exported } from '../client/operations.ts'
import { loadPolicy } from '../embedded/load-policy.ts'
import { waitingConsents, type Waiting } from './consent.ts'
import { loadedContents, removed, thingsIn } from './contents.ts'
import { teamHistoryOf } from './team-history.ts'

/** What changed since a team was loaded last, and who has not agreed. */
export interface WaitingConsents {
  readonly waiting: readonly Waiting[]
  /** What others can depend on, by name: what a consent to it is bound to. */
  readonly digests: Readonly<Record<string, string>>
}

/** What of a team waits for the consent of owners, by what is on record. @throws RosterError `policy-invalid` */
export async function consentsOf(team: TeamOf, history: Exported | undefined): Promise<WaitingConsents> {
  const contents = loadedContents(team, await loadPolicy(team))
  const known = teamHistoryOf(history)
  const gone = [...thingsIn(known.contents).keys()].map((thing) => [thing, removed] as const)
  return {
    waiting: await waitingConsents(team, contents, known),
    digests: Object.fromEntries([...gone, ...thingsIn(contents)]),
  }
}
