import type { AnyStateMachine } from 'xstate'

import type { Demotion } from '../autonomy/demotion.ts'
import type { Amounts } from '../budget/amounts.ts'
import type { Schema } from '../contract/schema.ts'
import { canonical } from '../json/canonical.ts'
import type { Json } from '../json/json.ts'
import type { Sha256 } from '../json/sha256.ts'

/** The versioned code of an actor: an XState machine with its contracts and limits. */
export interface Definition {
  readonly kind: 'colleague' | 'job' | 'playbook'
  /** `clerk@1.0.0`, `clerk@1.0.0/read-invoice` or `pay-invoice@1.0.0`. */
  readonly id: string
  /** SHA-256 over the canonical machine, contracts, instructions, limits and source files; computed once, when the team is loaded. */
  readonly digest: string
  readonly machine: AnyStateMachine
  /** What the actor begins with; checked before its machine sees it. */
  readonly input?: Schema
  /** What it may answer; checked before it is sent. */
  readonly output?: Schema
  readonly limits: Limits
  /** Of an agent: when it is demoted without anybody deciding it. @defaultValue never */
  readonly demotion?: Demotion
  /** Business keys of a task, from its machine's context: `invoice/4711`. More may become known on the way. Pure. */
  readonly about?: (context: never) => readonly string[]
}

/** Finite bounds of an actor; what an author leaves out has a default. */
export interface Limits {
  /** The most that the actor and all that it asks for may use. */
  readonly budget: Amounts
  /** The most that one model call may use: what is held before it. */
  readonly call: Amounts
  /** How often a job may ask for the same use of a tool, with the same arguments; once more is refused as `loop-detected`. @defaultValue no bound */
  readonly repeats?: number
  /** Wall time of one effect, in milliseconds. */
  readonly effectTimeoutMs: number
  /** Wall time of a task, in milliseconds from its beginning: after it no effect of it starts before a person lets it go on. @defaultValue no bound */
  readonly timeMs?: number
  /** What it may wait for at the same time: asks, calls and waits; its machine is refused when it can do more. @defaultValue 16 */
  readonly fanOut?: number
  /**
   * How often transitions may lead to a state, by its path (`matching`, `asking.controller`): what bounds a loop that uses up nothing. One
   * round more ends the actor as failed with `over-limit`. @defaultValue none: the loops that there are must be bounded by the budget
   */
  readonly rounds?: { readonly [state: string]: number }
}

/** The limits of a job whose author sets none: 10 cents, 200,000 tokens, 10 model calls and 40 tool calls; for one step of thinking 5 cents, 32,000 tokens and a call that mends the answer of the first. */
export const defaultLimits: Limits = {
  budget: { costMicroUsd: 100_000, tokens: 200_000, modelCalls: 10, toolCalls: 40 },
  call: { costMicroUsd: 50_000, tokens: 32_000, modelCalls: 2, toolCalls: 0 },
  effectTimeoutMs: 60_000,
}

/** The limits of a task whose author sets none: ten times those of a job. */
export const defaultTaskLimits: Limits = {
  ...defaultLimits,
  budget: { costMicroUsd: 1_000_000, tokens: 2_000_000, modelCalls: 100, toolCalls: 400 },
}

/**
 * A machine as data: functions by name and source, with what XState's creators keep beside them (the assignment of an `assign`, the event
 * of a `raise`); schemas and types left out. Part of a definition's digest, so it is taken from the author's machine, not from an
 * instrumented one.
 */
export function machineAsData(machine: AnyStateMachine): Json {
  const { guards, delays, actors: skills, actions } = machine.implementations as unknown as Record<string, unknown>
  return asData({ config: machine.config, implementations: { guards, delays, skills, actions } })
}

/** The digest of a definition from its parts. */
export function definitionDigest(sha256: Sha256, parts: { readonly [part: string]: Json }): string {
  return sha256(`roster.definition.1\n${canonical(parts)}`)
}

/** What XState's creators hang on a function that says nothing about the author's own: their code is XState's. */
const workings = new Set(['resolve', 'execute', 'check', 'retryResolve'])
const untyped = new Set(['schemas', 'types'])

function asData(value: unknown): Json {
  if (typeof value === 'function')
    return { function: value.name, source: String(value), ...membersAsData(value, workings) }
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.map(asData)
  if (typeof value !== 'object') return value as Json
  return 'skill' in value ? asData(value.skill) : membersAsData(value, untyped)
}

function membersAsData(value: object, left: ReadonlySet<string>): { readonly [member: string]: Json } {
  const members = Object.entries(value).filter(([key, member]) => !left.has(key) && member !== undefined)
  return Object.fromEntries(members.map(([key, member]) => [key, asData(member)]))
}
