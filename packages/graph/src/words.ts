import type { Picture, PictureEdge, PictureState } from '@roster/core'

/** Failures that lead to the same end are told there, and not drawn one by one, from this many on. */
const manyFailures = 3

/** A picture in which the failures that lead from nearly everywhere to the same end are counted at that end instead of drawn. */
export interface Told {
  readonly edges: readonly PictureEdge[]
  /** By the id of an end: how many steps lead to it by failing. */
  readonly failures: ReadonlyMap<string, number>
}

/** Tells apart what is drawn and what is only counted. */
export function told({ edges, states }: Picture): Told {
  const ends = new Set(allStates(states).flatMap(({ id, kind }) => (kind === 'end' ? [id] : [])))
  const failing = Map.groupBy(
    edges.filter(({ kind, to }) => kind === 'failed' && ends.has(to)),
    ({ to }) => to,
  )
  const counted = [...failing].filter(([, all]) => all.length >= manyFailures)
  const failures = new Map(counted.map(([end, all]) => [end, all.length]))
  return { failures, edges: edges.filter(({ kind, to }) => kind !== 'failed' || !failures.has(to)) }
}

/** All states of a picture, the outer ones first. */
export function allStates(states: readonly PictureState[]): readonly PictureState[] {
  return states.flatMap((state) => [state, ...allStates(state.states)])
}

/** What stands at an edge. */
export function edgeLabel({ kind, label }: PictureEdge): string {
  return kind === 'failed' ? ['fails', label].filter((word) => word !== '').join(': ') : label
}

/** What stands at several edges that are drawn as one. */
export function joinedLabel(labels: readonly string[]): string {
  const distinct = [...new Set(labels)]
  const guards = distinct.filter((label) => label !== '' && label !== 'fails')
  const [plain, fails] = [distinct.includes(''), distinct.includes('fails')]
  if (guards.length === 0) return plain && fails ? 'also when it fails' : fails ? 'fails' : ''
  return [...guards, ...(plain ? ['else'] : []), ...(fails ? ['fails'] : [])].join(', ')
}

/** What is told of failures at an end. */
export function failureNote(count: number): string {
  return `by ${count} steps when they fail`
}
