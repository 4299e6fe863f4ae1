import { seconds } from '../measure/stopwatch.ts'
import type { Subject, Work } from '../subject/serve.ts'

/** Seconds of one slice. */
const slice = 3

/** A subject that does one thing after the other, so many at a time as it is told, for a slice. */
export function atOnce(one: () => Promise<void>): Subject {
  return {
    async run(lanes): Promise<Work> {
      const start = seconds()
      const latenciesMs: number[] = []
      const lane = async (): Promise<void> => {
        while (seconds() - start < slice) {
          const began = seconds()
          await one()
          latenciesMs.push((seconds() - began) * 1000)
        }
      }
      await Promise.all(Array.from({ length: lanes }, lane))
      return { count: latenciesMs.length, seconds: seconds() - start, latenciesMs }
    },
  }
}
