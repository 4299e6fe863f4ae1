import type { Operations } from 'roster/client'

import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
import { whyText } from '../view/why-view.ts'

interface Options {
  readonly about?: string
}

export const why = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'why [record]',
    summary: 'tell what led to a record, or to what happened to a business key',
    examples: ['why 20', 'why 01JDXQ7V7X6W9Z2M4T8R5N3K1B', 'why --about invoice/4711 --json'],
    options: [option('--about <key>', 'everything behind the tasks with this business key')],
    notes:
      'Who acted, under which permission, where, who approved, at what cost, which guards were asked and which ways were not taken.',
    async run({ args: [named], options: { about }, answer, reach }) {
      if ((named === undefined) === (about === undefined)) {
        throw usageError(
          'give a record, or a business key with --about, and not both',
          'record',
          '`roster log` shows records, `roster task list` business keys.',
        )
      }
      await using reached = await reach()
      const { operations } = reached
      const story = await operations.why(
        about === undefined ? { record: await recordId(operations, named ?? '') } : { about },
      )
      answer.whole(story, (paint) => whyText(story, paint))
      return exitCode.ok
    },
  })

/** A record's id; a position, as `roster log` shows it, is as good. */
async function recordId(operations: Pick<Operations, 'log'>, named: string): Promise<string> {
  const position = /^#?(\d{1,15})$/.exec(named)?.[1]
  if (position === undefined) return named
  const [record] = await operations.log({ after: Number(position) - 1, limit: 1 })
  return record?.position === Number(position) ? record.envelope.id : named
}
