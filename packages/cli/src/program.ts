import { Command } from 'commander'

import manifest from '../package.json' with { type: 'json' }
import type { Ended } from './command/verb.ts'
import type { World } from './command/world.ts'
import { approve, decline } from './verb/decide.ts'
import { budget } from './verb/budget.ts'
import { can } from './verb/can.ts'
import { check } from './verb/check.ts'
import { credentials } from './verb/credentials/credentials.ts'
import { deadLetters } from './verb/dead-letters.ts'
import { dev } from './verb/dev.ts'
import { doctor } from './verb/doctor.ts'
import { down } from './verb/down.ts'
import { exportHistory } from './verb/export.ts'
import { graph } from './verb/graph.ts'
import { consent } from './verb/consent.ts'
import { coordinator, host } from './verb/host.ts'
import { impact } from './verb/impact.ts'
import { inbox } from './verb/inbox.ts'
import { init } from './verb/init.ts'
import { keys } from './verb/keys/keys.ts'
import { log } from './verb/log.ts'
import { mcpPin } from './verb/mcp-pin.ts'
import { demote, promote } from './verb/promote.ts'
import { prompt } from './verb/prompt.ts'
import { ready } from './verb/ready.ts'
import { replay } from './verb/replay.ts'
import { resume } from './verb/resume.ts'
import { stop } from './verb/stop.ts'
import { revoke } from './verb/revoke.ts'
import { rotate } from './verb/rotate.ts'
import { schedule } from './verb/schedule/schedule.ts'
import { servers } from './verb/servers/servers.ts'
import { status } from './verb/status.ts'
import { taskCancel } from './verb/task-cancel.ts'
import { taskList } from './verb/task-list.ts'
import { taskPublish } from './verb/task-publish.ts'
import { taskShow } from './verb/task-show.ts'
import { taskWatch } from './verb/task-watch.ts'
import { up } from './verb/up.ts'
import { verify } from './verb/verify.ts'
import { who } from './verb/who.ts'
import { why } from './verb/why.ts'

const exitCodes = `
Exit codes:
  0  done, waiting for a person, or fine
  1  failed or cancelled
  2  the command line is wrong, or names something that does not exist
  3  refused: by the team, a policy or a person
  4  not verified, diverged, or problems found
  5  the folder or the team cannot be reached or opened
  130  interrupted

Example:
  $ roster task publish pay-invoice --file invoice.xml --wait`

/** The command line: every verb, in the order in which one comes to need them. */
export function program(world: World, ended: Ended): Command {
  const task = new Command('task').description('publish tasks and look after them').helpCommand(false)
  task.commandsGroup('Verbs:')
  for (const verb of [taskPublish, taskList, taskShow, taskWatch, taskCancel]) task.addCommand(verb(world, ended))
  task.addHelpText('after', '\nExample:\n  $ roster task list --status waiting')

  const root = new Command('roster').description(
    'A team of agents and people: every transition recorded, every moment replayable.',
  )
  root
    .enablePositionalOptions()
    .version(manifest.version, '--version', 'print the version')
    .helpCommand(false)
    .addHelpText('after', exitCodes)
  const groups = {
    'Make a team:': [
      init(world, ended),
      check(world, ended),
      graph(world, ended),
      mcpPin(world, ended),
      dev(world, ended),
    ],
    'Give it work:': [task, schedule(world, ended), inbox(world, ended), approve(world, ended), decline(world, ended)],
    'Govern it:': [
      stop(world, ended),
      resume(world, ended),
      promote(world, ended),
      demote(world, ended),
      can(world, ended),
      budget(world, ended),
      impact(world, ended),
      consent(world, ended),
      ready(world, ended),
    ],
    'See what it does:': [who(world, ended), status(world, ended), log(world, ended)],
    'See what it did:': [
      why(world, ended),
      prompt(world, ended),
      replay(world, ended),
      verify(world, ended),
      exportHistory(world, ended),
    ],
    'Say who is who:': [keys(world, ended), credentials(world, ended), rotate(world, ended), revoke(world, ended)],
    'Run it over servers:': [
      servers(world, ended),
      up(world, ended),
      down(world, ended),
      doctor(world, ended),
      deadLetters(world, ended),
      host(world, ended),
      coordinator(world, ended),
    ],
  }
  for (const [heading, commands] of Object.entries(groups))
    for (const command of commands) root.addCommand(command.helpGroup(heading))
  return root
}
