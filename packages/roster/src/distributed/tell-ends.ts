import { isRosterError, parseStream, type Envelope, type StoredRecord } from '@roster/core'
import type { Nats, TaskAnswer, ToldRecord } from '@roster/nats'

import type { TaskSummary } from '../client/operations.ts'
import { task } from '../operations/tasks.ts'
import type { OperationsContext } from '../operations/context.ts'

/** Records told at once. */
const page = 500

/**
 * Follows the records in their order: tells the public feed, tells clients how their tasks ended, and wakes whoever waits for something new.
 *
 * F1 The feed goes on where it stood, whoever told it last; where it is empty it begins now. What a lost feed does not have is in the store.
 */
export class RecordTeller {
  readonly #context: OperationsContext
  readonly #nats: Nats
  readonly #wake: () => void
  #told: number | undefined

  constructor(context: OperationsContext, nats: Nats, wake: () => void) {
    this.#context = context
    this.#nats = nats
    this.#wake = wake
  }

  /** Tells what is new. @throws RosterError `bus-unavailable`, `store-unavailable`: the next call goes on where this one stopped. */
  async run(): Promise<void> {
    const { store } = this.#context
    this.#told ??= (await this.#nats.records.last()) ?? (await end(store))
    for (;;) {
      const records = await store.readAll(this.#told, page)
      if (records.length === 0) return
      this.#wake()
      await this.#nats.records.tell(records.map(toldOf))
      for (const record of records) await this.#tellEnd(record)
      this.#told = records.at(-1)?.position ?? this.#told
    }
  }

  async #tellEnd(record: StoredRecord): Promise<void> {
    const { outcome } = JSON.parse(record.envelope) as Envelope
    if (outcome === undefined || parseStream(record.stream).kind !== 'task') return
    try {
      const summary = await task(this.#context, record.correlationId)
      await this.#nats.answer(this.#context.team.name, summary.requester, answerOf(summary))
    } catch (error) {
      if (!isRosterError(error, 'unknown-task')) throw error
    }
  }
}

/** How a task stands, as its client is told. */
export function answerOf(summary: TaskSummary): TaskAnswer {
  const { task: id, status, outcome, error } = summary
  if (status === 'running' || status === 'queued') return { task: id, status: 'accepted' }
  return { task: id, status, outcome, ...(error === null ? {} : { error }) }
}

function toldOf({ position, hash, envelope }: StoredRecord): ToldRecord {
  return { position, hash, envelope: JSON.parse(envelope) as Envelope }
}

async function end(store: OperationsContext['store']): Promise<number> {
  return (await store.lag('end')).end
}
