import type { Operations } from 'roster/client'

import { personOf, type Call } from '../command/call.ts'
import { durationMs, option, wholeNumber } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode, exitCodeOf, type ExitCode } from '../failure/exit-code.ts'
import { exitCodeOfTask } from '../failure/exit-code-of-task.ts'
import { failureOf, isRosterError } from '../failure/failure-of.ts'
import { prepare } from '../publish/prepare.ts'
import { publishedOf, refusedBefore, type Published } from '../publish/published.ts'
import { waited, type WaitOptions } from '../publish/waited.ts'
import type { Reached } from '../team/reach.ts'
import { requesterName } from '../team/requester.ts'
import { publishedText } from '../view/published-view.ts'

/** How long a task is looked at that nobody waits for. */
const momentMs = 250

interface Options extends WaitOptions {
  readonly file?: string
  readonly input?: string
  readonly key?: string
  readonly priority?: number
  readonly wait?: boolean
}

export const taskPublish = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'publish <playbook>',
    summary: 'give the team a task',
    examples: [
      'task publish pay-invoice --file invoice.xml --wait',
      `task publish brief --input '{"topic":"tides"}' --key tides-1 --wait --json`,
      'task publish pay-invoice --file invoice.xml --wait --yes --json',
    ],
    options: [
      option('--file <path>', 'a document: kept by its hash, given to the playbook as {"document": …}'),
      option('--input <json>', 'the input: JSON, @file, or - for standard input'),
      option('--key <key>', 'idempotency key: the same key again is the same task (default: the hash of the document)'),
      option(
        '--priority <number>',
        'from 0, the least urgent, to what the playbook says, which is the default',
      ).argParser(wholeNumber(0)),
      option('--wait', 'wait until it has ended, or a person is asked'),
      option('--timeout <time>', 'how long --wait waits').argParser(durationMs).default(60_000, '60s'),
    ],
    notes: `With --wait --yes the people are played by the function "people" that the team's file exports; without one nobody is.
With --json it prints {"task","status","outcome","waitingOn","error"}; the status is done, waiting, refused, failed or cancelled, and running or
queued without --wait. Ends with 0 for done, waiting, running and queued, 3 for refused, 1 for failed and cancelled.`,
    async run(call) {
      try {
        const prepared = await prepare(call)
        await using reached = await call.reach()
        return await publish(call, reached, prepared)
      } catch (error) {
        return refused(call, error)
      }
    },
  })

async function publish(
  call: Call<Options>,
  { operations, hosted }: Reached,
  { input, document }: Awaited<ReturnType<typeof prepare>>,
): Promise<ExitCode> {
  const { args, options, world, answer } = call
  const reference =
    document === undefined
      ? undefined
      : await call.during('Keeping the document', () => world.openers.keepDocument(operations, document))
  const { task, known } = await operations.publish({
    playbook: args[0] ?? '',
    input: input(reference),
    idempotencyKey: options.key ?? reference?.hash ?? world.newKey(),
    requester: personOf(world, options) ?? requesterName,
    ...priorityOf(options),
  })
  if (known) answer.note(`This is the same task as before: ${task}.`)
  if (options.wait === true) return tell(call, await waited(call, operations, task))
  if (hosted !== undefined)
    answer.note('No other process hosts the team: `roster dev` goes on with what is not finished.')
  return tell(call, await asItStands(operations, task))
}

function priorityOf({ priority }: Options): { readonly priority?: number } {
  return priority === undefined ? {} : { priority }
}

function tell({ answer }: Call<Options>, published: Published): ExitCode {
  answer.whole(published, (paint) => publishedText(published, paint))
  return exitCodeOfTask(published.status)
}

/** How the task stands a moment after it was taken in: what is refused at once is seen at once. */
async function asItStands(operations: Operations, task: string): Promise<Published> {
  try {
    return publishedOf(await operations.settled(task, momentMs))
  } catch (error) {
    if (!isRosterError(error, 'unknown-task')) throw error
    return { task, status: 'running', outcome: null, waitingOn: [], error: null }
  }
}

/** Refused before there was a task is answered in the same form as refused by the task. */
function refused(call: Call<Options>, error: unknown): ExitCode {
  const failure = failureOf(error)
  if (exitCodeOf(failure.code) !== exitCode.refused) throw error
  return tell(call, refusedBefore(failure))
}
