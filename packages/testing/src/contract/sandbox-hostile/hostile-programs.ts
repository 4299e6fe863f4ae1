import { escapes } from './escapes.ts'
import { expressions } from './expressions.ts'
import type { HostileProgram } from './hostile-program.ts'
import { loops } from './loops.ts'
import { memory } from './memory.ts'
import { promises } from './promises.ts'
import { prototypes } from './prototypes.ts'
import { sizes } from './sizes.ts'

/** Every hostile program that a sandbox is tried with. */
export const hostilePrograms: readonly HostileProgram[] = [
  ...loops,
  ...memory,
  ...expressions,
  ...promises,
  ...sizes,
  ...prototypes,
  ...escapes,
]
