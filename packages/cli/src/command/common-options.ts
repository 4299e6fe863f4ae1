import { Option, type Command } from 'commander'

/** What every verb takes. */
export interface CommonOptions {
  readonly team?: string
  readonly folder?: string
  readonly as?: string
  readonly json?: boolean
  readonly yes?: boolean
}

/** Adds them to a command. The environment is read where they are used, so that it shows in no help as a value. */
export function withCommonOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--team <file>', 'the team (default: ./team.ts, ./src/team.ts; env ROSTER_TEAM)').helpGroup(
        'Common options:',
      ),
    )
    .addOption(
      new Option('--folder <dir>', 'where its state is (default: .roster; env ROSTER_FOLDER)').helpGroup(
        'Common options:',
      ),
    )
    .addOption(new Option('--as <person>', 'in whose name (env ROSTER_AS)').helpGroup('Common options:'))
    .addOption(new Option('--json', 'answer with JSON on standard output').helpGroup('Common options:'))
    .addOption(new Option('--yes', 'ask nobody').helpGroup('Common options:'))
}
