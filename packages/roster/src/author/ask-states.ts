import type { Failure, Json } from '@roster/core'
import { assign } from 'xstate'

import { durationMs, type Duration } from './duration.ts'
import { approve, ask } from './skills.ts'
import { decided, escalated, put, type Context, type Graph, type Place, type Spec, type States } from './step-parts.ts'
import type { Check, Fallback } from './steps.ts'
import { noteAnswer } from './undo-states.ts'

/** The states of a piece of work that somebody is asked for, and of what happens when it is not done. */
export function asking(graph: Graph, spec: Spec<'ask'>, place: Place): States {
  const { colleague, work, check, otherwise, undo, within } = spec
  const { name, slot, next, path } = place
  graph.actors[name] = ask(colleague, work)
  const late = within === undefined ? {} : { after: { [durationMs(within)]: tooLate(graph, spec, place, within) } }
  const again = check !== undefined && otherwise === 'escalate'
  if (undo !== undefined) graph.undos.push({ step: name, undo, times: again ? maxEscalations + 1 : 1 })
  // What was answered is undone, also where the answer does not pass its check.
  const answered = undo === undefined ? [] : [noteAnswer(name, slot, undo)]
  const keep = assign(({ context, event }) => put(context as never, slot, event.output as Json))
  const taken = { target: next, actions: answered.length === 0 ? keep : [...answered, keep] }
  const state = {
    id: graph.id(path, name),
    ...late,
    invoke: {
      id: name,
      src: name,
      input: ({ context }: { context: Context }) => context.values[slot],
      onDone:
        check === undefined
          ? taken
          : [
              { ...taken, guard: holding(check) },
              ...falling(graph, place, otherwise, { failure: uncertain(work, check), first: answered }),
            ],
      onError: single(falling(graph, place, otherwise)),
    },
  }
  return otherwise === 'escalate' ? { [name]: state, ...tryingAgain(graph, place) } : { [name]: state }
}

// oxlint-disable-next-line max-params -- a step at its place, and how long it had
function tooLate(graph: Graph, { work, otherwise }: Spec<'ask'>, place: Place, within: Duration): unknown {
  const failure = { code: 'timeout', message: `"${work}" was not answered within ${within}` }
  return single(falling(graph, place, otherwise, { failure }))
}

function single<T>(transitions: readonly T[]): T | readonly T[] | undefined {
  return transitions.length === 1 ? transitions[0] : transitions
}

/** The guard is called what the check is called: that is how records and drawings show it. */
function holding({ name, holds }: Check<never>): (given: { event: { output: unknown } }) => boolean {
  const checks = { [name]: ({ event }: { event: { output: unknown } }) => holds(event.output as never) }
  return checks[name] as (given: { event: { output: unknown } }) => boolean
}

function uncertain(work: string, { name }: Check<never>): Failure {
  return { code: 'check-failed', message: `the answer to "${work}" did not pass the check "${name}"` }
}

/** What is known of a step that was not done. */
interface Fall {
  /** @defaultValue the one that the event tells */
  readonly failure?: Failure
  /** What is noted first. */
  readonly first?: readonly object[]
}

/** What follows on a step that was not done. */
function falling(
  graph: Graph,
  { name, slot, next, path }: Place,
  otherwise: Fallback<never, unknown>,
  { failure, first = [] }: Fall = {},
): readonly object[] {
  const noted = assign({ failure: ({ event }) => failure ?? (event as unknown as { error: Failure }).error })
  const all = (action: object): object => (first.length === 0 ? action : [...first, action])
  const failed = { target: graph.failed, actions: all(noted) }
  if (otherwise === 'fail') return [failed]
  if (otherwise === 'escalate') {
    const target = `#${graph.id(path, escalated(name))}`
    if (graph.failed === '#ended') return [{ target, actions: noted }]
    // The bound of rounds would end the task where it stands: what was done is undone first.
    return [{ guard: askable(escalated(name)), target, actions: all(noted) }, failed]
  }
  const instead = ({ context }: { context: Context }) =>
    put(context, slot, otherwise.partial(context.values[slot] as never) as Json)
  return [{ target: next, actions: all(assign(instead)) }]
}

function askable(state: string): unknown {
  return function mayAskOwner({ context: { asked = {} } }: { context: Context }): boolean {
    return (asked[state] ?? 0) < maxEscalations
  }
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
  const counted = assign(({ context: { asked = {} } }: { context: Context }) => ({
    asked: { ...asked, [own]: (asked[own] ?? 0) + 1 },
  }))
  const counting = graph.failed === '#ended' ? {} : { entry: counted }
  return {
    [own]: { id: graph.id(path, own), ...counting, invoke: { id: own, src: own, input, ...decided(graph, again) } },
  }
}

/** How often the owner is asked about one step before the task fails. */
const maxEscalations = 3
