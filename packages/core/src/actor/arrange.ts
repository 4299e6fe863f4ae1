import type { Amounts } from '../budget/amounts.ts'
import { amounts } from '../budget/amounts.ts'
import { assertJson } from '../json/assert-json.ts'
import { canonical } from '../json/canonical.ts'
import type { Json } from '../json/json.ts'
import type { Message } from '../message/message.ts'
import type { StreamName } from '../stream/stream-name.ts'
import type { Actor, ActorState, Open } from './actor.ts'
import type { Identify } from './identity.ts'
import { childrenOf, type Macrostep } from './machine.ts'
import { outgoing } from './outgoing.ts'
import type { Skill } from './skill.ts'
import type { StepContext } from './step.ts'
import type { Stimulus, TimerEvent } from './stimulus.ts'
import { startedJobs } from './started-jobs.ts'

/** An effect that a host is to run once the step is stored. */
export interface EffectRequest {
  /** Id of its pending row and its idempotency key. */
  readonly id: string
  readonly child: string
  readonly skill: 'think' | 'use'
  /** The tool, or the name under which the machine thinks. */
  readonly name: string
  readonly input: Json
  /** The most that it may use. */
  readonly hold: Amounts
}

/** A timer that is to be set. */
export interface TimerRequest {
  readonly id: string
  /** In milliseconds since 1970. */
  readonly dueAt: number
  readonly event: TimerEvent
}

/** What a macrostep's wishes come to. */
interface Arranged {
  readonly open: ActorState['open']
  readonly timerIds: ActorState['timers']
  /** Messages for which nobody waits: they are sent also by an actor's last record. */
  readonly told: readonly Message[]
  /** Asks and the colleague's own job starts. */
  readonly sent: readonly Message[]
  readonly effects: readonly EffectRequest[]
  readonly timers: readonly TimerRequest[]
}

/** Turns what a machine invoked, delayed and emitted into messages, effects and timers with ids. */
// oxlint-disable-next-line max-params -- the step's own parts, passed on once
export function arrange(
  actor: Actor,
  before: ActorState,
  macrostep: Macrostep,
  cause: Stimulus,
  context: StepContext,
  id: Identify,
): Arranged {
  const sources = childrenOf(macrostep.snapshot)
  const open: Record<string, Open> = {}
  for (const [child, entry] of Object.entries(before.open)) if (child in sources) open[child] = entry
  const told: Message[] = []
  const sent: Message[] = []
  const effects: EffectRequest[] = []
  const timers: TimerRequest[] = []
  for (const { child, skill, input } of macrostep.started) {
    const value = input ?? null
    assertJson(value, `/invoke/${child}/input`)
    const begun = { child, skill, input: value, src: sources[child] ?? child }
    if (skill.kind === 'think' || skill.kind === 'use') {
      const effect = effectOf(actor, begun, id())
      effects.push(effect)
      open[child] = { skill: skill.kind, src: begun.src, cause: effect.id }
    } else if (skill.kind === 'ask' || skill.kind === 'approve') {
      const ask = askOf(actor.stream, before, begun, cause, context, id)
      sent.push(ask)
      open[child] = { skill: skill.kind, src: begun.src, cause: ask.id, to: ask.to }
    } else {
      if (skill.kind === 'tell')
        told.push(
          outgoing(actor.stream, before, cause, context, id, {
            type: skill.event,
            to: context.addressee(skill.to),
            payload: value,
          }),
        )
      const timer = { id: id(), dueAt: context.now + waitOf(skill, value), event: { kind: 'ended' as const, child } }
      timers.push(timer)
      open[child] = { skill: skill.kind, src: begun.src, cause: timer.id }
    }
  }
  const timerIds = delayed(before, macrostep, context, id, timers)
  return {
    open,
    timerIds,
    told,
    sent: [...sent, ...startedJobs(actor.stream, before, macrostep.emitted, cause, context, id)],
    effects,
    timers,
  }
}

interface Begun {
  readonly child: string
  readonly skill: Skill
  readonly input: Json
  readonly src: string
}

function effectOf({ definition }: Actor, { child, skill, input, src }: Begun, id: string): EffectRequest {
  if (skill.kind === 'use') {
    const named = skill.tool === undefined ? (input as { tool: string; input: Json }) : { tool: skill.tool, input }
    return { id, child, skill: 'use', name: named.tool, input: named.input, hold: amounts({ toolCalls: 1 }) }
  }
  return { id, child, skill: 'think', name: src, input, hold: definition.limits.call }
}

// oxlint-disable-next-line max-params -- the step's own parts, passed on once
function askOf(
  stream: StreamName,
  state: ActorState,
  { skill, input }: Begun,
  cause: Stimulus,
  context: StepContext,
  id: Identify,
): Message {
  if (skill.kind === 'ask') {
    const endorsed =
      skill.endorse === undefined
        ? []
        : [
            {
              check: skill.endorse.check,
              tool: skill.endorse.tool,
              argumentsDigest: argumentsDigest(skill.endorse.arguments(input as never), context),
            },
          ]
    const parts = {
      type: 'work',
      kind: skill.work,
      to: context.addressee(skill.to),
      payload: input,
      endorsements: [...state.endorsements, ...endorsed],
    }
    return outgoing(stream, state, cause, context, id, parts)
  }
  if (skill.kind !== 'approve') throw new TypeError(`a ${skill.kind} is not an ask`)
  const { arguments: args, question } = input as { arguments: Json; question: Json }
  const payload = {
    tool: skill.tool,
    arguments: args,
    argumentsDigest: argumentsDigest(args, context),
    question,
    expiresAt: context.now + skill.validForMs,
  }
  return outgoing(stream, state, cause, context, id, {
    type: 'work',
    kind: 'approval',
    to: context.addressee(skill.to),
    payload,
  })
}

/** SHA-256 of a tool's exact arguments: what an approval and an endorsement are bound to. */
export function argumentsDigest(args: Json, { sha256 }: Pick<StepContext, 'sha256'>): string {
  return sha256(`roster.arguments.1\n${canonical(args)}`)
}

function waitOf(skill: Skill, input: Json): number {
  return skill.kind === 'wait' ? Number((input as { ms: number }).ms) : 0
}

function delayed(
  before: ActorState,
  macrostep: Macrostep,
  context: StepContext,
  id: Identify,
  timers: TimerRequest[],
): ActorState['timers'] {
  const ids: Record<string, string> = {}
  for (const [timer, pending] of Object.entries(before.timers))
    if (!macrostep.undelayed.includes(timer)) ids[timer] = pending
  for (const { timer, event, delayMs } of macrostep.delayed) {
    const request = { id: id(), dueAt: context.now + delayMs, event: { kind: 'delayed' as const, timer, event } }
    timers.push(request as TimerRequest)
    ids[timer] = request.id
  }
  return ids
}
