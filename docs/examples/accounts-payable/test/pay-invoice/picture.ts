import { payInvoiceMachine } from '../../src/pay-invoice/machine.ts'

interface Node {
  readonly key: string
  readonly path: readonly string[]
  readonly type: string
  readonly states: Readonly<Record<string, Node>>
  readonly transitions: ReadonlyMap<string, readonly Transition[]>
  readonly always: readonly Transition[] | undefined
}

interface Transition {
  readonly eventType: string
  readonly target?: readonly Node[]
  readonly guard?: unknown
}

/** The playbook as a Mermaid diagram. Faults of the desk itself are left out: from every state they lead to `failed`. */
export function picture(): string {
  const nodes = Object.values((payInvoiceMachine.root as unknown as Node).states).filter(({ key }) => key !== 'failed')
  const inner = nodes.flatMap((node) => (node.type === 'compound' ? compound(node) : []))
  const edges = new Map(nodes.flatMap((node) => [node, ...Object.values(node.states)]).flatMap(outwards))
  const drawn = [...edges].map(([edge, label]) => `  ${edge}${label === '' ? '' : `: ${label}`}`)
  return ['stateDiagram-v2', '  [*] --> reading', ...inner, ...drawn].join('\n')
}

function compound(parent: Node): string[] {
  const states = Object.values(parent.states)
  const names = states.map((state) => `    state "${state.key}" as ${id(state)}`)
  const steps = states.flatMap((state) =>
    leaving(state)
      .filter(({ to }) => to.path[0] === parent.key)
      .map(({ to, label }) => `    ${id(state)} --> ${id(to)}: ${label}`),
  )
  return [`  state ${id(parent)} {`, ...names, ...steps, '  }']
}

/** Edges between the outer states, with a label that says when; of two between the same states the more general one. */
function outwards(node: Node): [edge: string, label: string][] {
  return leaving(node).flatMap(({ to, label }) =>
    to.path[0] === node.path[0] ? [] : [[`${outer(node)} --> ${outer(to)}`, label]],
  )
}

function leaving(node: Node): readonly { readonly to: Node; readonly label: string }[] {
  const transitions = [...node.transitions.values(), node.always ?? []].flat()
  return transitions.flatMap(({ target = [], guard, eventType }) =>
    target.filter(({ key }) => key !== 'failed').map((to) => ({ to, label: labelOf(eventType, guard) })),
  )
}

function labelOf(event: string, guard: unknown): string {
  return typeof guard === 'string' ? guard : (/^xstate\.after\.(\w+)\./.exec(event)?.[1] ?? '')
}

function outer({ path: [first = ''] }: Node): string {
  return first.replaceAll('-', '_')
}

function id({ path }: Node): string {
  return path.join('_').replaceAll('-', '_')
}
