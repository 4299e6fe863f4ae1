import type { Picture, PictureState } from '@roster/core'

import { allStates, edgeLabel, failureNote, joinedLabel, told } from './words.ts'

/** A picture as a Mermaid state diagram. Mermaid draws no transition from inside one group into another: there, the groups are joined. */
export function mermaid(picture: Picture): string {
  const { edges, failures } = told(picture)
  const all = allStates(picture.states)
  const parents = new Map(all.flatMap((parent) => parent.states.map(({ id }) => [id, parent.id] as const)))
  const lines = new Map<string, string[]>()
  for (const edge of edges) {
    const [within, from, to] = joined(edge.from, edge.to, parents)
    const arrow = `${idOf(from)} --> ${idOf(to)}`
    const key = `${within}\n${arrow}`
    lines.set(key, [...(lines.get(key) ?? []), edgeLabel(edge)])
  }
  const arrows = (within: string): string[] =>
    [...lines].flatMap(([key, labels]) => {
      const [group = '', arrow = ''] = key.split('\n')
      const label = joinedLabel(labels)
      return group === within ? [`${arrow}${label === '' ? '' : ` : ${label}`}`] : []
    })
  const body = (states: readonly PictureState[], initial: string | null, within: string): string[] => [
    ...(initial === null ? [] : [`[*] --> ${idOf(initial)}`]),
    ...states.flatMap((state) => stateLines(state, failures, body)),
    ...arrows(within),
  ]
  const ends = all.filter(({ kind, id }) => kind === 'end' && !id.includes('.')).map(({ id }) => `${idOf(id)} --> [*]`)
  return [
    'stateDiagram-v2',
    ...[...body(picture.states, picture.initial, ''), ...ends].map((line) => `  ${line}`),
  ].join('\n')
}

function stateLines(
  { id, name, kind, does, states, initial }: PictureState,
  failures: ReadonlyMap<string, number>,
  body: (states: readonly PictureState[], initial: string | null, within: string) => string[],
): string[] {
  const own = idOf(id)
  if (states.length === 0) {
    const failing = failures.get(id)
    const lines = [...does, ...(failing === undefined ? [] : [failureNote(failing)])]
    return kind === 'choice' || lines.length === 0
      ? own === name
        ? []
        : [`state "${name}" as ${own}`]
      : [`state "${name}<br/>${lines.join('<br/>')}" as ${own}`]
  }
  const inner = kind === 'regions' ? regions(states, body) : body(states, initial, id)
  return [`state "${name}" as ${own} {`, ...inner.map((line) => `  ${line}`), '}']
}

function regions(
  states: readonly PictureState[],
  body: (states: readonly PictureState[], initial: string | null, within: string) => string[],
): string[] {
  return states.flatMap((state, index) => [
    ...(index === 0 ? [] : ['--']),
    ...body(state.states, state.initial, state.id),
  ])
}

/** The group in which a transition can be drawn, and what it joins there. */
function joined(from: string, to: string, parents: ReadonlyMap<string, string>): readonly [string, string, string] {
  const line = (state: string): readonly string[] => {
    const parent = parents.get(state)
    return parent === undefined ? ['', state] : [...line(parent), state]
  }
  const [outward, inward] = [line(from), line(to)]
  let depth = 0
  while (outward[depth + 1] === inward[depth + 1] && depth + 2 < Math.min(outward.length, inward.length)) depth += 1
  return [outward[depth] ?? '', outward[depth + 1] ?? from, inward[depth + 1] ?? to]
}

function idOf(state: string): string {
  return state.replaceAll(/[^\w]/g, '_')
}
