import { isAwaited, type ActorState, type TimerRequest } from '@roster/core'
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow'

/**
 * The delays of a task, kept by workflow timers.
 *
 * D1 They are set from records, never from anything else, so that whoever follows the records keeps the same ones.
 * D2 One that passed stays due until a record says that it was taken, or until no state waits for it any more.
 */
export class Delays {
  readonly #set = new Map<
    string,
    { readonly request: TimerRequest; readonly scope: CancellationScope; passed: boolean }
  >()

  /** The delay that passed first, if any did. */
  get due(): TimerRequest | undefined {
    let first: TimerRequest | undefined
    for (const { request, passed } of this.#set.values())
      if (passed && (first === undefined || request.dueAt < first.dueAt)) first = request
    return first
  }

  /** When each is due, in milliseconds since 1970. */
  get times(): readonly number[] {
    return [...this.#set.values()].map(({ request }) => request.dueAt)
  }

  /** Follows a record: drops what its state does not wait for any more, and sets what it has set. */
  follow(state: ActorState | null, requests: readonly TimerRequest[]): void {
    for (const [id, { scope }] of this.#set) {
      if (isAwaited(state, id)) continue
      scope.cancel()
      this.#set.delete(id)
    }
    for (const request of requests) if (isAwaited(state, request.id)) this.#arm(request)
  }

  #arm(request: TimerRequest): void {
    if (this.#set.has(request.id)) return
    const delay = { request, scope: new CancellationScope(), passed: false }
    this.#set.set(request.id, delay)
    // oxlint-disable-next-line roster/no-ambient -- in the sandbox this is the workflow's own time, the same at every replay
    const left = request.dueAt - Date.now()
    if (left <= 0) {
      delay.passed = true
      return
    }
    void delay.scope.run(async () => {
      try {
        await sleep(left)
        delay.passed = true
      } catch (error) {
        if (!isCancellation(error)) throw error
      }
    })
  }
}
