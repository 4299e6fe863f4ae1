import type { Amounts, AutonomyLevel, OutputOf, Schema } from '@roster/core'
import type { ModelStep, SecretSource } from '@roster/skills'
import type { AnyStateMachine } from 'xstate'

import type { Duration } from './duration.ts'
import type { Person } from './person.ts'
import type { ToolOf } from './tool.ts'
import type { WindowOptions } from './window.ts'
import { assertOwnName, parseName, type VersionedName } from './versioned-name.ts'

/** One kind of work that a colleague accepts. */
export interface WorkOptions<I extends Schema = Schema, O extends Schema = Schema> {
  /** Checked before its job begins: what does not fit is refused as `input-invalid`. */
  readonly input: I
  /** Checked before it answers: what does not fit fails as `output-invalid`, or is asked of the model again. */
  readonly output: O
  /** What its model is told. @defaultValue none: its machine does not think */
  readonly instructions?: string
  /** How it is done, if not by thinking, using tools and answering. Its invocations are skills. */
  readonly machine?: AnyStateMachine
  /** How often transitions of its machine may lead to a state: what bounds a loop that uses up no call. @defaultValue none */
  readonly rounds?: Readonly<Record<string, number>>
}

/** Bounds of one piece of work; what is left out has a finite default. */
export interface ColleagueLimits {
  /** Model calls. @defaultValue 10 */
  readonly steps?: number
  /** Calls of tools. @defaultValue 40 */
  readonly toolCalls?: number
  /** Millionths of a US dollar. @defaultValue 100,000 */
  readonly costMicroUsd?: number
  /** Tokens of all model calls, read and written. @defaultValue 200,000 */
  readonly tokens?: number
  /** How often one piece of work may ask for the same use of a tool, with the same arguments. @defaultValue 5 */
  readonly repeats?: number
  /** What one piece of work may wait for at the same time; a machine that can do more is refused. @defaultValue 16 */
  readonly fanOut?: number
  /** The most that one model call may use. @defaultValue 50,000 millionths and 32,000 tokens */
  readonly call?: Partial<Pick<Amounts, 'costMicroUsd' | 'tokens'>>
  /** Wall time of one model or tool call. @defaultValue `1 minute` */
  readonly effectTimeout?: Duration
}

/** An agent: who it is, what it accepts, with what it works, within which bounds. */
export interface ColleagueOptions<A extends Accepts> {
  /** A person on the roster. */
  readonly owner: Person
  /** What policies and `askRole` know it by. */
  readonly role: string
  /** The model that it thinks with. @defaultValue none: none of its machines thinks */
  readonly model?: ModelStep
  /** Tools that its model and its machines may ask for; whether it may use them, a policy says each time. @defaultValue none */
  readonly tools?: readonly ToolOf[]
  /** Where the secrets lie that its tools need, by tool and name: `{ crm: { key: { env: 'CLERK_CRM_KEY' } } }`. Each belongs to it alone. */
  readonly secrets?: { readonly [tool: string]: Readonly<Record<string, SecretSource>> }
  readonly limits?: ColleagueLimits
  /** What it may use in each stretch of time, over all its work. Reached, what it would do waits and a person is asked. @defaultValue none */
  readonly window?: WindowOptions
  /** Pieces of work open at the same time. @defaultValue 4 */
  readonly concurrency?: number
  /**
   * How freely it acts to begin with: `observe` uses no consequential tool, `propose` needs an approval for each use, `bounded` where a tool's
   * gate says so, `autonomous` the same with what policies permit it more. People promote and demote it. @defaultValue `bounded`
   */
  readonly autonomy?: AutonomyLevel
  /**
   * Demotes it by itself: after so many pieces of work that failed one after the other it is at this level until a person promotes it.
   * @defaultValue never
   */
  readonly demote?: { readonly afterFailures: number; readonly to: AutonomyLevel }
  readonly accepts: A
  /** When it takes work; made with `duty.createMachine`. @defaultValue takes work while it has room and is not paused */
  readonly duty?: AnyStateMachine
}

/** Kinds of work by name. */
/** What an agent accepts, by kind of work. */
export type Accepts = Readonly<Record<string, WorkOptions>>

/** An agent as an author holds it. */
export interface ColleagueOf<A extends Accepts = Accepts> {
  readonly kind: 'agent'
  readonly name: string
  readonly version: string
  readonly options: ColleagueOptions<A>
}

/** What a kind of work is given. */
export type WorkInput<C extends ColleagueOf, K extends keyof C['options']['accepts']> = OutputOf<
  C['options']['accepts'][K]['input']
>
/** What a kind of work answers. */
export type WorkOutput<C extends ColleagueOf, K extends keyof C['options']['accepts']> = OutputOf<
  C['options']['accepts'][K]['output']
>

/**
 * Defines an agent. Nothing is checked but the name: that its owner is a person of the team, that each kind of work has a model or a
 * machine, and that its machines can be made durable is checked by `team`.
 *
 * @param name `researcher@1.0.0`: the version changes whenever what it does changes
 * @throws RosterError `definition-invalid` when the name is none
 * @example colleague('researcher@1.0.0', { owner: editor, role: 'researcher', model, accepts: { research: { input: Topic, output: Notes } } })
 */
export function colleague<A extends Accepts>(name: VersionedName, options: ColleagueOptions<A>): ColleagueOf<A> {
  const parsed = parseName(name)
  assertOwnName(parsed.name)
  return { kind: 'agent', ...parsed, options }
}
