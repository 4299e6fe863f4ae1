import type { Failure, Json } from '@roster/core'
import { assign } from 'xstate'

import { approve, ask } from './skills.ts'
import { decided, escalated, put, type Context, type Graph, type Place, type Spec, type States } from './step-parts.ts'
import type { Check, Fallback } from './steps.ts'

/** The states of a piece of work that somebody is asked for, and of what happens when it is not done. */
export function asking(graph: Graph, spec: Spec<'ask'>, place: Place): States {
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
