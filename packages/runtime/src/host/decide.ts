import {
  authoriseMessage,
  authoriseWithdrawal,
  beginningOf,
  end,
  failureOf,
  isNote,
  isScheduleType,
  parseStream,
  start,
  step,
  type Actor,
  type Decision,
  type Failure,
  type Json,
  type Message,
  type Outcome,
  type RecordKind,
  type Step,
  type StepContext,
  type Stimulus,
  type Team,
  type Terms,
} from '@roster/core'

import { allowed } from './allowed.ts'
import { flawOfDecision } from './flaw-of-decision.ts'
import type { Item } from './item.ts'
import { noting } from './noting.ts'
import { scheduling } from './scheduling.ts'
import { noticeToOwner } from './notice.ts'
import type { TransitionPorts } from './ports.ts'
import { refusalReply } from './refusal.ts'

/** What a host decides to do with an item, before anything is stored. */
export interface Move {
  readonly kind: RecordKind
  readonly step: Step | null
  readonly decisions: readonly Decision[]
  /** Effects that may not start, and why. */
  readonly denied: ReadonlyMap<string, Failure>
  readonly error?: Json
}

/** An actor meets what moves it, now. */
export interface Encounter {
  readonly actor: Actor
  readonly cause: Stimulus
  readonly context: StepContext
  readonly known?: Known
}

/** What is known beside the actor itself. */
export interface Known {
  /** Names of approvals that are used up. */
  readonly spent: ReadonlySet<string>
  /** On which terms the job's colleague works. */
  readonly terms?: Terms
}

const noDenials: ReadonlyMap<string, Failure> = new Map()

/** Decides about one item: the policy first, then the machine, then each effect that it wants. Pure but for the clock that `context` read. */
// oxlint-disable-next-line max-params -- who meets what, when, and what is known to be used up
export function decide(
  ports: TransitionPorts,
  actor: Actor,
  { stimulus, row }: Item,
  context: StepContext,
  known: Known,
): Move {
  const encounter = { actor, cause: stimulus, context, known }
  if (stimulus.source === 'message' && isNote(stimulus.message.type)) return noting(ports, encounter, stimulus.message)
  if (parseStream(actor.stream).kind === 'team') return ofTeam(ports, encounter, row)
  if (stimulus.source !== 'message') return allowed(ports, encounter, step(actor, stimulus, context), [])
  return decideMessage(ports, encounter, stimulus.message, row)
}

/** The team has no machine: what comes to it is a deployment, a schedule, or too late. */
function ofTeam(ports: TransitionPorts, encounter: Encounter, row: Item['row']): Move {
  const { cause } = encounter
  if (cause.source === 'message' && isScheduleType(cause.message.type))
    return scheduling(ports, encounter, cause.message)
  return { kind: row.type === 'deployed' ? 'deployed' : 'ignored', step: null, decisions: [], denied: noDenials }
}

// oxlint-disable-next-line max-params -- who meets what message, and the row that brought it
function decideMessage(ports: TransitionPorts, encounter: Encounter, message: Message, row: Item['row']): Move {
  const { actor, context } = encounter
  if (row.expiresAt !== null && row.expiresAt <= context.now)
    return turnedAway(encounter, message, {
      code: 'expired',
      message: `${message.type} was not taken before it expired`,
    })
  if (message.withdrawn !== undefined && actor.state === null) return withdrawn(ports, encounter, message)
  const decision = authoriseMessage(actor, message, ports.team, ports.policy)
  const decisions = decision === null ? [] : [decision]
  if (isUnknownTask(actor, message))
    return { ...turnedAway(encounter, message, unknownKind(actor, message, ports)), decisions }
  const denial = decision?.allowed === false ? denialOf(decision) : flawOfDecision(ports, actor, message, context.now)
  if (denial !== null) return { ...turnedAway(encounter, message, denial), kind: 'denied', decisions }
  return taken(ports, encounter, message, decisions)
}

/** It was withdrawn while it was queued: all that is left to do is to say so on record. */
function withdrawn({ team, policy }: TransitionPorts, { actor, cause, context }: Encounter, task: Message): Move {
  const by = task.withdrawn?.by ?? task.sender
  const decision = authoriseWithdrawal({ actor, task, by }, team, policy)
  const outcome: Outcome = {
    status: 'cancelled',
    error: { code: 'cancelled', message: 'It was withdrawn before it began.' },
  }
  const decisions = decision === null ? [] : [decision]
  return { kind: 'ended', step: end(actor, outcome, cause, context), decisions, denied: noDenials }
}

/** Nobody could grant it: what helps is to say what there is. */
function isUnknownTask({ state, definition }: Actor, { type }: Message): boolean {
  return state === null && type === 'task' && definition.id === 'unknown'
}

function denialOf({ reason }: Decision): Failure {
  return { code: 'denied', message: reason, hint: 'Grant it in a policy file, or send it as somebody who may.' }
}

/** Turns a message away: an actor that has not begun ends with it, another stays as it is; whoever asked is told. */
export function turnedAway(encounter: Encounter, message: Message, failure: Failure): Move {
  const { actor, cause, context } = encounter
  const turned =
    actor.state === null
      ? end(actor, { status: 'refused', error: failure }, cause, context)
      : refusalReply(encounter, message, failure)
  return { kind: 'refused', step: turned, decisions: [], denied: noDenials, error: failure as unknown as Json }
}

/** Sets a message aside that failed too often: a job or task ends with it, a colleague goes on; whoever asked and the owner are told. */
export function deadLetter(team: Team, encounter: Encounter, failure: Failure): Move {
  const { actor, cause, context } = encounter
  const letter: Failure = {
    code: 'dead-letter',
    message: `failed too often: ${failure.message}`,
    ...(failure.path === undefined ? {} : { path: failure.path }),
  }
  const message = cause.source === 'message' ? cause.message : undefined
  const { kind } = parseStream(actor.stream)
  const ends = kind === 'job' || kind === 'task'
  const last = ends
    ? end(actor, { status: 'failed', error: letter }, cause, context)
    : refusalReply(encounter, message, letter)
  const notice = noticeToOwner(team, encounter, letter)
  return {
    kind: 'dead-letter',
    step: last === null ? null : { ...last, messages: [...last.messages, notice] },
    decisions: [],
    denied: noDenials,
    error: letter as unknown as Json,
  }
}

function taken(ports: TransitionPorts, encounter: Encounter, message: Message, decisions: readonly Decision[]): Move {
  const { actor, cause, context } = encounter
  if (actor.state === null) return begun(ports, encounter, message, decisions)
  if (message.type === 'cancel' && !names(actor, 'cancel')) {
    const outcome: Outcome = { status: 'cancelled', error: { code: 'cancelled', message: 'The work was withdrawn.' } }
    return { kind: 'ended', step: end(actor, outcome, cause, context), decisions, denied: noDenials }
  }
  return allowed(ports, encounter, step(actor, cause, context), decisions)
}

function begun(ports: TransitionPorts, encounter: Encounter, message: Message, decisions: readonly Decision[]): Move {
  const { actor, cause, context } = encounter
  const begins = message.type === 'job.start' || message.type === 'task' || message.type === 'hired'
  if (!begins) return turnedAway(encounter, message, tooEarly(message))
  if (actor.definition.id === 'unknown') return turnedAway(encounter, message, unknownKind(actor, message, ports))
  const beginning = beginningOf(actor.definition, message)
  if (beginning.kind === 'refused') return { ...turnedAway(encounter, message, beginning.failure), decisions }
  const origin = message.type === 'hired' ? null : beginning.beginning.origin
  return allowed(ports, encounter, start(actor, { ...beginning.beginning, origin }, cause, context), decisions)
}

function tooEarly({ type }: Message): Failure {
  return {
    code: type === 'cancel' ? 'cancelled' : 'refused',
    message: `${type} came before there was anything to take it`,
  }
}

function names(actor: Actor, type: string): boolean {
  return actor.definition.machine.events.includes(type)
}

function unknownKind(actor: Actor, message: Message, { team }: TransitionPorts): Failure {
  const { kind, name } = parseStream(actor.stream)
  if (kind === 'task') {
    return {
      code: 'unknown-task-kind',
      message: `no playbook "${message.kind}" is in the team ${team.name}`,
      path: '/kind',
      hint: `The team has: ${Object.keys(team.playbooks).join(', ')}.`,
    }
  }
  const accepts = Object.keys(team.colleagues[name]?.accepts ?? {})
  return failureOf({
    code: 'refused',
    message: `${name} does not accept "${message.kind}"`,
    path: '/kind',
    hint: `It accepts: ${accepts.join(', ')}.`,
  })
}
