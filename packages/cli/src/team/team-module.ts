import type { InboxItem } from 'roster/client'

/** What a team file gives: the team, and perhaps a script that plays its people where nobody is there to ask. */
export interface TeamModule {
  readonly team: unknown
  /** What a person decides, or undefined where the script has no opinion. */
  readonly people: PeopleScript | undefined
}

export type PeopleScript = (
  item: InboxItem,
) => 'approved' | 'declined' | undefined | Promise<'approved' | 'declined' | undefined>
