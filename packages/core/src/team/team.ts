import type { AutonomyLevel } from '../autonomy/level.ts'
import type { Window } from '../budget/window.ts'
import type { Definition } from '../actor/definition.ts'
import type { Schema } from '../contract/schema.ts'
import type { Json } from '../json/json.ts'
import { own } from '../json/own.ts'
import type { Label } from '../message/label.ts'
import type { Place } from '../record/record.ts'
import { parseStream, streamName, type StreamName } from '../stream/stream-name.ts'
import type { Addressee } from '../actor/skill.ts'
import { RosterError } from '../error/roster-error.ts'

/** A tool's versioned contract, and its code, which only a host calls. */
export interface Tool {
  readonly name: string
  readonly version: string
  /** SHA-256 over name, version, schemas and flags. */
  readonly digest: string
  readonly owner: string
  readonly input: Schema
  readonly output: Schema
  readonly description: string
  /** Whether it changes something outside: then it needs trusted lineage, an endorsement or an approval. */
  readonly consequential: boolean
  /** Whether the same key can be called again after an unknown outcome. */
  readonly idempotent: boolean
  readonly place: Place
  /** Which approval these arguments need, or `null`. Pure. */
  readonly gate?: (input: never) => Need | null
  /** What its results may be trusted with. */
  readonly integrity: Label['integrity']
  /** To whom its results may go; see {@link Label.readers}. @defaultValue everybody */
  readonly readers?: readonly string[]
  /** Arguments whose values are closed (of a list, a number, a date, yes or no): untrusted text cannot say anything with them. @defaultValue none */
  readonly closed?: readonly string[]
  /** Its code; a host knows what it is given beside the input. */
  readonly run: (input: never, context: never) => Promise<unknown>
}

/** The approval that an act needs. */
export interface Need {
  readonly role: string
  /** In words: why. */
  readonly because: string
  /** How many different people of that role must approve. @defaultValue 1 */
  readonly quorum?: number
}

/** One kind of work that a colleague accepts. */
export interface Work {
  readonly definition: Definition
  readonly instructions: string
  /** Names of tools whose use its machine or model may ask for. */
  readonly tools: readonly string[]
}

/** An agent or a person on the roster. */
export interface Colleague {
  readonly kind: 'agent' | 'person'
  readonly name: string
  readonly version: string
  readonly role: string
  /** A person on the roster. */
  readonly owner: string
  readonly duty: Definition
  readonly concurrency: number
  readonly accepts: { readonly [kind: string]: Work }
  readonly tools: readonly string[]
  /** Name of its model, for the policy and the record. */
  readonly model: string | null
  /** Names of models that are asked when that one does not answer; the policy is asked for each. @defaultValue none */
  readonly fallbacks?: readonly string[]
  /** What it may use in each stretch of time, over all its work. @defaultValue no bound but those of its work */
  readonly window?: Window
  /** How freely it begins; people promote and demote it. @defaultValue `bounded` */
  readonly autonomy?: AutonomyLevel
}

/** A fixed graph for one kind of task. */
export interface Playbook {
  readonly name: string
  readonly version: string
  readonly owner: string
  readonly definition: Definition
  /** How many of its tasks are under way at once; the others wait in the queue. @defaultValue 10,000 */
  readonly atOnce?: number
  /** From 0 to 9: what its tasks have, unless a publication asks for less. @defaultValue 5 */
  readonly priority?: number
}

/** What is checked, deployed and rolled out together. */
export interface Team {
  readonly name: string
  /** SHA-256 over all definitions, tools and policies. */
  readonly digest: string
  readonly colleagues: { readonly [name: string]: Colleague }
  readonly playbooks: { readonly [name: string]: Playbook }
  readonly tools: { readonly [name: string]: Tool }
  /** Definitions of tasks and jobs that began before the present ones were loaded, by id: they end on what they began with. @defaultValue none */
  readonly former?: { readonly [id: string]: Definition }
  /** How many tasks are under way at once, of the team and of each requester; the others wait in the queue. @defaultValue 10,000 each */
  readonly atOnce?: { readonly team?: number; readonly requester?: number }
  /** What all of them together may use in each stretch of time. @defaultValue no bound but those of tasks and jobs */
  readonly window?: Window
  /** Non-secret configuration that is part of a deployment. */
  readonly configuration: Json
}

/** The stream of a colleague. */
export function colleagueStream(team: Team, name: string): StreamName {
  const colleague = own(team.colleagues, name)
  if (colleague === undefined) {
    throw new RosterError('unknown-colleague', `no colleague "${name}" is in the team ${team.name}`, {
      hint: `The team has: ${Object.keys(team.colleagues).join(', ')}.`,
    })
  }
  return streamName[colleague.kind](team.name, name)
}

/** Names of the colleagues that an addressee may mean, in the team's order. */
export function candidates(team: Team, to: Addressee): readonly string[] {
  if ('name' in to) return [to.name]
  return Object.values(team.colleagues)
    .filter(({ role }) => role === to.role)
    .map(({ name }) => name)
}

/** The colleague that a colleague's or a job's stream belongs to. */
export function colleagueOf(team: Team, stream: StreamName): Colleague | undefined {
  const { name, kind } = parseStream(stream)
  return kind === 'task' || kind === 'client' || kind === 'team' ? undefined : own(team.colleagues, name)
}

/**
 * The definition of a stream's actor. `kind` is the kind of work or task, known from its first message; `began` the id of the definition
 * with which a task or a job began: it ends on that one, present or former, and on no other.
 */
export function definitionOf(
  team: Team,
  stream: StreamName,
  kind: string | undefined,
  began?: string,
): Definition | undefined {
  const present = presentDefinitionOf(team, stream, kind)
  if (began === undefined || present?.id === began || present?.kind === 'colleague') return present
  return own(team.former ?? {}, began)
}

function presentDefinitionOf(team: Team, stream: StreamName, kind: string | undefined): Definition | undefined {
  const parts = parseStream(stream)
  if (parts.kind === 'task') return own(team.playbooks, kind ?? '')?.definition
  const colleague = colleagueOf(team, stream)
  return parts.kind === 'job' ? own(colleague?.accepts ?? {}, kind ?? '')?.definition : colleague?.duty
}
