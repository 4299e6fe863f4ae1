import { failureOf, type NewPending, type StreamName, type TaskStarter } from '@roster/core'

import type { Observe } from '../host/observation.ts'

/** What a courier brings messages to. */
export interface CourierPorts {
  readonly starter: TaskStarter
  /** Hands on what came for a task that has ended. */
  readonly late: (stream: StreamName) => Promise<number>
  readonly observe?: Observe
}

/**
 * Brings word of stored messages to tasks that a coordinator drives.
 *
 * T1 Nothing depends on it: what it could not bring is pending, and the reconciler brings it again.
 * T2 What comes for a task that has ended is handed on, to be recorded.
 */
export class TaskCourier {
  readonly #ports: CourierPorts
  readonly #underWay = new Set<Promise<void>>()

  constructor(ports: CourierPorts) {
    this.#ports = ports
  }

  /** Brings word of these messages; does not wait for the coordinator. */
  deliver(messages: readonly NewPending[]): void {
    for (const message of messages) {
      if (message.kind !== 'message') continue
      const underWay = this.bring(message).then(() => void this.#underWay.delete(underWay))
      this.#underWay.add(underWay)
    }
  }

  /** Resolves when everything that was handed over has been brought, or could not be. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.race(this.#underWay)
  }

  /** Brings word of one message; answers whether the coordinator has it. */
  async bring(message: NewPending): Promise<boolean> {
    const { starter, late, observe } = this.#ports
    try {
      if (message.type === 'task') await starter.start(message)
      else if ((await starter.wake(message)) === 'ended') await late(message.stream)
      return true
    } catch (error) {
      observe?.({ kind: 'unpublished', messages: 1, failure: failureOf(error) })
      return false
    }
  }
}
