import { RosterError, type Clock } from '@roster/core'
import { memoryStore, type Alarm } from '@roster/runtime'
import { fixedClock, seededIds, type FixedClock } from '@roster/testing'

import type { TeamOf } from '../author/team.ts'
import { clientOf, type Client } from '../client/connect.ts'
import type { InboxItem, TaskSummary } from '../client/operations.ts'
import { assemble, type Assembled, type AssemblyParts } from '../embedded/assemble.ts'
import { checkpoint, hostKey, memoryCheckpoints } from '../embedded/checkpoints.ts'
import { memoryKeys } from '../embedded/keys.ts'
import { loadPolicy } from '../embedded/load-policy.ts'
import type { ScriptedModels } from './scripted.ts'

/** What a person answers: always the same, or by what they are asked. `wait` leaves it in the inbox. */
export type PersonScript = Answer | ((item: InboxItem) => Answer)

type Answer = 'approve' | 'decline' | 'wait'

/** How a team is rehearsed. */
export interface RehearsalOptions {
  /** Models instead of the team's own. */
  readonly model?: ScriptedModels
  /** Answers of people by name. @defaultValue `approve` */
  readonly people?: Readonly<Record<string, PersonScript>>
  /** The time at which it begins, in milliseconds since 1970. @defaultValue 2026-01-01 */
  readonly startsAt?: number
  /** Is told the words of models as they say them. @defaultValue nobody watches */
  readonly watch?: AssemblyParts['watch']
}

/** A rehearsal: a client in virtual time. */
export interface Rehearsal<T extends TeamOf> extends Client<T> {
  /** Plays on until nothing is under way; time stands still. */
  idle(): Promise<void>
  /** Lets time pass, with everything that falls due in it. */
  pass(ms: number): Promise<void>
  /** Signs where all streams end now. */
  checkpoint(): Promise<void>
}

const newYear = Date.UTC(2026, 0, 1)

/**
 * Puts a team to work in memory: virtual time, fixed ids, no server, no network but that of its own tools. People answer by script;
 * where everybody waits, time jumps to the next timer. An outcome that can never come is an error, not a wait. A tool that never answers
 * keeps a rehearsal waiting: its time limit is virtual too, and passes only when nothing is under way.
 *
 * @throws RosterError `policy-invalid`; from `outcome` and `result`, `usage` when the task waits for a person whose script says `wait`
 */
export async function rehearse<T extends TeamOf>(team: T, options: RehearsalOptions = {}): Promise<Rehearsal<T>> {
  const { people = {}, startsAt = newYear, model, watch } = options
  const clock = fixedClock(startsAt)
  const alarm = virtualAlarm(clock)
  const played =
    model === undefined
      ? team
      : { ...team, models: Object.fromEntries(Object.keys(team.models).map((name) => [name, model])) }
  const assembled = await assemble(played, {
    store: memoryStore({ tenant: team.name, clock }),
    policy: await loadPolicy(team),
    keys: memoryKeys([...Object.keys(team.colleagues), hostKey]),
    checkpoints: memoryCheckpoints(),
    clock,
    alarm,
    ids: seededIds(7),
    hostName: 'rehearsal',
    build: 'rehearsal',
    deployment: { by: 'rehearsal', message: '' },
    ...(watch === undefined ? {} : { watch }),
  })
  const play = async (): Promise<void> => {
    for (;;) {
      await assembled.idle()
      if (!(await answerInbox(assembled, people))) return
    }
  }
  const stage: Stage = { assembled, play, clock, alarm }
  const operations = { ...assembled, settled: (id: string, ms: number) => settledInVirtualTime(stage, id, ms) }
  const patient = { ...operations, settled: (id: string) => endedInVirtualTime(stage, id) }
  return {
    ...clientOf<T>(patient, async () => await assembled[Symbol.asyncDispose]()),
    operations,
    idle: play,
    async checkpoint() {
      const { store, keys, checkpoints } = assembled.context
      await checkpoint(store, keys, clock, checkpoints)
    },
    async pass(ms) {
      await play()
      const until = clock.now() + ms
      for (let next = alarm.next(); next !== null && next <= until; next = alarm.next()) {
        clock.advance(next - clock.now())
        alarm.ring()
        await play()
      }
      clock.advance(until - clock.now())
    },
  }
}

async function answerInbox(assembled: Assembled, people: NonNullable<RehearsalOptions['people']>): Promise<boolean> {
  let answered = false
  for (const item of await assembled.inbox()) {
    const script = people[item.person] ?? 'approve'
    const answer = typeof script === 'function' ? script(item) : script
    if (answer === 'wait') continue
    await assembled.decide({
      item: item.item,
      person: item.person,
      decision: answer === 'approve' ? 'approved' : 'declined',
      reason: 'rehearsed',
    })
    answered = true
  }
  return answered
}

/** What a rehearsal is played on. */
interface Stage {
  readonly assembled: Assembled
  /** Plays on until nothing is under way. */
  readonly play: () => Promise<void>
  readonly clock: FixedClock
  readonly alarm: VirtualAlarm
}

/** Lets time pass until a task has ended, or until the time is over; time jumps from one timer to the next. */
async function settledInVirtualTime(stage: Stage, id: string, timeoutMs: number): Promise<TaskSummary> {
  const { assembled, play, clock, alarm } = stage
  const until = clock.now() + timeoutMs
  for (;;) {
    await play()
    const task = await assembled.task(id)
    const next = alarm.next()
    if (task.endedAt !== null || next === null) return task
    clock.advance(Math.max(0, Math.min(next, until) - clock.now()))
    if (next > until) return task
    alarm.ring()
  }
}

/** The end of a task. Where nothing else will ever happen and it has not ended, waiting for it would be forever. */
async function endedInVirtualTime(stage: Stage, id: string): Promise<TaskSummary> {
  const task = await settledInVirtualTime(stage, id, Number.MAX_SAFE_INTEGER - stage.clock.now())
  if (task.endedAt !== null) return task
  const people = task.waitingOn.map(({ person }) => person)
  throw new RosterError('usage', `task ${id} does not end: it waits for ${people.join(', ') || 'nothing that comes'}`, {
    path: id,
    hint: 'Let the person answer (`people`), or decide in the test before the outcome is asked for.',
  })
}

interface VirtualAlarm extends Alarm {
  next(): number | null
  /** Rings everything that is due. */
  ring(): void
}

function virtualAlarm(clock: Clock): VirtualAlarm {
  const set = new Map<string, { readonly at: number; readonly ring: () => void }>()
  return {
    set(name, at, ring) {
      set.delete(name)
      if (at !== null) set.set(name, { at, ring })
    },
    next: () => (set.size === 0 ? null : Math.min(...[...set.values()].map(({ at }) => at))),
    ring() {
      const due = [...set].filter(([, { at }]) => at <= clock.now())
      for (const [name, { ring }] of due) {
        set.delete(name)
        ring()
      }
    },
  }
}
