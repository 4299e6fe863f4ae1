import { asJson } from '../json/assert-json.ts'
import type { Message } from '../message/message.ts'
import type { Actor, ActorState, Open } from './actor.ts'
import { consequenceOf, type Begun, type Consequence, type EffectRequest } from './consequence.ts'
import { childrenOf, type Macrostep } from './machine.ts'
import type { Moment } from './moment.ts'
import { startedJobs } from './started-jobs.ts'
import { timed, type TimerRequest } from './timing.ts'

/** What a macrostep's wishes come to. */
export interface Arranged {
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
export function arrange({ definition }: Actor, macrostep: Macrostep, moment: Moment): Arranged {
  const begun = macrostep.started.map((one): Begun => ({
    ...one,
    input: asJson(one.input ?? null, `/invoke/${one.child}/input`),
  }))
  const consequences = begun.map((one) => consequenceOf(definition, moment, one))
  const delayed = timed(moment, macrostep.timing)
  const jobs = startedJobs(definition, moment, macrostep.emitted)
  return {
    open: {
      ...stillOpen(moment.state, macrostep),
      ...Object.fromEntries(begun.map((one, index) => [one.child, openedBy(one, consequences[index])])),
    },
    timerIds: delayed.ids,
    told: consequences.flatMap((one) => (one.kind === 'timer' && one.told !== undefined ? [one.told] : [])),
    sent: [...consequences.flatMap((one) => (one.kind === 'ask' ? [one.message] : [])), ...jobs],
    effects: consequences.flatMap((one) => (one.kind === 'effect' ? [one.effect] : [])),
    timers: [...consequences.flatMap((one) => (one.kind === 'timer' ? [one.timer] : [])), ...delayed.requests],
  }
}

/** What was open before and is still invoked. */
function stillOpen({ open }: ActorState, { snapshot }: Macrostep): ActorState['open'] {
  const active = childrenOf(snapshot)
  return Object.fromEntries(Object.entries(open).filter(([child]) => active.has(child)))
}

function openedBy({ skill, src }: Begun, consequence: Consequence | undefined): Open {
  const base = { skill: skill.kind, src }
  switch (consequence?.kind) {
    case 'effect':
      return { ...base, cause: consequence.effect.id }
    case 'ask':
      return { ...base, cause: consequence.message.id, to: consequence.message.to }
    default:
      return { ...base, cause: consequence?.timer.id ?? '' }
  }
}
