import { Command } from 'commander'

import type { Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { credentialsIssue } from './issue.ts'
import { credentialsReinstate } from './reinstate.ts'

const notes = `
Example:
  $ roster credentials issue --for web-shop --may publish:pay-invoice --expires 1h > web-shop.creds`

/** `roster credentials …`: proof of identity for people and programs outside. */
export function credentials(world: World, ended: Ended): Command {
  const command = new Command('credentials').description('give people and programs outside what they need on the bus')
  command.helpCommand(false).commandsGroup('Verbs:')
  for (const verb of [credentialsIssue, credentialsReinstate]) command.addCommand(verb(world, ended))
  return command.addHelpText('after', notes)
}
