import type { TaskAnswer } from '../wire/task.ts'

/** A task that was published, as its client follows it. */
export interface FollowedTask {
  /** Its id, once a coordinator has accepted it; `undefined` if it was refused before it got one. */
  accepted(): Promise<string | undefined>
  /** How it ended; also how it was refused. */
  ended(): Promise<TaskAnswer>
}

/** Rounds after which something is published again: of what was accepted only the end is still to be heard. */
const againAfter = { published: 3, accepted: 15 }

/** A publication, with what was heard of it. */
export class Followed implements FollowedTask {
  readonly key: string
  readonly subject: string
  readonly text: string
  task: string | undefined
  end: TaskAnswer | undefined
  /** Rounds since it was published last. */
  rounds = 0
  /** Made when somebody waits: most publishers of many tasks wait for none of them. */
  #change: PromiseWithResolvers<void> | undefined

  // oxlint-disable-next-line max-params -- what a publication is made of, once
  constructor(key: string, subject: string, text: string) {
    this.key = key
    this.subject = subject
    this.text = text
  }

  async accepted(): Promise<string | undefined> {
    while (this.task === undefined && this.end === undefined) await this.#changed()
    return this.task
  }

  async ended(): Promise<TaskAnswer> {
    for (;;) {
      if (this.end !== undefined) return this.end
      await this.#changed()
    }
  }

  /** Wakes whoever waits for something to be heard. */
  wake(): void {
    this.#change?.resolve()
    this.#change = undefined
  }

  get due(): boolean {
    return this.rounds >= (this.task === undefined ? againAfter.published : againAfter.accepted)
  }

  #changed(): Promise<void> {
    this.#change ??= Promise.withResolvers()
    return this.#change.promise
  }
}

/**
 * What a client has published and follows.
 *
 * L1 What was published is due again until its end is heard: nothing that the bus loses is lost.
 * L2 An answer is told apart by the key of its publication, or by the task that it became.
 */
export class FollowedTasks {
  readonly #byKey = new Map<string, Followed>()
  readonly #keys = new Map<string, string>()

  get(key: string): Followed | undefined {
    return this.#byKey.get(key)
  }

  add(one: Followed): void {
    this.#byKey.set(one.key, one)
  }

  hear({ key, task, ...answer }: TaskAnswer): void {
    const one = this.#byKey.get(key ?? this.#keys.get(task ?? '') ?? '')
    if (one === undefined) return
    if (task !== undefined && one.task === undefined) {
      one.task = task
      this.#keys.set(task, one.key)
    }
    if (answer.status !== 'accepted' && answer.status !== 'waiting') this.#end(one, answer)
    one.wake()
  }

  /** One more round has passed: answers what is to be published again. */
  due(): readonly Followed[] {
    const all = [...this.#byKey.values()]
    for (const one of all) one.rounds += 1
    return all.filter(({ due }) => due)
  }

  #end(one: Followed, answer: TaskAnswer): void {
    one.end = one.task === undefined ? answer : { ...answer, task: one.task }
    this.#byKey.delete(one.key)
    if (one.task !== undefined) this.#keys.delete(one.task)
  }
}
