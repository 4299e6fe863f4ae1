import { Command, type Option } from 'commander'

import type { ExitCode } from '../failure/exit-code.ts'
import { answerOn } from './answer.ts'
import { callOf, type Call } from './call.ts'
import { withCommonOptions, type CommonOptions } from './common-options.ts'
import type { World } from './world.ts'

/** One verb of the command line. */
export interface Verb<Options extends object> {
  /** Name and arguments: `show <task>`. */
  readonly usage: string
  readonly summary: string
  /** A line of arguments for each example. */
  readonly examples: readonly string[]
  readonly options?: readonly Option[]
  /** What its own options and answers mean, where that is not plain. */
  readonly notes?: string
  readonly run: (call: Call<Options>) => Promise<ExitCode>
}

/** Tells the program how a verb ended. */
export type Ended = (code: ExitCode) => void

/** A verb as a command. The options that commander parses are those that the verb declares: their type is the verb's word for it. */
export function verb<Options extends object>(
  world: World,
  ended: Ended,
  { usage, summary, examples, options = [], notes, run }: Verb<Options>,
): Command {
  const command = new Command(usage.split(' ')[0])
  command.description(summary)
  for (const argument of usage.split(' ').slice(1)) command.argument(argument)
  for (const option of options) command.addOption(option)
  withCommonOptions(command)
  command.addHelpText(
    'after',
    `${notes === undefined ? '' : `\n${notes}\n`}\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${examples.map((example) => `  $ roster ${example}`).join('\n')}`,
  )
  command.action(async () => {
    const given = command.opts<Options & CommonOptions>()
    const args = (command.processedArgs as (string | readonly string[] | undefined)[])
      .flat()
      .filter((arg) => arg !== undefined)
    ended(await run(callOf<Options>(world, args, given, answerOn(world.terminal, given.json === true))))
  })
  return command
}
