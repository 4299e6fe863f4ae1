import type { ColleagueOf, WorkInput, WorkOutput } from './colleague.ts'
import type { Duration } from './duration.ts'
import type { Person } from './person.ts'
import { assertLabel } from './versioned-name.ts'

/** One step of a playbook, as data. */
export type StepSpec =
  | {
      readonly kind: 'ask'
      readonly colleague: ColleagueOf
      readonly work: string
      readonly check: Check<never> | undefined
      readonly otherwise: Fallback<never, unknown>
      readonly undo: Undo | undefined
      readonly within: Duration | undefined
    }
  | { readonly kind: 'approve'; readonly person: Person; readonly within: Duration; readonly otherwise: Otherwise }
  | {
      readonly kind: 'branch'
      readonly name: string
      readonly when: (value: never) => boolean
      readonly then: readonly StepSpec[]
      readonly otherwise: readonly StepSpec[]
    }
  | { readonly kind: 'parallel'; readonly branches: Readonly<Record<string, readonly StepSpec[]>> }

/** What happens when a person does not decide in time: ask the playbook's owner, or end as failed. */
export type Otherwise = 'escalate' | 'fail'

/** A deterministic check of what was answered, under the name that records and drawings show; never the model's own word. Pure. */
export interface Check<Output> {
  readonly name: string
  readonly holds: (output: Output) => boolean
}

/**
 * What happens when a piece of work fails, is not answered in time, or its answer does not pass the check:
 *
 * - `fail`: the task ends with the error
 * - `escalate`: the playbook's owner is asked whether to try again, up to three times; a no ends the task as declined
 * - `partial`: the task goes on with this instead of an answer
 */
export type Fallback<Value, Output> = 'fail' | 'escalate' | { readonly partial: (value: Value) => Output }

/** What was given to a step, and what was answered. */
export interface Done<Value, Output> {
  readonly input: Value
  readonly output: Output
}

/**
 * What undoes a step when the task fails, is declined or is cancelled after the step was answered: a piece of work that a colleague is
 * asked for. What was answered is undone whether or not it passed its check; what was never answered is not.
 */
export interface Undo<
  Value = never,
  Output = never,
  C extends ColleagueOf = ColleagueOf,
  K extends keyof C['options']['accepts'] & string = string,
> {
  readonly ask: C
  readonly work: K
  /** What is given to it. Pure; called when the step is answered. */
  readonly with: (done: Done<Value, Output>) => WorkInput<C, K>
}

/** What is asked of an answer. */
export interface AskStep<
  Value,
  Output,
  C extends ColleagueOf = ColleagueOf,
  K extends keyof C['options']['accepts'] & string = string,
> {
  /** @defaultValue none: what fits the contract is taken */
  readonly check?: Check<Output>
  /** How long it may take, waiting in line included; then it is withdrawn. @defaultValue no bound of its own */
  readonly within?: Duration
  /** @defaultValue `fail` */
  readonly otherwise?: Fallback<Value, Output>
  /** @defaultValue nothing: what the step did stays as it is */
  readonly undo?: Undo<Value, Output, C, K>
}

/** Kinds of work of a colleague that take a value of this type. */
type Takes<C extends ColleagueOf, Value> = {
  [K in keyof C['options']['accepts'] & string]: [Value] extends [WorkInput<C, K>] ? K : never
}[keyof C['options']['accepts'] & string]

/** A line of steps; each is given what the one before it gave. */
export interface Steps<Value> {
  /** Gives the value to a colleague and goes on with its answer. */
  ask<
    C extends ColleagueOf,
    K extends Takes<C, Value>,
    U extends ColleagueOf = ColleagueOf,
    W extends keyof U['options']['accepts'] & string = string,
  >(
    colleague: C,
    work: K,
    options?: AskStep<Value, WorkOutput<C, K>, U, W>,
  ): Steps<WorkOutput<C, K>>
  /** Goes on with the same value once the person has approved exactly it; ends as declined if they decline. */
  approve(person: Person, options: { readonly within: Duration; readonly otherwise: Otherwise }): Steps<Value>
  /** Goes one way or the other, by a pure test of the value. */
  branch<Result>(
    name: string,
    when: (value: Value) => boolean,
    then: (steps: Steps<Value>) => Steps<Result>,
    otherwise: (steps: Steps<Value>) => Steps<Result>,
  ): Steps<Result>
  /** Gives the value to all and goes on with all their results by name. */
  parallel<Results extends Record<string, unknown>>(branches: {
    readonly [K in keyof Results]: (steps: Steps<Value>) => Steps<Results[K]>
  }): Steps<Results>
  readonly specs: readonly StepSpec[]
}

/** The empty line. */
export function steps<Value>(specs: readonly StepSpec[] = []): Steps<Value> {
  const then = <Next>(spec: StepSpec): Steps<Next> => steps<Next>([...specs, spec])
  const inner = (build: (start: Steps<Value>) => { readonly specs: readonly StepSpec[] }): readonly StepSpec[] =>
    build(steps<Value>()).specs
  return {
    specs,
    ask: (colleague, work, { check, otherwise = 'fail', undo, within } = {}) => {
      if (check !== undefined) assertLabel(check.name)
      return then({ kind: 'ask', colleague, work, check, otherwise, undo: undo as Undo | undefined, within })
    },
    approve: (person, { within, otherwise }) => then({ kind: 'approve', person, within, otherwise }),
    branch: (name, when, yes, no) =>
      then({ kind: 'branch', name: assertLabel(name), when, then: inner(yes), otherwise: inner(no) }),
    parallel: (branches) => {
      const built = Object.entries(branches) as [string, (start: Steps<Value>) => Steps<unknown>][]
      return then({
        kind: 'parallel',
        branches: Object.fromEntries(built.map(([name, build]) => [assertLabel(name), inner(build)])),
      })
    },
  }
}
