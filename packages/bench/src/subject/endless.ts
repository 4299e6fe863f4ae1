import { setTimeout as delay } from 'node:timers/promises'

import { seconds } from '../measure/stopwatch.ts'
import type { Gate } from './gate.ts'
import type { Latencies } from './latencies.ts'
import type { Subject } from './serve.ts'

/** What goes on by itself while its gate is open. */
export interface Endless {
  readonly gate: Gate
  readonly latencies: Latencies
  /** Steps done so far. */
  count(): number
}

/** How long after opening nothing is counted, in milliseconds: all actors are under way by then. */
const leadInMs = 200
/** How long after closing what is under way may take to rest, in milliseconds. */
const restMs = 300

/** A subject that works for so many seconds. */
export function endless({ gate, latencies, count }: Endless): Subject {
  return {
    async run(amount) {
      gate.open()
      await delay(leadInMs)
      latencies.take()
      const [start, before] = [seconds(), count()]
      await delay(amount * 1000)
      const work = { count: count() - before, seconds: seconds() - start, latenciesMs: latencies.take() }
      gate.close()
      await delay(restMs)
      latencies.take()
      return work
    },
  }
}
