import type { TeamOf } from 'roster'
import type { Desk, Exported } from 'roster/client'

import { folderOf, type Call } from '../command/call.ts'

/** A team as its file says it is now, and what is on record of it. */
export interface Records {
  readonly team: TeamOf
  /** Everything on record; `undefined` when the team was never at work. */
  readonly history: Exported | undefined
  /** Where people decide about loading it: the process that holds the folder, else the records alone. */
  desk(): Promise<Desk>
}

/** The records of the folder, whoever holds it. The team of the file is neither loaded nor hosted. */
export async function recordsOf({ world, options, team, during }: Call): Promise<Records> {
  const { openers } = world
  const folder = folderOf(world, options)
  const { team: loaded } = await team()
  const history = await during(`Reading ${folder}`, async () => {
    await using beside = await openers.connect(folder)
    return beside === undefined ? await openers.history(loaded, folder) : await beside.export()
  })
  return {
    team: loaded as TeamOf,
    history,
    desk: async () => (await openers.connect(folder)) ?? (await openers.desk(loaded, folder)),
  }
}
