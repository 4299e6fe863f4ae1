import type { ApprovalReply, Failure, Json } from '@roster/core'
import { assign } from 'xstate'

import type { Person } from './person.ts'
import type { StepSpec, Undo } from './steps.ts'

/** What the machine of a line of steps knows. */
export interface Context {
  readonly task: string
  /** What each line is working on: the main one under `main`, a parallel branch under its own path. */
  readonly values: Readonly<Record<string, Json>>
  readonly failure: Failure | null
  /** What undoes each step that was answered, the latest answer last: the input of its undo. Only where a step says what undoes it. */
  readonly undo?: Readonly<Record<string, readonly Json[]>>
  /** What could not be undone, and why. */
  readonly standing?: readonly { readonly step: string; readonly input: Json; readonly error: Failure }[]
  /** How often the owner was asked about a step. Only where a step says what undoes it. */
  readonly asked?: Readonly<Record<string, number>>
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
  /** Where a failure leads: to the end, or first to what undoes the steps. */
  readonly failed: '#ended' | '#undoing'
  /** What undoes its steps, in the order in which they are written. */
  readonly undos: Undoing[]
  /** The states of a line: each leads to the next, the last to the place's `next`. */
  line(specs: readonly StepSpec[], place: Omit<Place, 'name'>): States
  id(path: readonly string[], name: string): string
}

/** A step that can be undone. */
export interface Undoing {
  /** The name of its state. */
  readonly step: string
  readonly undo: Undo
  /** How often the step may be answered, at most. */
  readonly times: number
}

/** A step of one kind. */
export type Spec<Kind extends StepSpec['kind']> = Extract<StepSpec, { kind: Kind }>

/** Notes the value that a line works on. */
export function put(context: Context, slot: string, value: Json): Context {
  return { ...context, values: { ...context.values, [slot]: value } }
}

/** The state in which somebody else is asked about a step. */
export function escalated(name: string): string {
  return `${name}-escalated`
}

/** Where a decision leads: approved, onwards; declined or not given, to the end. */
export function decided({ failed }: Pick<Graph, 'failed'>, onwards: { readonly target: string }) {
  return {
    onDone: [
      {
        guard: function approved({ event }: { event: { output: ApprovalReply } }) {
          return event.output.decision === 'approved'
        },
        ...onwards,
      },
      {
        target: failed,
        actions: assign({
          failure: ({ event }) => declined((event as unknown as { output: ApprovalReply }).output),
        }),
      },
    ],
    onError: failing(failed),
  }
}

/** The task ends with the error of the event. */
function failing(target: string): object {
  return {
    target,
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
