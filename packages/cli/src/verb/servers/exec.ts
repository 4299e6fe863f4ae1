import { spawn } from 'node:child_process'
import { constants } from 'node:os'

import type { ServerStatus } from '@roster/servers'

import type { Call } from '../../command/call.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { CommandError } from '../../failure/command-error.ts'
import type { ExitCode } from '../../failure/exit-code.ts'
import { serversFolder } from './servers-folder.ts'

/** What shells answer for a program that does not exist, and from where they count those that a signal ended. */
const NOT_FOUND = 127
const BY_SIGNAL = 128

export const serversExec = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'exec <command...>',
    summary: 'run a command that finds them: their addresses in its environment, their programs on its PATH',
    examples: ['servers exec temporal workflow list', `servers exec sh -c 'echo $NATS_URL'`, 'servers exec npm test'],
    notes:
      'Options of roster come before the command. It gets DATABASE_URL, NATS_URL and TEMPORAL_ADDRESS, with passwords, of the servers that run.\n' +
      'Ends as the command does.',
    async run(call) {
      const { cloneEnvironment, cloneStatus } = await import('@roster/servers')
      const { env } = call.world
      const statuses = await cloneStatus(serversFolder(call), env, { secrets: true })
      refuseUnwell(statuses)
      // Whatever the command ends with: it is the answer, and no code of ours.
      return (await commandOf(call, cloneEnvironment(env, statuses))) as ExitCode
    },
  }).passThroughOptions()

function refuseUnwell(statuses: readonly ServerStatus[]): void {
  const unwell = statuses.find(({ state }) => state === 'died' || state === 'silent')
  if (unwell !== undefined) {
    const said = unwell.state === 'died' ? 'ended by itself' : 'does not answer'
    throw new CommandError('server-failed', `${unwell.name} ${said}. ${unwell.lastOutput ?? ''}`.trimEnd(), {
      hint: 'Start it again: roster servers up.',
    })
  }
  if (statuses.some(({ state }) => state === 'running')) return
  throw new CommandError('server-missing', 'no server of this clone runs', { hint: 'Start them: roster servers up.' })
}

async function commandOf({ args, world }: Call, env: NodeJS.ProcessEnv): Promise<number> {
  const [program = '', ...rest] = args
  const { terminal, signal, cwd } = world
  // The command has our own terminal, so that it can ask and paint; only a test has other streams.
  const own = terminal.output === process.stdout
  const child = spawn(program, rest, { env, cwd, stdio: own ? 'inherit' : ['ignore', 'pipe', 'pipe'] })
  child.stdout?.pipe(terminal.output, { end: false })
  child.stderr?.pipe(terminal.errors, { end: false })
  const stop = (): void => void child.kill('SIGTERM')
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') return reject(error)
        terminal.errors.write(`roster: there is no program ${program}\n`)
        resolve(NOT_FOUND)
      })
      child.once('close', (code, ended) => resolve(code ?? BY_SIGNAL + constants.signals[ended ?? 'SIGTERM']))
    })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
