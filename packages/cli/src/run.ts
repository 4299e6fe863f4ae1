import { CommanderError, type Command } from 'commander'

import { reportFailure } from './command/report-failure.ts'
import type { World } from './command/world.ts'
import { exitCode, exitCodeOf, type ExitCode } from './failure/exit-code.ts'
import { failureOf } from './failure/failure-of.ts'
import { program } from './program.ts'

/** Runs one command line and answers its exit code. Nothing is thrown and the process is not ended: that is its caller's. */
export async function run(args: readonly string[], world: World): Promise<ExitCode> {
  let code: ExitCode = exitCode.ok
  const root = program(world, (ended) => (code = ended))
  const json = args.includes('--json')
  quieted(root, world)
  try {
    await root.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return failed(error, world, json)
  }
}

function failed(error: unknown, world: World, json: boolean): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCode.ok
    // Without a verb commander shows its help, and that is all there is to say.
    if (error.code === 'commander.help') return exitCode.usage
    reportFailure(
      world.terminal,
      { code: 'usage', message: error.message.replace(/^error: /, ''), hint: 'See the options with --help.' },
      json,
    )
    return exitCode.usage
  }
  if (world.env['ROSTER_DEBUG'] !== undefined && error instanceof Error)
    world.terminal.errors.write(`${error.stack ?? ''}\n`)
  const failure = failureOf(error)
  reportFailure(world.terminal, failure, json)
  return exitCodeOf(failure.code)
}

/** Commander neither ends the process nor writes errors of its own; help goes where the world says. */
function quieted(command: Command, world: World): void {
  const { terminal } = world
  command.exitOverride()
  command.showSuggestionAfterError(true)
  command.configureOutput({
    writeOut: (text) => void terminal.output.write(text),
    writeErr: (text) => void terminal.errors.write(text),
    outputError: () => {},
    getOutHelpWidth: () => terminal.width ?? 100,
    getErrHelpWidth: () => terminal.width ?? 100,
    getOutHasColors: () => terminal.colours,
    getErrHasColors: () => false,
  })
  for (const child of command.commands) quieted(child, world)
}
