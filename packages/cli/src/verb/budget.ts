import { Command } from 'commander'
import type { Ordered } from 'roster/client'

import { personOf } from '../command/call.ts'
import { option, wholeNumber } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
import { requesterName } from '../team/requester.ts'
import { budgetTable, windowTable } from '../view/budget-view.ts'
import { counted } from '../view/units.ts'

interface Options {
  readonly cost?: number
  readonly tokens?: number
  readonly modelCalls?: number
  readonly toolCalls?: number
  readonly overtime?: true
}

/** What tasks may use: to look at, and to raise. */
export function budget(world: World, ended: Ended): Command {
  const both = new Command('budget').description('show and raise what a task may use').helpCommand(false)
  both.addCommand(show(world, ended))
  both.addCommand(raise(world, ended))
  both.addHelpText('after', '\nExample:\n  $ roster budget show 01JDXQ7V7X6W9Z2M4T8R5N3K1B')
  return both
}

function show(world: World, ended: Ended): Command {
  return verb(world, ended, {
    usage: 'show [task]',
    summary:
      'show what a task and its jobs were granted and have used, and what waits for more; without one, the windows',
    examples: ['budget show 01JDXQ7V7X6W9Z2M4T8R5N3K1B', 'budget show'],
    async run({ args: [task], answer, reach }) {
      await using reached = await reach()
      if (task === undefined) {
        const windows = await reached.operations.windows()
        answer.whole(windows, (paint) => windowTable(windows, paint))
        return exitCode.ok
      }
      const rows = await reached.operations.budget(task)
      answer.whole(rows, (paint) => budgetTable(rows, paint))
      return exitCode.ok
    },
  })
}

function raise(world: World, ended: Ended): Command {
  return verb<Options>(world, ended, {
    usage: 'raise <what>',
    summary: 'give a task, or a window, more; what waits for a limit goes on',
    examples: [
      'budget raise 01JDXQ7V7X6W9Z2M4T8R5N3K1B --cost 100000 --tokens 50000 --as controller',
      'budget raise team --cost 1000000 --as controller',
    ],
    options: [
      option('--cost <amount>', 'millionths of a US dollar').argParser(wholeNumber(1)),
      option('--tokens <amount>', 'tokens').argParser(wholeNumber(1)),
      option('--model-calls <amount>', 'calls of a model').argParser(wholeNumber(1)),
      option('--tool-calls <amount>', 'calls of tools').argParser(wholeNumber(1)),
      option('--overtime', 'let a task go on although its wall time is over'),
    ],
    notes:
      'A window is named by its colleague, or `team`: it has more until its next stretch begins.\n' +
      'Where jobs of the task wait, each gets that much. Only a person whom a policy lets decide about tasks may raise.',
    async run({ world: given, args: [what = ''], options, answer, reach }) {
      const { cost, tokens, modelCalls, toolCalls, overtime = false } = options
      const wanted = Object.entries({ costMicroUsd: cost, tokens, modelCalls, toolCalls })
      const amounts = Object.fromEntries(wanted.filter(([, amount]) => amount !== undefined))
      if (Object.keys(amounts).length === 0 && !overtime)
        throw usageError(
          'it says nothing of how much',
          'amounts',
          'Give --cost, --tokens, --model-calls, --tool-calls or --overtime.',
        )
      await using reached = await reach()
      const by = personOf(given, options) ?? requesterName
      const { operations } = reached
      const isWindow = (await operations.windows()).some(({ window }) => window === what)
      const done: readonly Ordered[] = isWindow
        ? await operations.raiseWindow({ window: what, by, amounts })
        : await operations.raise({
            task: what,
            by,
            ...(overtime ? { overtime } : {}),
            ...(Object.keys(amounts).length === 0 ? {} : { amounts }),
          })
      answer.whole(done, () =>
        isWindow
          ? `Raised; ${counted(done.length - 1, 'actor')} that waited ${done.length === 2 ? 'goes' : 'go'} on.`
          : `Raised for ${counted(done.length, 'actor')} of the task.`,
      )
      return exitCode.ok
    },
  })
}
