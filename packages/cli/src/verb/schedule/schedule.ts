import { Command } from 'commander'

import type { Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { scheduleDelete, schedulePause, scheduleResume } from './change.ts'
import { scheduleCreate } from './create.ts'
import { scheduleList } from './list.ts'

const notes = `
Example:
  $ roster schedule create nightly close-books --cron "0 2 * * *" --zone Europe/Berlin --as controller`

/** `roster schedule …`: tasks on a calendar. */
export function schedule(world: World, ended: Ended): Command {
  const command = new Command('schedule').description('publish tasks on a calendar')
  command.helpCommand(false).commandsGroup('Verbs:')
  for (const verb of [scheduleCreate, scheduleList, schedulePause, scheduleResume, scheduleDelete])
    command.addCommand(verb(world, ended))
  return command.addHelpText('after', notes)
}
