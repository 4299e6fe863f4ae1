import type { Failure, Json } from '@roster/core'
import { assign } from 'xstate'

import { ask, notify } from './skills.ts'
import type { Context, Graph, States, Undoing } from './step-parts.ts'
import type { StepSpec, Undo } from './steps.ts'

/** Whether a line has a step that can be undone. */
export function isUndoable(specs: readonly StepSpec[]): boolean {
  return specs.some((spec) => {
    if (spec.kind === 'ask') return spec.undo !== undefined
    if (spec.kind === 'branch') return isUndoable(spec.then) || isUndoable(spec.otherwise)
    return spec.kind === 'parallel' && Object.values(spec.branches).some(isUndoable)
  })
}

interface Answered {
  readonly context: Context
  readonly event: { readonly type: string; readonly output: Json }
}

interface Failed {
  readonly context: Context
  readonly event: { readonly type: string; readonly error: Failure }
}

/** Notes that a step was answered: what its undo will be given. */
export function noteAnswer(step: string, slot: string, { with: input }: Undo): object {
  return assign(({ context: { values, undo = {} }, event }: Answered) => {
    const done = { input: values[slot], output: event.output }
    return { undo: { ...undo, [step]: [...(undo[step] ?? []), input(done as never) as Json] } }
  })
}

/** A machine's states with the way back: each of them can be cancelled, and what was done is undone before the end. */
export function withUndoing(graph: Graph, states: States): States {
  const cancel = { target: '#undoing', actions: assign({ failure: cancelled }) }
  const cancellable = Object.entries(states).map(([name, state]) => [name, { ...state, on: { cancel } }])
  // The last one first; of parallel branches, those of the last one that is written.
  const undos = graph.undos.toReversed()
  const ways = undos.map((_, index) => onwards(graph, undos.slice(index)))
  const own = undos.map((undoing, index) => undoingStates(graph, undoing, [...(ways[index + 1] ?? []), end]))
  const first = { id: 'undoing', always: [...(ways[0] ?? []), end] }
  return { ...Object.fromEntries(cancellable), undoing: first, ...Object.assign({}, ...own) }
}

const cancelled: Failure = { code: 'cancelled', message: 'The work was withdrawn.' }

const end = { target: '#ended' }

/** To the first of these steps that was answered and is not undone yet. */
function onwards(graph: Graph, undos: readonly Undoing[]): readonly Transition[] {
  return undos.map(({ step }) => ({ guard: isDone(step, 'done', 1), target: `#${graph.id([], undoOf(step))}` }))
}

interface Transition {
  readonly guard?: unknown
  readonly target: string
}

/** The guard is called what it asks: that is how records and drawings show it. */
function isDone(step: string, how: string, times: number): unknown {
  const name = `${step}-${how}`
  return {
    [name]: ({ context: { undo = {} } }: { context: Context }) => (undo[step] ?? []).length >= times,
  }[name]
}

function undoOf(step: string): string {
  return `undo-${step}`
}

/** The colleague is asked; if that fails the owner is told, and the others are undone all the same. */
function undoingStates(graph: Graph, { step, undo, times }: Undoing, others: readonly Transition[]): States {
  const name = undoOf(step)
  const failed = `${name}-failed`
  const id = graph.id([], name)
  graph.actors[name] = ask(undo.ask, undo.work)
  graph.actors[failed] = notify(graph.owner)
  if (times > 1) graph.rounds[name] = times
  const more = (how: string, left: number): readonly object[] =>
    times > 1 ? [{ guard: isDone(step, how, left), target: `#${id}`, reenter: true }] : []
  const input = ({ context }: { context: Context }) => context.undo?.[step]?.at(-1) ?? null
  const done = [...more('done-again', 2), ...others].map((way) => ({ ...way, actions: takeOff(step) }))
  const noted = [noteFailure(step), takeOff(step)]
  const told = { id: failed, src: failed, input: noticeOf(graph, step), onDone: [...more('done', 1), ...others] }
  return {
    [name]: {
      id,
      invoke: { id: name, src: name, input, onDone: done, onError: { target: `#${id}-failed`, actions: noted } },
    },
    [failed]: { id: `${id}-failed`, invoke: told },
  }
}

/** What was undone, or could not be, is not undone again. */
function takeOff(step: string): unknown {
  return assign(({ context: { undo = {} } }: { context: Context }) => ({
    undo: { ...undo, [step]: (undo[step] ?? []).slice(0, -1) },
  }))
}

function noteFailure(step: string): unknown {
  return assign(({ context: { standing = [], undo }, event: { error } }: Failed) => ({
    standing: [...standing, { step, input: undo?.[step]?.at(-1) ?? null, error }],
  }))
}

/** What the owner reads: the step that stays as it is, what its undo was given, and why that failed. */
function noticeOf({ name }: Graph, step: string): (given: { context: Context }) => unknown {
  return ({ context: { task, standing = [] } }) => {
    const { input = null, error } = standing.at(-1) ?? {}
    return {
      arguments: { task, step, input, code: error?.code ?? '', because: error?.message ?? '' },
      question: `"${step}" of ${name} could not be undone: ${error?.message ?? ''}`,
    }
  }
}
