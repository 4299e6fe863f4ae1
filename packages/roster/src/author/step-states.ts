import type { ApprovalReply, Failure, Json } from '@roster/core'
import { assign } from 'xstate'

import { durationMs } from './duration.ts'
import type { Person } from './person.ts'
import { approve, ask } from './skills.ts'
import type { Check, Fallback, StepSpec } from './steps.ts'

/** What the machine of a line of steps knows. */
export interface Context {
  readonly task: string
  /** What each line is working on: the main one under `main`, a parallel branch under its own path. */
  readonly values: Readonly<Record<string, Json>>
  readonly failure: Failure | null
}

/** States of a machine by name, as configuration. */
export type States = Record<string, object>

/** Where a step stands in its machine. */
export interface Place {
  /** The name of its state. */
  readonly name: string
  /** Under which name the value that it works on is known. */
  readonly slot: string
  /** The id of the state that follows. */
  readonly next: string
  /** The parallel branches around it, from the outside in. */
  readonly path: readonly string[]
}

/** The machine that is being built. */
export interface Graph {
  readonly name: string
  /** The playbook's owner, who is asked when others do not answer. */
  readonly owner: Person
  /** The skills that its states invoke. */
  readonly actors: Record<string, unknown>
  /** How often its states may be led to, by path. */
  readonly rounds: Record<string, number>
  /** The states of a line: each leads to the next, the last to the place's `next`. */
  line(specs: readonly StepSpec[], place: Omit<Place, 'name'>): States
  id(path: readonly string[], name: string): string
}

type Spec<Kind extends StepSpec['kind']> = Extract<StepSpec, { kind: Kind }>

/** The states that one step stands for. The first is the one that the step begins with. */
export function stateOf(graph: Graph, spec: StepSpec, place: Place): States {
  switch (spec.kind) {
    case 'ask':
      return asking(graph, spec, place)
    case 'approve':
      return approving(graph, spec, place)
    case 'branch':
      return branching(graph, spec, place)
    case 'parallel':
      return dividing(graph, spec, place)
  }
}

function asking(graph: Graph, spec: Spec<'ask'>, place: Place): States {
  const { colleague, work, check, otherwise } = spec
  const { name, slot, next, path } = place
  graph.actors[name] = ask(colleague, work)
  const taken = {
    target: next,
    actions: assign(({ context, event }) => put(context as never, slot, event.output as Json)),
  }
  const state = {
    id: graph.id(path, name),
    invoke: {
      id: name,
      src: name,
      input: ({ context }: { context: Context }) => context.values[slot],
      onDone:
        check === undefined
          ? taken
          : [{ ...taken, guard: holding(check) }, falling(graph, place, otherwise, uncertain(work, check))],
      onError: falling(graph, place, otherwise),
    },
  }
  return otherwise === 'escalate' ? { [name]: state, ...tryingAgain(graph, place) } : { [name]: state }
}

/** The guard is called what the check is called: that is how records and drawings show it. */
function holding({ name, holds }: Check<never>): (given: { event: { output: unknown } }) => boolean {
  const checks = { [name]: ({ event }: { event: { output: unknown } }) => holds(event.output as never) }
  return checks[name] as (given: { event: { output: unknown } }) => boolean
}

function uncertain(work: string, { name }: Check<never>): Failure {
  return { code: 'check-failed', message: `the answer to "${work}" did not pass the check "${name}"` }
}

/** What follows on a step that was not done; without a failure of our own, the one that the event tells. */
function falling(
  graph: Graph,
  { name, slot, next, path }: Place,
  otherwise: Fallback<never, unknown>,
  failure?: Failure,
) {
  const noted = assign({ failure: ({ event }) => failure ?? (event as unknown as { error: Failure }).error })
  if (otherwise === 'fail') return { target: '#ended', actions: noted }
  if (otherwise === 'escalate') return { target: `#${graph.id(path, escalated(name))}`, actions: noted }
  const instead = ({ context }: { context: Context }) =>
    put(context, slot, otherwise.partial(context.values[slot] as never) as Json)
  return { target: next, actions: assign(instead) }
}

/** The owner is asked whether a step is to be tried again. */
function tryingAgain(graph: Graph, { name, slot, path }: Place): States {
  const own = escalated(name)
  graph.actors[own] = approve(graph.owner, graph.name)
  graph.rounds[[...path, own].join('.')] = maxEscalations
  const input = ({ context }: { context: Context }) => ({
    arguments: context.values[slot],
    question: `${context.failure?.message ?? name} (${context.failure?.code ?? 'failed'}). Try "${name}" again?`,
  })
  const again = { target: `#${graph.id(path, name)}`, actions: assign({ failure: null }) }
  return { [own]: { id: graph.id(path, own), invoke: { id: own, src: own, input, ...decided(again) } } }
}

/** How often the owner is asked about one step before the task fails. */
const maxEscalations = 3

function escalated(name: string): string {
  return `${name}-escalated`
}

function approving(graph: Graph, { person, within, otherwise }: Spec<'approve'>, place: Place): States {
  const { name, path } = place
  const later = { ...place, name: escalated(name) }
  const late = { code: 'expired', message: `${person.name} did not decide within ${within}` }
  const target =
    otherwise === 'escalate'
      ? { target: `#${graph.id(path, later.name)}` }
      : { target: '#ended', actions: assign({ failure: late }) }
  const limit = durationMs(within)
  graph.actors[name] = approve(person, graph.name, { validFor: `${limit / 1000 + graceSeconds} seconds` })
  const states: States = { [name]: { ...approval(graph, place), after: { [limit]: target } } }
  if (otherwise === 'escalate') {
    graph.actors[later.name] = approve(graph.owner, graph.name)
    states[later.name] = approval(graph, later)
  }
  return states
}

/** A question outlives the time that its asker waits by a day: the asker decides what lateness means, not the question's own expiry. */
const graceSeconds = 86_400

function approval(graph: Graph, { name, slot, next, path }: Place): object {
  return {
    id: graph.id(path, name),
    invoke: {
      id: name,
      src: name,
      input: ({ context }: { context: Context }) => ({
        arguments: context.values[slot],
        question: `May ${graph.name} go on with this?`,
      }),
      ...decided({ target: next }),
    },
  }
}

/** Where a decision leads: approved, onwards; declined or not given, to the end. */
function decided(onwards: { readonly target: string }) {
  return {
    onDone: [
      {
        guard: function approved({ event }: { event: { output: ApprovalReply } }) {
          return event.output.decision === 'approved'
        },
        ...onwards,
      },
      {
        target: '#ended',
        actions: assign({
          failure: ({ event }) => declined((event as unknown as { output: ApprovalReply }).output),
        }),
      },
    ],
    onError: failing(),
  }
}

function branching(graph: Graph, spec: Spec<'branch'>, { name, slot, next, path }: Place): States {
  const yes = graph.line(spec.then, { slot, next, path })
  const no = graph.line(spec.otherwise, { slot, next, path })
  // The guard is called what the branch is called: that is how records and drawings show it.
  const test = { [spec.name]: ({ context }: { context: Context }) => spec.when(context.values[slot] as never) }[
    spec.name
  ]
  const first = (states: States): string => {
    const [state] = Object.keys(states)
    return state === undefined ? next : `#${graph.id(path, state)}`
  }
  const choice = { id: graph.id(path, name), always: [{ guard: test, target: first(yes) }, { target: first(no) }] }
  return { [name]: choice, ...yes, ...no }
}

function dividing(graph: Graph, { branches }: Spec<'parallel'>, { name, slot, next, path }: Place): States {
  const lines = Object.entries(branches).map(([branch, specs]) => {
    const inner = [...path, name, branch]
    return { branch, specs, inner, own: inner.join('/') }
  })
  const regions = lines.map(({ branch, specs, inner, own }) => {
    const finished = graph.id(inner, 'finished')
    const states = graph.line(specs, { slot: own, next: `#${finished}`, path: inner })
    const initial = Object.keys(states)[0] ?? 'finished'
    return [branch, { initial, states: { ...states, finished: { id: finished, type: 'final' } } }] as const
  })
  const valueOf = (context: Context, of: string): Json => context.values[of] ?? null
  const state = {
    id: graph.id(path, name),
    type: 'parallel',
    entry: assign(({ context }: { context: Context }) =>
      lines.reduce((known, { own }) => put(known, own, valueOf(context, slot)), context),
    ),
    states: Object.fromEntries(regions),
    onDone: {
      target: next,
      actions: assign(({ context }: { context: Context }) => {
        const results = lines.map(({ branch, own }) => [branch, valueOf(context, own)] as const)
        return put(context, slot, Object.fromEntries(results))
      }),
    },
  }
  return { [name]: state }
}

function put(context: Context, slot: string, value: Json): Context {
  return { ...context, values: { ...context.values, [slot]: value } }
}

function failing(): object {
  return {
    target: '#ended',
    actions: assign({ failure: ({ event }) => (event as unknown as { error: Failure }).error }),
  }
}

/** How a decline is told: the person stands in the path. */
function declined({ person, reason }: ApprovalReply): Failure {
  return {
    code: 'declined',
    message: reason === '' ? `${person} declined` : `${person} declined: ${reason}`,
    path: `person/${person}`,
  }
}
