import type { Json } from '@roster/core'
import { assign } from 'xstate'

import { asking } from './ask-states.ts'
import { durationMs } from './duration.ts'
import { approve } from './skills.ts'
import { decided, escalated, put, type Context, type Graph, type Place, type Spec, type States } from './step-parts.ts'
import type { StepSpec } from './steps.ts'

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

function approving(graph: Graph, { person, within, otherwise }: Spec<'approve'>, place: Place): States {
  const { name, path } = place
  const later = { ...place, name: escalated(name) }
  const late = { code: 'expired', message: `${person.name} did not decide within ${within}` }
  const target =
    otherwise === 'escalate'
      ? { target: `#${graph.id(path, later.name)}` }
      : { target: graph.failed, actions: assign({ failure: late }) }
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
      ...decided(graph, { target: next }),
    },
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
