import type { Clock, NewPending, QueuedTask, QueueLimits, QueuePlace, StreamName, TaskQueue } from '@roster/core'
import type { MemoryLog } from './memory-log.ts'
import type { MemoryRows } from './memory-rows.ts'

type Counts = Map<string, number>

/**
 * Tasks that wait for room, and those that were let in.
 *
 * - Q1 what is let in was waiting, and is pending from then on: both change together
 * - Q2 a task has its room from when it is let in until its stream is final
 */
export class MemoryQueue {
  readonly #log: MemoryLog
  readonly #rows: MemoryRows
  readonly #clock: Clock
  readonly #open = new Map<StreamName, QueuePlace>()
  #waiting: readonly QueuedTask[] = []

  constructor(log: MemoryLog, rows: MemoryRows, clock: Clock) {
    this.#log = log
    this.#rows = rows
    this.#clock = clock
  }

  add(row: NewPending, place: QueuePlace): void {
    const added: QueuedTask = Object.freeze({ ...place, stream: row.stream, queuedAt: this.#clock.now(), row })
    // What is sorted stays in order of age where the priority is the same.
    this.#waiting = [...this.#waiting, added].toSorted((one, other) => other.priority - one.priority)
  }

  admit(limits: QueueLimits): readonly NewPending[] {
    this.#sweep()
    const [playbooks, requesters] = [this.#count('playbook'), this.#count('requester')]
    const admitted: NewPending[] = []
    this.#waiting = this.#waiting.filter((task) => {
      const { playbook, requester, row } = task
      const room =
        this.#open.size < limits.team &&
        (playbooks.get(playbook) ?? 0) < limitOf(limits, playbook) &&
        (requesters.get(requester) ?? 0) < limits.requester
      if (!room) return true
      raise(playbooks, playbook)
      raise(requesters, requester)
      this.#open.set(task.stream, task)
      this.#rows.insert(row)
      admitted.push(row)
      return false
    })
    return admitted
  }

  get waiting(): readonly QueuedTask[] {
    return this.#waiting
  }

  withdraw(stream: StreamName, row: NewPending): boolean {
    const before = this.#waiting.length
    this.#waiting = this.#waiting.filter((task) => task.stream !== stream)
    if (this.#waiting.length === before) return false
    this.#rows.insert(row)
    return true
  }

  #sweep(): void {
    for (const stream of this.#open.keys()) {
      if (this.#log.head(stream)?.final === true) this.#open.delete(stream)
    }
  }

  #count(by: 'playbook' | 'requester'): Counts {
    const counts: Counts = new Map()
    for (const place of this.#open.values()) raise(counts, place[by])
    return counts
  }
}

function raise(counts: Counts, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function limitOf({ playbooks, otherwise }: QueueLimits, playbook: string): number {
  return Object.hasOwn(playbooks, playbook) ? (playbooks[playbook] ?? otherwise) : otherwise
}

/** The port over the queue. */
export function memoryTaskQueue(queue: MemoryQueue): TaskQueue {
  return {
    admit: async (limits) => ({ rows: queue.admit(limits), queued: queue.waiting.length }),
    queued: async (stream) => queue.waiting.filter((task) => stream === undefined || task.stream === stream),
    withdraw: async (stream, row) => queue.withdraw(stream, row),
  }
}
