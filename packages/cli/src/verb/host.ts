import type { Call } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode, type ExitCode } from '../failure/exit-code.ts'
import { settingsFor, type MemberOptions } from './up-settings.ts'

const memberOptions = [
  option(
    '--name <name>',
    "its name in records and on the bus (default: the machine's and the process id; env ROSTER_NAME)",
  ),
  option('--hosts <count>', 'how many hosts share the work (default: 1; env ROSTER_HOSTS)'),
]

const notes =
  'It needs DATABASE_URL and NATS_URL, or the servers of `roster servers up`. Each event is a line of JSON; the first, "ready", has the\n' +
  'address of its health. SIGTERM and SIGINT drain it: what is under way ends, and what is pending stays pending.'

export const host = (world: World, ended: Ended) =>
  verb<MemberOptions>(world, ended, {
    usage: 'host',
    summary: 'host colleagues of the team in this process, beside other hosts',
    examples: ['host', 'host --name host-2 --hosts 2'],
    options: memberOptions,
    notes,
    run: (call) => run(call, 'host'),
  })

export const coordinator = (world: World, ended: Ended) =>
  verb<MemberOptions>(world, ended, {
    usage: 'coordinator',
    summary: 'take tasks for the team in this process, while hosts do the work',
    examples: ['coordinator'],
    options: memberOptions,
    notes,
    run: (call) => run(call, 'coordinator'),
  })

async function run(call: Call<MemberOptions>, role: 'host' | 'coordinator'): Promise<ExitCode> {
  const { runMember } = await import('roster/distributed')
  const { world } = call
  const settings = await settingsFor(call)
  const { team } = await call.team()
  const line = (value: Readonly<Record<string, unknown>>): void =>
    void world.terminal.output.write(`${JSON.stringify(value)}\n`)
  const parts = { team: team as Parameters<typeof runMember>[1]['team'], settings }
  const by = call.options.as ?? world.env['USER']
  const deploying = by === undefined ? {} : { deploying: { by } }
  const how = await runMember(role, { ...parts, ...deploying }, { signal: world.signal, line })
  return how === 'drained' ? exitCode.ok : exitCode.failed
}
