import type { ActorLogic, ActorSystem, ActorSystemInfo, AnyEventObject, Snapshot } from 'xstate'

import type { Json } from '../json/json.ts'

/** To whom something is sent: a colleague by name, or whoever of a role has the least open work. */
export type Addressee = { readonly name: string } | { readonly role: string }

/** What an invoked actor logic stands for. Its own code does nothing; a host gives it effect. */
export type Skill =
  /** One call of a model: an answer, or tool calls that the machine then makes. */
  | { readonly kind: 'think' }
  /** One call of a tool. Without `tool`, the input says which: `{ tool, input }`. */
  | { readonly kind: 'use'; readonly tool?: string }
  /** A piece of work of a colleague; ends with its reply. */
  | { readonly kind: 'ask'; readonly to: Addressee; readonly work: string; readonly endorse?: Endorse }
  /** A message to a colleague; ends at once. With `inbox` it is a notice in a person's inbox, made of `{ arguments, question }`. */
  | { readonly kind: 'tell'; readonly to: Addressee; readonly event: string; readonly inbox?: true }
  /** A person's consent to use a tool with exactly these arguments; ends with the signed decision. */
  | { readonly kind: 'approve'; readonly to: Addressee; readonly tool: string; readonly validForMs: number }
  /** Some time; the input is `{ ms }`. */
  | { readonly kind: 'wait' }

export type SkillKind = Skill['kind']

/** What a graph vouches for by having come this far: that these are the arguments which the named check found right. */
export interface Endorse {
  /** The deterministic check, by the name that the record shows. */
  readonly check: string
  readonly tool: string
  /** The one argument that is vouched for, by its name. @defaultValue all of them */
  readonly argument?: string
  /** The exact arguments, or the value of the one that is named, from the ask's input. Pure. */
  readonly arguments: (input: never) => Json
}

/** Typed actor logic that stands for a skill: invoke it in any XState machine. */
export type SkillLogic<Input, Output> = ActorLogic<
  Snapshot<Output>,
  AnyEventObject,
  Input,
  ActorSystem<ActorSystemInfo>
> & { readonly skill: Skill }

/** Makes the actor logic of a skill. It starts nothing and answers nothing by itself. */
export function skillLogic<Input, Output>(skill: Skill): SkillLogic<Input, Output> {
  const waiting = { status: 'active', output: undefined, error: undefined } as Snapshot<Output>
  return {
    skill,
    transition: (snapshot) => snapshot,
    getInitialSnapshot: () => waiting,
    getPersistedSnapshot: () => waiting,
    restoreSnapshot: () => waiting,
  }
}

/** The skill that an actor logic stands for, or none. */
export function skillOf(logic: unknown): Skill | undefined {
  return typeof logic === 'object' && logic !== null && 'skill' in logic ? (logic.skill as Skill) : undefined
}
