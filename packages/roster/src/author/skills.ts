import { skillLogic, type ApprovalReply, type Json, type OutputOf, type Schema, type SkillLogic } from '@roster/core'

import type { ColleagueOf, WorkInput, WorkOutput } from './colleague.ts'
import { durationMs, type Duration } from './duration.ts'
import type { Person } from './person.ts'
import type { ToolOf } from './tool.ts'

/** What an ask vouches for. */
export interface AskOptions<I> {
  /** A deterministic check that the graph has passed: it vouches that these are the right arguments for the tool. */
  readonly endorse?: {
    readonly check: string
    readonly tool: ToolOf
    /** The one argument that it vouches for; then `arguments` gives its value. @defaultValue all of them */
    readonly argument?: string
    readonly arguments: (input: I) => Json
  }
}

/**
 * Asks a colleague for a piece of work; ends with its answer, or with its error: `refused`, `denied`, `mailbox-full`, `expired`,
 * `dead-letter`, `stopped`, `failed`, or a code of its own. The ask is withdrawn when the machine leaves the state that invokes it.
 */
export function ask<C extends ColleagueOf, K extends keyof C['options']['accepts'] & string>(
  colleague: C,
  work: K,
  options: AskOptions<WorkInput<C, K>> = {},
): SkillLogic<WorkInput<C, K>, WorkOutput<C, K>> {
  return skillLogic({ kind: 'ask', to: { name: colleague.name }, work, ...endorsed(options) })
}

/** Asks whoever of a role has the least open work. `like` is any colleague of that role: it says what is given and answered. */
export function askRole<C extends ColleagueOf, K extends keyof C['options']['accepts'] & string>(
  role: string,
  like: C,
  work: K,
  options: AskOptions<WorkInput<C, K>> = {},
): SkillLogic<WorkInput<C, K>, WorkOutput<C, K>> {
  void like
  return skillLogic({ kind: 'ask', to: { role }, work, ...endorsed(options) })
}

/** Sends a message to a colleague and goes on; whether it was taken is not told. */
export function tell(to: ColleagueOf | Person, event: string): SkillLogic<Json, null> {
  return skillLogic({ kind: 'tell', to: { name: to.name }, event })
}

/** Puts a notice into a person's inbox, with facts and in words, and goes on; nobody waits for it to be read. */
export function notify(to: Person): SkillLogic<ApprovalInput, null> {
  return skillLogic({ kind: 'tell', to: { name: to.name }, event: 'notice', inbox: true })
}

/**
 * Uses a tool; ends with its output, or with its error: `denied` by a policy, `approval-required` when its exact arguments were not
 * approved, `input-invalid`, `output-invalid`, `over-limit`, `timeout`, `outcome-unknown` when it cannot be repeated and may have happened.
 */
export function use<I extends Schema, O extends Schema>(
  tool: ToolOf<string, I, O>,
): SkillLogic<OutputOf<I>, OutputOf<O>> {
  return skillLogic({ kind: 'use', tool: tool.name })
}

/** What a person is asked to consent to: the exact arguments, and in words what it is about. */
export interface ApprovalInput {
  readonly arguments: Json
  readonly question: Json
}

/**
 * Asks a person to consent to a tool's exact arguments; ends with the decision, approved or declined, or with the error `expired`. The
 * approval travels on with what the machine asks for, and holds for these arguments, this task and these policies until it expires.
 *
 * @param options.validFor how long it may be given and used, from when it was asked for. @defaultValue `7 days`
 */
export function approve(
  by: Person,
  tool: ToolOf | string,
  { validFor = '7 days' }: { readonly validFor?: Duration } = {},
): SkillLogic<ApprovalInput, ApprovalReply> {
  return skillLogic({
    kind: 'approve',
    to: { name: by.name },
    tool: typeof tool === 'string' ? tool : tool.name,
    validForMs: durationMs(validFor),
  })
}

/** Lets time pass: `{ ms }`, in milliseconds. Survives restarts; time that passes meanwhile counts. */
export function wait(): SkillLogic<{ readonly ms: number }, null> {
  return skillLogic({ kind: 'wait' })
}

function endorsed<I>({ endorse }: AskOptions<I>) {
  return endorse === undefined
    ? {}
    : {
        endorse: {
          check: endorse.check,
          tool: endorse.tool.name,
          ...(endorse.argument === undefined ? {} : { argument: endorse.argument }),
          arguments: endorse.arguments as (input: never) => Json,
        },
      }
}
