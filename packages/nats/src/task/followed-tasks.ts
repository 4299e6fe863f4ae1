import type { TaskAnswer } from '../wire/task.ts'

/** A publication of which the end was not heard yet. */
export interface Following {
  readonly key: string
  readonly subject: string
  readonly text: string
  readonly accepted: PromiseWithResolvers<string>
  readonly ended: PromiseWithResolvers<TaskAnswer>
  task: string | undefined
  /** Rounds since it was published last. */
  rounds: number
}

/** Rounds after which something is published again: of what was accepted only the end is still to be heard. */
const againAfter = { published: 3, accepted: 15 }

/**
 * What a client has published and follows.
 *
 * L1 What was published is due again until its end is heard: nothing that the bus loses is lost.
 * L2 An answer is told apart by the key of its publication, or by the task that it became.
 */
export class FollowedTasks {
  readonly #byKey = new Map<string, Following>()
  readonly #keys = new Map<string, string>()

  get(key: string): Following | undefined {
    return this.#byKey.get(key)
  }

  add(key: string, subject: string, text: string): Following {
    const accepted = Promise.withResolvers<string>()
    const ended = Promise.withResolvers<TaskAnswer>()
    const one: Following = { key, subject, text, accepted, ended, task: undefined, rounds: 0 }
    this.#byKey.set(key, one)
    return one
  }

  hear({ key, task, ...answer }: TaskAnswer): void {
    const one = this.#byKey.get(key ?? this.#keys.get(task ?? '') ?? '')
    if (one === undefined) return
    if (task !== undefined) this.#accept(one, task)
    if (answer.status === 'accepted' || answer.status === 'waiting') return
    one.ended.resolve(one.task === undefined ? answer : { ...answer, task: one.task })
    this.#byKey.delete(one.key)
    if (one.task !== undefined) this.#keys.delete(one.task)
  }

  /** One more round has passed: answers what is to be published again. */
  due(): readonly Following[] {
    return [...this.#byKey.values()].filter((one) => {
      one.rounds += 1
      return one.rounds >= (one.task === undefined ? againAfter.published : againAfter.accepted)
    })
  }

  #accept(one: Following, task: string): void {
    if (one.task !== undefined) return
    one.task = task
    this.#keys.set(task, one.key)
    one.accepted.resolve(task)
  }
}
