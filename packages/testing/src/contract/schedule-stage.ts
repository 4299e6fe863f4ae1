import { isCrash } from '../crash/crash.ts'
import {
  parseStream,
  streamName,
  type Body,
  type DueTime,
  type Envelope,
  type Message,
  type Overlap,
  type Store,
} from '@roster/core'
import { order, type Scheduler } from '@roster/runtime'

import { CoordinatorStage } from './coordinator-stage.ts'
import type { OpenCoordinator } from './coordinated.ts'

const team = 'contract'

/** What a schedule of the contract is like; it publishes a task every second. */
interface Given {
  readonly overlap?: Overlap
  readonly catchUpMs?: number
  readonly by?: string
  readonly playbook?: string
}

/** A coordinator with a calendar, and the questions that the contract asks. */
export class ScheduleStage {
  readonly stage: CoordinatorStage
  #schedulers: Scheduler[] = []

  private constructor(stage: CoordinatorStage) {
    this.stage = stage
  }

  static async open(open: OpenCoordinator): Promise<ScheduleStage> {
    return new ScheduleStage(await CoordinatorStage.open(open))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    await this.stage[Symbol.asyncDispose]()
  }

  /** Keeps the calendar, beside whoever does so already. */
  async keep(view?: Store): Promise<Scheduler> {
    const scheduler = this.stage.world.openScheduler(view)
    this.#schedulers.push(scheduler)
    await scheduler.look().catch((error: unknown) => {
      if (!isCrash(error)) throw error
    })
    return scheduler
  }

  /** Nobody keeps the calendar any more. */
  async stop(): Promise<void> {
    for (const scheduler of this.#schedulers) await scheduler.stop()
    this.#schedulers = []
  }

  /** Makes the schedule `every`; answers when it is on record. */
  async make({
    overlap = 'skip',
    catchUpMs = 3_600_000,
    by = 'web',
    playbook = 'patient',
  }: Given = {}): Promise<Envelope> {
    const input = { ms: this.stage.world.delayMs, value: 'scheduled' }
    const schedule = { name: 'every', playbook, input, cron: '* * * * * *', zone: 'Europe/Berlin', overlap, catchUpMs }
    return await this.#order('schedule.create', by, schedule)
  }

  /** Pauses, resumes or deletes it. */
  async change(type: 'schedule.pause' | 'schedule.resume' | 'schedule.delete'): Promise<Envelope> {
    return await this.#order(type, 'web', { name: 'every', playbook: 'patient' })
  }

  /** What was decided about each time, in the order in which it was recorded. */
  async dues(): Promise<readonly DueTime[]> {
    const records = await this.stage.world.store.read(streamName.team(team))
    return records.flatMap(({ kind, body }) => {
      const { payload } = JSON.parse(body ?? '{}') as Body
      const { message } = payload as unknown as { readonly message?: Message }
      return kind === 'noted' && message?.type === 'schedule.due' ? [message.payload as unknown as DueTime] : []
    })
  }

  /** Waits until there are so many decisions of a kind. */
  async until(count: number, which: (due: DueTime) => boolean): Promise<readonly DueTime[]> {
    return await this.stage.until(async () => {
      const found = (await this.dues()).filter(which)
      return found.length >= count ? found : undefined
    })
  }

  /** Ids of the tasks that have a record. */
  async tasks(): Promise<readonly string[]> {
    const heads = await this.stage.world.store.heads()
    return heads.flatMap(({ stream, version }) => {
      const { kind, name } = parseStream(stream)
      return kind === 'task' && version > 0 ? [name] : []
    })
  }

  async #order(type: Parameters<typeof order>[1]['type'], by: string, payload: object): Promise<Envelope> {
    const { store, intake } = this.stage.world
    const { id } = await order(intake, { to: streamName.team(team), type, by, payload: payload as never })
    return await this.stage.until(async () => {
      const envelopes = (await store.read(streamName.team(team))).map(
        ({ envelope }) => JSON.parse(envelope) as Envelope,
      )
      return envelopes.find(({ cause }) => cause.id === id)
    })
  }
}
