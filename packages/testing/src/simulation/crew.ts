import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import { noTally, sum, type Tally } from './tally.ts'
import type { Batch } from './worker.ts'

/** In a clone the threads run the source, in a published package what it was built to. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

/** Threads that run schedules. A schedule depends on nothing but its seed, so it does not matter which thread runs it. */
export class Crew implements AsyncDisposable {
  readonly #workers: readonly Worker[]

  constructor(threads: number) {
    // Schedules make much garbage that is dead at once.
    const resourceLimits = { maxYoungGenerationSizeMb: 64 }
    this.#workers = Array.from({ length: threads }, () => new Worker(workerFile, { resourceLimits }))
  }

  /** Runs batches on whichever thread is free; `tell` hears of each. */
  async run(batches: readonly Batch[], tell: (batch: Batch, tally: Tally) => void = () => {}): Promise<Tally> {
    const left = batches.values()
    let total = noTally
    const work = async (worker: Worker): Promise<void> => {
      for (const batch of left) {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage(batch)
        const [tally] = (await once(worker, 'message')) as [Tally]
        total = sum(total, tally)
        tell(batch, tally)
      }
    }
    await Promise.all(this.#workers.map(work))
    return total
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }
}
