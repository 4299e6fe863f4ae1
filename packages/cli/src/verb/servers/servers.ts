import { Command } from 'commander'

import type { Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { serversDown } from './down.ts'
import { serversExec } from './exec.ts'
import { serversLogs } from './logs.ts'
import { serversStatus } from './status.ts'
import { serversUp } from './up.ts'
import { serversWipe } from './wipe.ts'

const notes = `
A server that a variable names (DATABASE_URL, NATS_URL, TEMPORAL_ADDRESS) is used as it is, and nothing is started for it.
Each clone has its own ports, passwords and data, in the folder "servers" of its folder of state.

Example:
  $ roster servers up && roster servers exec temporal workflow list`

/** `roster servers …`: PostgreSQL, NATS and Temporal of this clone. */
export function servers(world: World, ended: Ended): Command {
  const command = new Command('servers').description('run PostgreSQL, NATS and Temporal for this clone')
  // What follows the command of `exec` belongs to that command.
  command.enablePositionalOptions().helpCommand(false).commandsGroup('Verbs:')
  for (const verb of [serversUp, serversStatus, serversLogs, serversExec, serversDown, serversWipe])
    command.addCommand(verb(world, ended))
  return command.addHelpText('after', notes)
}
