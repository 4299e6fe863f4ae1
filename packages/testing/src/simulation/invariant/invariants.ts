import { effectOnce } from './effect-once.ts'
import type { Evidence } from './evidence.ts'
import { nothingLost } from './nothing-lost.ts'
import { orderKept } from './order-kept.ts'
import { transitionOnce } from './transition-once.ts'
import { unforked } from './unforked.ts'

/** What must hold after every schedule; each names what does not. */
export const invariants = {
  'nothing lost': nothingLost,
  'effect once': effectOnce,
  'transition once': transitionOnce,
  'history unforked': unforked,
  'order kept': orderKept,
} as const satisfies Record<string, (evidence: Evidence) => readonly string[]>

export type Invariant = keyof typeof invariants

/** Something that must not be. */
export interface Violation {
  readonly invariant: Invariant
  readonly what: string
}

export function violationsOf(evidence: Evidence): readonly Violation[] {
  return Object.entries(invariants).flatMap(([invariant, check]) =>
    check(evidence).map((what) => ({ invariant: invariant as Invariant, what })),
  )
}
