import type { ApprovalReply, Failure, Json } from '@roster/core'
import { assign } from 'xstate'

import type { Person } from './person.ts'
import type { StepSpec } from './steps.ts'

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
export function decided(onwards: { readonly target: string }) {
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

/** The task ends with the error of the event. */
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
