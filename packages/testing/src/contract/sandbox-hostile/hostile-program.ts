import type { HostFunctions, Json, SandboxLimits } from '@roster/core'

/** A program that means harm, or is careless enough to do some. */
export interface HostileProgram {
  /** What it does, as a sentence goes on after "a program that". */
  readonly name: string
  readonly code: string
  /** How it may end: codes of failures, or `done` with a value that the contract looks at. */
  readonly ends: readonly string[]
  /** What it may answer, where it ends with an answer: what it found of the host. @defaultValue anything */
  readonly answers?: readonly Json[]
  readonly limits?: SandboxLimits
  readonly functions?: HostFunctions
  /** Whether it is among the few that run with all other tests. */
  readonly usual?: true
}

/** A program whose function does this. */
export const main = (body: string): string => `export default (input, host) => { ${body} }`

/** How what does not end by itself may be ended. */
export const stopped = ['timeout', 'memory-exceeded', 'program-failed']
