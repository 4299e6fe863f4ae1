import type { JsMsg } from '@nats-io/jetstream'
import { failureOf, isRosterError, type Subscription } from '@roster/core'

import { Consuming, type ConsumePorts } from '../jetstream/consume.ts'
import { streamNames } from '../jetstream/streams.ts'
import { root } from '../subject.ts'
import { decodeTask, keyOfRefused, publishedUnder, type PublishedTask, type TaskAnswer } from '../wire/task.ts'

/** What becomes of a publication: what its client is answered. It rejects if that cannot be said now. */
export type HandleTask = (task: PublishedTask) => Promise<TaskAnswer>

/** Tells a client something; does not wait for it to be heard. */
export type Answer = (team: string, client: string, answer: TaskAnswer) => Promise<void>

/** How long a coordinator may take over one task before another gets it, in milliseconds. */
const handleWithinMs = 30_000

/** How long a task waits that could not be taken, in milliseconds. */
const againAfterMs = 1000

/**
 * Takes what clients publish for a team. Several coordinators share it.
 *
 * I1 A publication is acknowledged after its task is stored and its client was answered, or when it can never become a task.
 * I2 The answer may get lost: the client publishes again under the same key, and is answered again.
 */
export async function takeTasks(
  ports: ConsumePorts,
  team: string,
  handle: HandleTask,
  answer: Answer,
): Promise<Subscription> {
  const take = async (message: JsMsg): Promise<void> => {
    const { subject, data } = message
    const { client } = publishedUnder(subject)
    try {
      const task = decodeTask(subject, data)
      await answer(team, client, { key: task.key, ...(await handle(task)) })
      message.ack()
    } catch (error) {
      if (!isRosterError(error) || error.retryable) {
        message.nak(againAfterMs)
        return
      }
      const failure = failureOf(error)
      if (error.code === 'input-invalid') ports.observe?.({ kind: 'bus-malformed', subject, failure })
      const key = keyOfRefused(data)
      await answer(team, client, { status: 'refused', error: failure, ...(key === undefined ? {} : { key }) })
      message.term(error.code)
    }
  }
  const consumer = {
    stream: streamNames.task,
    name: `intake-${team}`,
    filters: [`${root}.task.${team}.>`],
    acknowledgeWithinMs: handleWithinMs,
    maxUnacknowledged: 1000,
  }
  return await Consuming.begin(ports, consumer, (message) => {
    take(message).catch((error: unknown) => {
      // The answer did not go out: the publication is not acknowledged, and comes again.
      const { subject } = message
      ports.observe?.({ kind: 'bus-listener-failed', subject, failure: failureOf(error, 'internal') })
    })
  })
}
