// A thread that runs schedules: it is handed one batch after another, and answers each with its tally.
import { parentPort } from 'node:worker_threads'

import { simulate } from './simulate.ts'
import { noTally, sum, tallyOf } from './tally.ts'
import type { Weakness } from './weakness.ts'

/** Schedules of consecutive seeds. */
export interface Batch {
  readonly from: number
  readonly count: number
  readonly weakness?: Weakness | undefined
}

async function run({ from, count, weakness }: Batch): Promise<void> {
  let tally = noTally
  for (let seed = from; seed < from + count; seed++) tally = sum(tally, tallyOf(await simulate(seed, { weakness })))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(tally)
}

parentPort?.on('message', (batch: Batch) => void run(batch))
