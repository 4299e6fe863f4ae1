import type { OutputOf, Property, Schema } from '@roster/core'
import type { AnyStateMachine } from 'xstate'

import type { Duration } from './duration.ts'
import type { Person } from './person.ts'
import { buildMachine } from './steps-machine.ts'
import { steps, type Steps } from './steps.ts'
import { parseName, type VersionedName } from './versioned-name.ts'

/** Bounds of one task with all that it causes; what is left out has a finite default. */
export interface TaskLimits {
  /** Calls of models. @defaultValue 100 */
  readonly modelCalls?: number
  /** Calls of tools. @defaultValue 400 */
  readonly toolCalls?: number
  /** Millionths of a US dollar. @defaultValue 1,000,000 */
  readonly costMicroUsd?: number
  /** Tokens of all model calls, read and written. @defaultValue 2,000,000 */
  readonly tokens?: number
  /** Wall time from its beginning, waiting for people included: after it nothing of it starts before a person lets it go on. @defaultValue no bound */
  readonly time?: Duration
  /** What it may wait for at the same time; a machine that can do more is refused. @defaultValue 16 */
  readonly fanOut?: number
  /**
   * How often transitions may lead to a state, by its path in the machine: what bounds a loop. One round more ends the task as failed.
   * @defaultValue none: `roster check` refuses a loop without a bound
   */
  readonly rounds?: Readonly<Record<string, number>>
}

/** What success is, and when it has become too rare. */
export interface Success<Output = never> {
  /** Whether the outcome of a task that is done is one. Pure. What ends otherwise is none. @defaultValue every task that is done */
  readonly is?: (outcome: Output) => boolean
  /** The share of tasks, from 0 to 1, below which its owner is told. */
  readonly atLeast: number
  /** Of the tasks that ended so recently. */
  readonly within: Duration
}

/** The contract of one kind of task. */
export interface PlaybookOptions<I extends Schema, O extends Schema> {
  /** A person on the roster: hears of what nobody else takes. */
  readonly owner: Person
  readonly input: I
  readonly output: O
  readonly limits?: TaskLimits
  /** How many of its tasks are under way at once; the others wait in the queue, on record once they begin. @defaultValue 10,000 */
  readonly atOnce?: number
  /** From 0 to 9: of queued tasks the most urgent is let in first, then the oldest. A publication may ask for less. @defaultValue 5 */
  readonly priority?: number
  /** What must never happen, proven over the graph by `roster check`. @defaultValue none */
  readonly properties?: readonly Property[]
  /** What success is; `roster status` shows the share. @defaultValue none: only shares of steps are shown */
  readonly success?: Success<OutputOf<O>>
  /** Business keys (`invoice/4711`) from what the machine knows; more may become known on the way. Pure. */
  readonly about?: (context: never) => readonly string[]
}

/** A playbook as an author holds it. */
export interface PlaybookOf<Name extends string = string, I extends Schema = Schema, O extends Schema = Schema> {
  readonly name: Name
  readonly version: string
  readonly options: PlaybookOptions<I, O>
  readonly machine: AnyStateMachine
  /** Bounds of the loops that its steps have. */
  readonly rounds: Readonly<Record<string, number>>
}

/**
 * Defines a playbook, a fixed graph for one kind of task: as steps for the line, the branch and the parallel, or with a machine of its
 * own, made with `setup({ actors: { research: ask(researcher, 'research') } })`. Its context is carried with every step and holds 32 KiB.
 *
 * @param name `brief@1.0.0`; tasks are published by the part before the `@`
 * @throws RosterError `definition-invalid` when the name, a label of a branch or a time is none
 * @example playbook('brief@1.0.0', { owner, input: Topic, output: Draft }, (steps) => steps.ask(researcher, 'research').ask(writer, 'draft'))
 */
export function playbook<const V extends VersionedName, I extends Schema, O extends Schema>(
  name: V,
  options: PlaybookOptions<I, O>,
  graph: AnyStateMachine | ((start: Steps<OutputOf<I>>) => Steps<OutputOf<O>>),
): PlaybookOf<V extends `${infer Name}@${string}` ? Name : V, I, O> {
  const parsed = parseName(name)
  const built =
    typeof graph === 'function'
      ? buildMachine(parsed.name, options.owner, graph(steps()))
      : { machine: graph, rounds: {} }
  return { name: parsed.name as never, version: parsed.version, options, ...built }
}
