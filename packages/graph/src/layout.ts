import type { Picture, PictureEdge, PictureState } from '@roster/core'
import elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js'

import { firstStates } from './first-states.ts'
import { layoutOptions, groupOptions, lastOptions } from './layout-options.ts'
import { edgeLabel, failureNote, joinedLabel, told } from './words.ts'

/** A rectangle on the drawing, in pixels from its upper left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A state at its place, with the lines of text in it; the first one is its name. */
export interface PlacedState extends Box {
  readonly state: PictureState
  readonly lines: readonly string[]
}

/** An edge as the points that it goes through, with its label at its place. */
export interface PlacedEdge {
  readonly kind: PictureEdge['kind']
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly label: (Box & { readonly text: string }) | null
}

/** A picture with a place for everything; groups come before what lies in them. */
export interface Layout {
  readonly width: number
  readonly height: number
  /** The points from which first states are entered: of the picture, and of groups that are entered as such. */
  readonly starts: readonly Box[]
  readonly states: readonly PlacedState[]
  readonly edges: readonly PlacedEdge[]
}

/** What the id of a point begins with from which a first state is entered. */
const startPrefix = '(start) '

/** Gives everything in a picture a place. The same picture has the same layout. */
export async function layoutOf(picture: Picture): Promise<Layout> {
  const { edges, failures } = told(picture)
  const drawn = drawnEdges(edges)
  const firsts = firstStates(picture)
  const linesOf = ({ id, name, does }: PictureState): readonly string[] => {
    const failing = failures.get(id)
    return [name, ...does, ...(failing === undefined ? [] : [failureNote(failing)])]
  }
  // What only failures lead to is joined to nothing: its place is with the ends.
  const alone = (id: string): boolean => !drawn.some(({ from, to }) => from === id || to === id)
  const states = new Map<string, PictureState>()
  const node = (state: PictureState): ElkNode => {
    states.set(state.id, state)
    const { id, states: inner } = state
    if (inner.length > 0) return { id, children: within(id, inner), layoutOptions: groupOptions(state) }
    return { id, ...sizeOf(linesOf(state)), ...(alone(id) ? { layoutOptions: lastOptions } : {}) }
  }
  const within = (group: string, inner: readonly PictureState[]): ElkNode[] => [
    ...(firsts.has(group) ? [{ id: startPrefix + group, width: 14, height: 14 }] : []),
    ...inner.map(node),
  ]
  const begun = [...firsts].map(([group, to]): Drawn => ({ from: startPrefix + group, to, kind: 'onwards', label: '' }))
  const all = [...begun, ...drawn]
  const wanted: ElkNode = {
    id: '(picture)',
    layoutOptions,
    children: within('', picture.states),
    edges: all.map(elkEdge),
  }
  const laid: ElkNode = await new elk.default().layout(wanted)
  const placed = flat(laid.children ?? [])
  return {
    width: Math.ceil(laid.width ?? 0),
    height: Math.ceil(laid.height ?? 0),
    starts: placed.filter(({ id }) => id.startsWith(startPrefix)).map(boxOf),
    states: placed.flatMap((one) => {
      const state = states.get(one.id)
      return state === undefined ? [] : [{ ...boxOf(one), state, lines: linesOf(state) }]
    }),
    edges: (laid.edges ?? []).map((edge, index) => placedEdge(edge, all[index]?.kind ?? 'onwards')),
  }
}

/** Room for a name of 13 pixels and lines of 11 below it; measured in the font's average width. */
function sizeOf([name = '', ...more]: readonly string[]): { readonly width: number; readonly height: number } {
  const width = Math.max(name.length * 7.8, ...more.map((line) => line.length * 6.4)) + 28
  return { width: Math.round(Math.max(80, width)), height: 34 + more.length * 16 }
}

interface Drawn {
  readonly from: string
  readonly to: string
  readonly kind: PictureEdge['kind']
  readonly label: string
}

/** Several edges between the same two states are drawn as one. */
function drawnEdges(edges: readonly PictureEdge[]): readonly Drawn[] {
  const pairs = Map.groupBy(edges, ({ from, to }) => `${from} ${to}`)
  return [...pairs.values()].flatMap((same) => {
    const main = same.find(({ kind }) => kind === 'onwards') ?? same[0]
    return main === undefined ? [] : [{ ...main, label: joinedLabel(same.map(edgeLabel)) }]
  })
}

function elkEdge({ from, to, label }: Drawn, index: number): ElkExtendedEdge {
  const labels = label === '' ? [] : [{ text: label, width: Math.round(label.length * 6.2 + 6), height: 16 }]
  return { id: `e${index}`, sources: [from], targets: [to], labels }
}

function flat(nodes: readonly ElkNode[]): readonly ElkNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children ?? [])])
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x, y, width, height }
}

function placedEdge({ sections, labels }: ElkExtendedEdge, kind: PictureEdge['kind']): PlacedEdge {
  const points = (sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ])
  const [label] = labels ?? []
  return { kind, points, label: label === undefined ? null : { ...boxOf(label), text: label.text ?? '' } }
}
