import type { Random } from './random.ts'

/**
 * - `crash`: the process that carried out the operation dies before it has the answer
 * - `crash-all`: every process dies
 * - `pause`: that process stands still for longer than its lease, and then goes on as if nothing had been
 * - `power-cut`: everything that is in the network is gone
 * - `lost-answer`: the operation is done, and its caller is told that it may not be
 */
export const faultKinds = ['crash', 'crash-all', 'pause', 'power-cut', 'lost-answer'] as const

export type FaultKind = (typeof faultKinds)[number]

/** One fault, after so many operations of the schedule. */
export interface PlannedFault {
  readonly after: number
  readonly kind: FaultKind
}

/** Operations of a schedule after which a first fault is planned; nearly every schedule has so many. */
const span = 160

/** Faults that follow the first one, at most, and operations between one and the next. */
const more = 3
const gap = 60

/** The faults of a schedule: first one of every kind after every operation in turn, then up to three of any kind soon after one another. */
export function plannedFaults(seed: number, random: Random): readonly PlannedFault[] {
  const kind = faultKinds[seed % faultKinds.length] as FaultKind
  const faults = [{ kind, after: 1 + (Math.floor(seed / faultKinds.length) % span) }]
  for (let left = random.between(0, more); left > 0; left--) {
    const after = (faults.at(-1)?.after ?? 0) + random.between(1, gap)
    faults.push({ kind: faultKinds[random.below(faultKinds.length)] as FaultKind, after })
  }
  return faults
}
