import { Command } from 'commander'

import type { Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { keysConfig } from './config.ts'
import { keysInit } from './init.ts'
import { keysPush } from './push.ts'
import { keysShow } from './show.ts'

const notes = `
The keys are in the folder "identity" of the team's folder of state; whoever reads it can speak for everybody. See docs/how-to/rotate-keys.md.

Example:
  $ roster keys init && roster keys config > nats.conf && roster servers up nats --nats-config nats.conf`

/** `roster keys …`: who the bus believes. */
export function keys(world: World, ended: Ended): Command {
  const command = new Command('keys').description('make the keys by which the bus knows who is who')
  command.helpCommand(false).commandsGroup('Verbs:')
  for (const verb of [keysInit, keysShow, keysConfig, keysPush]) command.addCommand(verb(world, ended))
  return command.addHelpText('after', notes)
}
