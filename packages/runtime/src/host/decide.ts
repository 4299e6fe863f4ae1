import {
  authoriseEffect,
  authoriseMessage,
  beginningOf,
  decideApproval,
  end,
  failureOf,
  parseStream,
  RosterError,
  start,
  step,
  type Actor,
  type Approval,
  type ApprovalRequest,
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
} from '@roster/core'

import type { Item } from './item.ts'
import { noticeToOwner } from './notice.ts'
import type { HostPorts } from './ports.ts'
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

const noDenials: ReadonlyMap<string, Failure> = new Map()

/** Decides about one item: the policy first, then the machine, then each effect that it wants. Pure but for the clock that `context` read. */
export function decide(ports: HostPorts, actor: Actor, { stimulus, row }: Item, context: StepContext): Move {
  if (parseStream(actor.stream).kind === 'team')
    return { kind: row.type === 'deployed' ? 'deployed' : 'ignored', step: null, decisions: [], denied: noDenials }
  if (stimulus.source !== 'message') return allowed(ports, actor, step(actor, stimulus, context), [], context)
  const { message } = stimulus
  if (row.expiresAt !== null && row.expiresAt <= context.now)
    return turnedAway(
      actor,
      stimulus,
      message,
      { code: 'expired', message: `${message.type} was not taken before it expired` },
      context,
    )
  const decision = authoriseMessage(actor, message, ports.team, ports.policy)
  const decisions = decision === null ? [] : [decision]
  if (decision?.allowed === false) {
    const failure = {
      code: 'denied',
      message: decision.reason,
      hint: 'Grant it in a policy file, or send it as somebody who may.',
    }
    return { ...turnedAway(actor, stimulus, message, failure, context), kind: 'denied', decisions }
  }
  const flaw = message.type === 'decision' ? flawOfDecision(ports, actor, message, context.now) : null
  if (flaw !== null) return { ...turnedAway(actor, stimulus, message, flaw, context), kind: 'denied', decisions }
  return taken(ports, actor, stimulus, message, decisions, context)
}

/** Turns a message away: an actor that has not begun ends with it, another stays as it is; whoever asked is told. */
export function turnedAway(
  actor: Actor,
  cause: Stimulus,
  message: Message,
  failure: Failure,
  context: StepContext,
): Move {
  const error = failure as unknown as Json
  if (actor.state === null) {
    const outcome: Outcome = { status: 'refused', error: failure }
    return {
      kind: 'refused',
      step: end(actor, outcome, cause, context),
      decisions: [],
      denied: noDenials,
      error,
    }
  }
  return {
    kind: 'refused',
    step: refusalReply(actor, cause, message, failure, context),
    decisions: [],
    denied: noDenials,
    error,
  }
}

/** Sets a message aside that failed too often: a job or task ends with it, a colleague goes on; whoever asked and the owner are told. */
export function deadLetter(team: Team, actor: Actor, cause: Stimulus, failure: Failure, context: StepContext): Move {
  const letter: Failure = {
    code: 'dead-letter',
    message: `failed too often: ${failure.message}`,
    ...(failure.path === undefined ? {} : { path: failure.path }),
  }
  const message = cause.source === 'message' ? cause.message : undefined
  const { kind } = parseStream(actor.stream)
  const ends = kind === 'job' || kind === 'task'
  const step = ends
    ? end(actor, { status: 'failed', error: letter }, cause, context)
    : refusalReply(actor, cause, message, letter, context)
  const notice = noticeToOwner(team, actor, cause, letter, context)
  return {
    kind: 'dead-letter',
    step: step === null ? null : { ...step, messages: [...step.messages, notice] },
    decisions: [],
    denied: noDenials,
    error: letter as unknown as Json,
  }
}

// oxlint-disable-next-line max-params -- the parts of one decision, passed on once
function taken(
  ports: HostPorts,
  actor: Actor,
  cause: Stimulus,
  message: Message,
  decisions: readonly Decision[],
  context: StepContext,
): Move {
  if (actor.state === null) return begun(ports, actor, cause, message, decisions, context)
  if (message.type === 'cancel' && !names(actor, 'cancel')) {
    const outcome: Outcome = { status: 'cancelled', error: { code: 'cancelled', message: 'The work was withdrawn.' } }
    return { kind: 'ended', step: end(actor, outcome, cause, context), decisions, denied: noDenials }
  }
  return allowed(ports, actor, step(actor, cause, context), decisions, context)
}

// oxlint-disable-next-line max-params -- the parts of one decision, passed on once
function begun(
  ports: HostPorts,
  actor: Actor,
  cause: Stimulus,
  message: Message,
  decisions: readonly Decision[],
  context: StepContext,
): Move {
  const begins = message.type === 'job.start' || message.type === 'task' || message.type === 'hired'
  if (!begins)
    return turnedAway(
      actor,
      cause,
      message,
      {
        code: message.type === 'cancel' ? 'cancelled' : 'refused',
        message: `${message.type} came before there was anything to take it`,
      },
      context,
    )
  if (actor.definition.id === 'unknown')
    return turnedAway(actor, cause, message, unknownKind(actor, message, ports), context)
  const beginning = beginningOf(actor.definition, message)
  if (beginning.kind === 'refused')
    return { ...turnedAway(actor, cause, message, beginning.failure, context), decisions }
  const origin = message.type === 'hired' ? null : beginning.beginning.origin
  return allowed(ports, actor, start(actor, { ...beginning.beginning, origin }, cause, context), decisions, context)
}

function allowed(
  ports: HostPorts,
  actor: Actor,
  result: Step,
  decisions: readonly Decision[],
  context: StepContext,
): Move {
  if (result.kind === 'ignored') return { kind: 'ignored', step: null, decisions, denied: noDenials }
  assertBounded(actor, result)
  const denied = new Map<string, Failure>()
  const asked = [...decisions]
  const after = { ...actor, state: result.next }
  for (const effect of result.effects) {
    const { decision, denial } = authoriseEffect(after, effect, { ...ports, now: context.now })
    asked.push(decision)
    if (denial !== null) denied.set(effect.id, denial)
  }
  return { kind: 'stepped', step: result, decisions: asked, denied }
}

/** A playbook carries references, not documents: what it knows must fit into a workflow's history too. */
const maxContextBytes = 32_768

function assertBounded({ definition }: Actor, { next }: Step): void {
  if (definition.kind !== 'playbook') return
  const size = JSON.stringify(next.machine.context).length
  if (size <= maxContextBytes) return
  throw new RosterError(
    'context-too-large',
    `${definition.id} holds ${size} bytes of context; at most ${maxContextBytes} are carried`,
    {
      path: '/context',
      hint: 'Keep large content as a blob and carry its hash.',
    },
  )
}

function flawOfDecision(ports: HostPorts, actor: Actor, message: Message, now: number): Failure | null {
  const { name, kind } = parseStream(actor.stream)
  const input = (actor.state?.machine.context as { input?: ApprovalRequest } | undefined)?.input
  const colleague = ports.team.colleagues[name]
  if (kind !== 'job' || input === undefined || colleague === undefined)
    return { code: 'refused', message: 'nothing here waits for a decision' }
  return decideApproval(message.payload as unknown as Approval, input, {
    person: name,
    role: colleague.role,
    keys: ports.signatures.keysOf(name),
    task: actor.state?.origin?.correlationId ?? '',
    policySet: ports.policy.digest,
    now,
    verify: ports.signatures.verify,
  })
}

function names(actor: Actor, type: string): boolean {
  return actor.definition.machine.events.includes(type as never)
}

function unknownKind(actor: Actor, message: Message, { team }: HostPorts): Failure {
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
