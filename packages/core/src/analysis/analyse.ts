import type { Definition } from '../actor/definition.ts'
import { boundsOf } from './bounds.ts'
import { deadEndsOf, type DeadEnd } from './dead-ends.ts'
import { loopsOf, type Loop } from './loops.ts'
import { pathCount } from './paths.ts'
import { prove, type Property, type Proven } from './property.ts'
import { stepsOf, type Step } from './steps.ts'
import { wayInWords } from './words.ts'
import type { WorstCase, WorstCases } from './worst-case.ts'

/** What can be said of a definition before it runs. */
export interface Analysis {
  readonly id: string
  readonly kind: Definition['kind']
  readonly situations: number
  readonly moves: number
  /** Every move as an event. */
  readonly transitions: readonly string[]
  /** Ways from the beginning to an end, going round no loop twice. */
  readonly paths: number
  /** States that nothing leads to. */
  readonly unreachable: readonly string[]
  readonly deadEnds: readonly DeadEnd[]
  readonly loops: readonly Loop[]
  readonly worst: WorstCase
  readonly steps: readonly Step[]
  readonly properties: readonly Proven[]
  /** In words: what only a run can tell. */
  readonly doubts: readonly string[]
}

/**
 * Analyses a definition: its decision space, loops, dead ends, worst case, steps and the properties declared of it.
 *
 * @throws RosterError `analysis-too-large`
 */
export function analyse(definition: Definition, cases: WorstCases, properties: readonly Property[] = []): Analysis {
  const space = cases.spaceOf(definition)
  const { id, kind, situations, moves, unreachable, doubts } = space
  return {
    id,
    kind,
    situations: situations.length,
    moves: moves.length,
    transitions: moves.flatMap((move) => wayInWords(space, [move])),
    paths: kind === 'colleague' ? 0 : pathCount(space),
    unreachable,
    deadEnds: deadEndsOf(space),
    loops: loopsOf(space, boundsOf(definition.limits)),
    worst: cases.of(definition),
    steps: stepsOf(space),
    properties: properties.map((property) => prove(space, property)),
    doubts,
  }
}
