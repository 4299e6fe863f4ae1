import type { Result } from './measure/result.ts'
import type { BenchServer } from './server/bench-server.ts'

/** What a group of measures needs. */
export interface Bench {
  readonly server: BenchServer
  /** Tells what is being done. */
  readonly progress: (text: string) => void
}

/** Measures that are taken in one run. */
export type Group = (bench: Bench) => Promise<readonly Result[]>
