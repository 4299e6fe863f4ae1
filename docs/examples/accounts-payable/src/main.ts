import { isRosterError, type TeamOf } from 'roster'
import { jsonReporter } from './desk/json-reporter.ts'
import { lineReporter } from './desk/line-reporter.ts'
import { readOptions, type DeskOptions } from './desk/options.ts'
import { peopleAtTerminal } from './desk/people-at-terminal.ts'
import type { Reporter } from './desk/reporter.ts'
import { runDesk } from './desk/run-desk.ts'
import { scriptedPeople } from './desk/scripted-people.ts'
import { screenReporter } from './desk/screen-reporter.ts'
import { stateFolder } from './desk/state-folder.ts'
import { help, UsageError } from './desk/usage-error.ts'

const { stdin, stdout, stderr, argv, env } = process

// Whoever reads may stop reading (`| head`): what was not said is on record all the same.
stdout.on('error', () => process.exit(1))
process.once('SIGINT', () => {
  stderr.write('\nStopped. Nothing is lost: the next start goes on from here.\n')
  process.exit(130)
})

try {
  process.exitCode = await main(readOptions(argv.slice(2)))
} catch (error) {
  process.exitCode = explain(error)
}

async function main(options: DeskOptions): Promise<number> {
  if (options.help) {
    stdout.write(help)
    return 0
  }
  const folder = stateFolder(options)
  const reporter = reporterFor(options)
  const isAsked = stdin.isTTY && stdout.isTTY && !options.yes && !options.json
  const people = isAsked ? peopleAtTerminal(() => reporter.hold()) : scriptedPeople
  const team = await loadTeam(folder, options)
  return (await runDesk({ team, folder, options, people, reporter })) ? 0 : 1
}

function reporterFor({ json }: DeskOptions): Reporter {
  if (json) return jsonReporter(stdout)
  return stdout.isTTY && env['TERM'] !== 'dumb' ? screenReporter(stdout) : lineReporter(stdout)
}

/** The team reads where its books are, and how its model errs, when it is loaded. */
async function loadTeam(folder: string, { modelErrors, seed }: DeskOptions): Promise<TeamOf> {
  env['ROSTER_FOLDER'] = folder
  if (modelErrors !== null) {
    env['ROSTER_MODEL_ERRORS'] = String(modelErrors)
    env['ROSTER_MODEL_SEED'] = String(seed)
  }
  const { default: team } = await import('./team.ts')
  return team
}

/** Says what is wrong and what to do; answers the exit code. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    stderr.write(`${error.message}: ${error.hint}\n`)
    return 2
  }
  if (!isRosterError(error)) throw error
  stderr.write(`${error.code}: ${error.message}\n${error.hint ?? ''}\n`)
  return 1
}
