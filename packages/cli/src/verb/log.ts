import type { Operations, RecordSummary } from 'roster/client'

import type { Call } from '../command/call.ts'
import { option, wholeNumber } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode, type ExitCode } from '../failure/exit-code.ts'
import { follow } from '../team/follow.ts'
import { recordLine } from '../view/record-line.ts'

interface Options {
  readonly follow?: boolean
  readonly after?: number
  readonly limit: number
  readonly task?: string
  readonly stream?: string
}

/** Enough for every record of one task. */
const wholeTask = 100_000

export const log = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'log',
    summary: 'show records in the order in which they were made',
    examples: ['log', 'log --task 01JDXQ7V7X6W9Z2M4T8R5N3K1B', 'log --follow --json'],
    options: [
      option('-f, --follow', 'go on showing records as they come'),
      option('--after <position>', 'only records after this position').argParser(wholeNumber(0)),
      option('--limit <n>', 'how many; without --after the last ones').argParser(wholeNumber(1)).default(50),
      option('--task <task>', 'only records of this task'),
      option('--stream <stream>', 'only records of this stream'),
    ],
    notes: 'With --json it is an array; with --follow as well, each record is a line.',
    async run(call) {
      await using reached = await call.reach()
      const { operations } = reached
      const records = await latest(operations, call.options)
      const { answer } = call
      if (call.options.follow === true) return await following(call, operations, records)
      answer.whole(records, (paint) =>
        records.length === 0 ? 'No records.' : records.map((record) => recordLine(record, paint)).join('\n'),
      )
      return exitCode.ok
    },
  })

async function latest(
  operations: Operations,
  { after, limit, task, stream }: Options,
): Promise<readonly RecordSummary[]> {
  const subject = { ...(task === undefined ? {} : { task }), ...(stream === undefined ? {} : { stream }) }
  if (after !== undefined) return operations.log({ ...subject, after, limit })
  if (task !== undefined || stream !== undefined)
    return (await operations.log({ ...subject, limit: wholeTask })).slice(-limit)
  // Positions have no gaps: the last ones are those after all the others.
  return operations.log({ after: Math.max(0, (await operations.totals()).records - limit), limit })
}

async function following(
  { answer, options: { task, stream }, world: { signal } }: Call<Options>,
  operations: Operations,
  records: readonly RecordSummary[],
): Promise<ExitCode> {
  const show = (record: RecordSummary): void => answer.line(record, (paint) => recordLine(record, paint))
  records.forEach(show)
  const query = {
    after: records.at(-1)?.position ?? 0,
    ...(task === undefined ? {} : { task }),
    ...(stream === undefined ? {} : { stream }),
  }
  try {
    for await (const record of follow(operations, query, signal)) if (record !== undefined) show(record)
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return exitCode.ok
}
