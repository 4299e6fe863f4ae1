import type { AnyStateMachine } from 'xstate'

import { nodesOf, transitionsFrom, type Node, type NodeTransition } from '../actor/machine.ts'
import { skillOf, type Skill } from '../actor/skill.ts'
import { guardName } from './abstract-machine.ts'
import { skillInWords } from './words.ts'

/** A state as it is drawn. */
export interface PictureState {
  /** Its path in the machine, joined by dots; unique in the picture. */
  readonly id: string
  readonly name: string
  /** `group`: has states, one at a time; `regions`: has states, all at once; `choice`: waits for nothing. */
  readonly kind: 'step' | 'choice' | 'end' | 'group' | 'regions' | 'history'
  /** What it does while it is active, in words. */
  readonly does: readonly string[]
  /** Who does it: a person is asked, a colleague, a model or a tool, or nobody. */
  readonly who: 'person' | 'colleague' | 'model' | 'tool' | 'nobody'
  readonly states: readonly PictureState[]
  /** The state in it that is entered first, by id. */
  readonly initial: string | null
}

/** A transition as it is drawn. */
export interface PictureEdge {
  readonly from: string
  readonly to: string
  readonly kind: 'onwards' | 'failed' | 'late' | 'message'
  /** The guard by which it is chosen, the time, or the message; empty where it is what follows. */
  readonly label: string
}

/** A machine as it is drawn. */
export interface Picture {
  readonly name: string
  readonly states: readonly PictureState[]
  readonly initial: string | null
  readonly edges: readonly PictureEdge[]
}

/** The picture of a machine: every state, and every transition that leads to another one or back to its own. */
export function pictureOf(machine: AnyStateMachine, name: string = machine.id): Picture {
  const nodes = nodesOf(machine)
  const root = nodes.find(({ path }) => path.length === 0)
  const edges = nodes.flatMap((node) => transitionsFrom(node).flatMap((transition) => edgesOf(node, transition)))
  const states = statesIn(root, machine)
  const fromAnywhere = edges.some(({ from }) => from === anywhere.id)
  return {
    name,
    states: fromAnywhere ? [...states, anywhere] : states,
    initial: initialOf(root),
    edges: distinct(edges),
  }
}

/** Stands for every state, where transitions of the whole machine begin. */
const anywhere: PictureState = {
  id: '(anywhere)',
  name: 'anywhere',
  kind: 'choice',
  does: [],
  who: 'nobody',
  states: [],
  initial: null,
}

function statesIn(node: Node | undefined, machine: AnyStateMachine): readonly PictureState[] {
  return Object.values(node?.states ?? {}).map((state) => {
    const skills = skillsIn(state, machine)
    return {
      id: idOf(state),
      name: state.path.at(-1) ?? '',
      kind: kindOf(state),
      does: skills.map((skill) => skillInWords({ skill })),
      who: whoOf(skills),
      states: statesIn(state, machine),
      initial: initialOf(state),
    }
  })
}

function idOf({ path }: Node): string {
  return path.join('.')
}

function kindOf({ type, always, transitions, invoke }: Node): PictureState['kind'] {
  if (type === 'compound') return 'group'
  if (type === 'parallel') return 'regions'
  if (type === 'final') return 'end'
  if (type === 'history') return 'history'
  return (always ?? []).length > 0 && transitions.size === 0 && invoke.length === 0 ? 'choice' : 'step'
}

function initialOf(node: Node | undefined): string | null {
  if (node?.type !== 'compound') return null
  const [first] = (node.initial as unknown as { readonly target?: readonly Node[] }).target ?? []
  return first === undefined ? null : idOf(first)
}

function skillsIn({ invoke, config }: Node, { implementations }: AnyStateMachine): readonly Skill[] {
  const configured = [config.invoke].flat() as ({ src: unknown } | undefined)[]
  return invoke.flatMap((_, index) => {
    const source = configured[index]?.src
    const logic = typeof source === 'string' ? (implementations.actors as Record<string, unknown>)[source] : source
    const skill = skillOf(logic)
    return skill === undefined ? [] : [skill]
  })
}

function whoOf(skills: readonly Skill[]): PictureState['who'] {
  const kinds = new Set(skills.map(({ kind }) => kind))
  if (kinds.has('approve')) return 'person'
  if (kinds.has('ask') || kinds.has('tell')) return 'colleague'
  if (kinds.has('think')) return 'model'
  return kinds.has('use') ? 'tool' : 'nobody'
}

function edgesOf(node: Node, { target = [], eventType, guard }: NodeTransition): readonly PictureEdge[] {
  const { kind, label } = occasionOf(eventType)
  const by = guardName(guard)
  const words = [label, by].filter((word) => word !== '' && word !== undefined).join(': ')
  const from = node.path.length === 0 ? anywhere.id : idOf(node)
  return target.filter(({ path }) => path.length > 0).map((to) => ({ from, to: idOf(to), kind, label: words }))
}

function occasionOf(type: string): Pick<PictureEdge, 'kind' | 'label'> {
  const late = /^xstate\.after\.([^.]+)\./.exec(type)?.[1]
  if (late !== undefined) return { kind: 'late', label: delayInWords(late) }
  if (type.startsWith('xstate.error.')) return { kind: 'failed', label: '' }
  return type === '' || type.startsWith('xstate.') ? { kind: 'onwards', label: '' } : { kind: 'message', label: type }
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** A delay by its name, or a length of time that is written in milliseconds, in the largest unit that measures it. */
function delayInWords(delay: string): string {
  const ms = Number(delay)
  if (Number.isNaN(ms)) return `after ${delay}`
  const [unit, size] = units.find(([, length]) => ms >= length && ms % length === 0) ?? ['ms', 1]
  const count = ms / size
  return `after ${count} ${unit}${unit === 'ms' || count === 1 ? '' : 's'}`
}

function distinct(edges: readonly PictureEdge[]): readonly PictureEdge[] {
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to} ${edge.kind} ${edge.label}`, edge])).values()]
}
