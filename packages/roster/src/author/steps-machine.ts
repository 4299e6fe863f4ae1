import type { JobInput } from '@roster/core'
import { setup, type AnyStateMachine } from 'xstate'

import type { Person } from './person.ts'
import type { Context, Graph, Place, States, Undoing } from './step-parts.ts'
import { stateOf } from './step-states.ts'
import type { Steps, StepSpec } from './steps.ts'
import { isUndoable, withUndoing } from './undo-states.ts'

/** A machine, and the bounds of its loops by state. */
interface Built {
  readonly machine: AnyStateMachine
  readonly rounds: Readonly<Record<string, number>>
}

/** Builds the ordinary XState machine that a line of steps stands for; it opens in any XState tool. */
export function buildMachine(name: string, owner: Person, line: Pick<Steps<never>, 'specs'>): Built {
  const actors = {}
  const undoable = isUndoable(line.specs)
  const graph = new StepsGraph(name, owner, actors, undoable ? '#undoing' : '#ended')
  const steps = graph.line(line.specs, { slot: 'main', next: '#done', path: [] })
  const states = undoable ? withUndoing(graph, steps) : steps
  const first = Object.keys(states)[0] ?? 'done'
  const machine = setup({ types: { context: {} as Context }, actors }).createMachine({
    id: name,
    context: ({ input }: { input: JobInput }) => ({ task: input.task, values: { main: input.input }, failure: null }),
    initial: first,
    output: undoable
      ? outcomeWithUndone
      : ({ context }: { context: Context }) =>
          context.failure === null
            ? (context.values['main'] ?? null)
            : { status: context.failure.code === 'declined' ? 'refused' : 'failed', error: context.failure },
    states: { ...states, done: { id: 'done', type: 'final' }, ended: { id: 'ended', type: 'final' } },
  } as never) as unknown as AnyStateMachine
  return { machine, rounds: graph.rounds }
}

/** A cancellation ends here too, and the error names what stays as it is. */
function outcomeWithUndone({ context }: { context: Context }): unknown {
  const { failure, standing = [], values } = context
  if (failure === null) return values['main'] ?? null
  const status = failure.code === 'cancelled' ? 'cancelled' : failure.code === 'declined' ? 'refused' : 'failed'
  const left = standing.map(({ step }) => step).join(', ')
  const error = left === '' ? failure : { ...failure, hint: `Not undone: ${left}. The owner has it in their inbox.` }
  return { status, error }
}

/** Names of states that every such machine has. */
const reserved = new Set(['done', 'ended', 'finished', 'undoing'])

/** Gives each step a name and an id of its own, and joins the steps of a line. */
class StepsGraph implements Graph {
  readonly name: string
  readonly owner: Person
  readonly actors: Record<string, unknown>
  readonly failed: Graph['failed']
  readonly rounds: Record<string, number> = {}
  readonly undos: Undoing[] = []
  #count = 0

  // oxlint-disable-next-line max-params -- what a machine is built of
  constructor(name: string, owner: Person, actors: Record<string, unknown>, failed: Graph['failed']) {
    this.failed = failed
    this.name = name
    this.owner = owner
    this.actors = actors
  }

  line(specs: readonly StepSpec[], { slot, next: end, path }: Omit<Place, 'name'>): States {
    const states: States = {}
    const names = specs.map((spec) => this.#nameOf(spec))
    for (const [index, spec] of specs.entries()) {
      const following = names[index + 1]
      const next = following === undefined ? end : `#${this.id(path, following)}`
      Object.assign(states, stateOf(this, spec, { name: names[index] ?? '', slot, next, path }))
    }
    return states
  }

  id(path: readonly string[], name: string): string {
    return [this.name, ...path, name].join('/')
  }

  #nameOf(spec: StepSpec): string {
    this.#count += 1
    const label = labelOf(spec)
    return this.#count === 1 && !reserved.has(label) ? label : `${label}-${this.#count}`
  }
}

function labelOf(spec: StepSpec): string {
  switch (spec.kind) {
    case 'ask':
      return spec.work
    case 'approve':
      return `approval-by-${spec.person.name}`
    case 'branch':
      return spec.name
    case 'parallel':
      return 'parallel'
  }
}
