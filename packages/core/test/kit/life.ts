import { sha256 } from '@roster/testing'
import { expect } from 'vitest'
import type { AnyStateMachine } from 'xstate'

import {
  beginningOf,
  candidates,
  canonical,
  canTake,
  colleagueStream,
  draftRecord,
  checkingPurity,
  end,
  reviveActor,
  seal,
  start,
  step,
  stateDigest,
  unborn,
  type Actor,
  type ActorState,
  type Definition,
  type EffectResult,
  type EffectRequest,
  type Failure,
  type Json,
  type JobStart,
  type Message,
  type Outcome,
  type RecordKind,
  type Step,
  type StepContext,
  type Stimulus,
  type StoredRecord,
  type TimerRequest,
} from '../../src/index.ts'
import { ada, adasJob, definition, message, newYear, task, team } from './sample.ts'

interface LifeOptions extends Partial<Definition> {
  readonly stream?: string
  /** What it is given to begin with. */
  readonly given?: Json
  readonly begin?: Partial<Message>
}

/**
 * One actor from its first message on, with the records that it leaves. Every step is taken twice, from the living actor and from the
 * actor revived from its data, and must come to the same; and each function of an instrumented machine is checked for purity.
 */
export class Life {
  readonly records: StoredRecord[] = []
  readonly definition: Definition
  actor: Actor
  last!: Step
  now = newYear
  #messages = 0

  constructor(machine: AnyStateMachine, { stream = adasJob, given = null, begin = {}, ...parts }: LifeOptions = {}) {
    this.definition = definition(machine, parts)
    this.actor = unborn(stream, this.definition)
    const first = firstMessage(stream, given, begin)
    const cause: Stimulus = { source: 'message', id: first.id, message: first }
    const begun = beginningOf(this.definition, first)
    if (begun.kind === 'refused') {
      this.#keep('refused', cause, end(this.actor, { status: 'refused', error: begun.failure }, cause, this.context))
    } else {
      const born = (): Step => start(this.actor, begun.beginning, cause, this.context)
      this.#keep('stepped', cause, checkingPurity(born))
    }
  }

  get context(): StepContext {
    const addressee: StepContext['addressee'] = (to) => colleagueStream(team, candidates(team, to)[0] ?? 'nobody')
    return { sha256, now: this.now, addressee }
  }

  get state(): ActorState {
    return this.actor.state as ActorState
  }

  get value(): Json {
    return this.state.machine.value
  }

  get data(): Record<string, Json> {
    return this.state.machine.context as Record<string, Json>
  }

  /** Sends a message of the author's own, or any other. */
  send(type: string, parts: Partial<Message> = {}): Step {
    return this.take(this.stimulus(type, parts))
  }

  stimulus(type: string, parts: Partial<Message> = {}): Stimulus {
    const id = parts.id ?? `m${(this.#messages += 1)}`
    return { source: 'message', id, message: message({ id, type, to: this.actor.stream, ...parts }) }
  }

  /** Answers the open ask of an invocation. */
  reply(child: string, payload: Json, parts: Partial<Message> = {}): Step {
    const { cause = '', to = '' } = this.state.open[child] ?? {}
    return this.send('reply', { sender: `${to}/job/${cause}`, inReplyTo: cause, payload, ...parts })
  }

  /** Lets time go on to when a timer is due. */
  ring({ id, dueAt, event }: TimerRequest): Step {
    this.now = Math.max(this.now, dueAt)
    return this.take({ source: 'timer', id, event })
  }

  done(
    effect: EffectRequest,
    output: Json,
    label: EffectResult['label'] = { integrity: 'trusted', sources: [] },
  ): Step {
    return this.take({ source: 'effect', id: effect.id, child: effect.child, outcome: { kind: 'done', output, label } })
  }

  failed(effect: EffectRequest, error: Failure): Step {
    const label = { integrity: 'trusted' as const, sources: [] }
    return this.take({
      source: 'effect',
      id: effect.id,
      child: effect.child,
      outcome: { kind: 'failed', error, label },
    })
  }

  end(outcome: Outcome, type = 'cancel'): Step {
    const cause = this.stimulus(type)
    return this.#keep('ended', cause, end(this.actor, outcome, cause, this.context))
  }

  take(stimulus: Stimulus): Step {
    const result = checkingPurity(() => step(this.actor, stimulus, this.context))
    const { stream, version, hash, final } = this.actor
    const revived = reviveActor(
      stream,
      this.definition,
      { version, hash, final },
      JSON.parse(canonical(this.state)) as ActorState,
    )
    const { snapshot: _, ...again } = step(revived, stimulus, this.context)
    const { snapshot: __, ...first } = result
    expect(again).toEqual(first)
    return this.#keep(result.kind, stimulus, result)
  }

  canTake(type: string, parts: Partial<Message> = {}): ReturnType<typeof canTake> {
    return canTake(this.actor, this.stimulus(type, parts))
  }

  #keep(kind: RecordKind, cause: Stimulus, result: Step): Step {
    this.last = result
    const { actor } = this
    const id = `r${actor.version + 1}`
    const facts = { id, tenant: 'acme', at: this.now, colleague: 'ada', host: 'h', build: 'b', decisions: [] }
    const draft = draftRecord(actor, kind, cause, kind === 'ignored' ? null : result, facts, sha256)
    const { salt, ...sealed } = seal(draft, actor.hash, sha256(id).slice(0, 32), sha256)
    this.records.push({ ...sealed, salt, position: actor.version + 1 })
    const { next: state, snapshot, outcome } = result
    this.actor = { ...actor, version: actor.version + 1, hash: sealed.hash, state, snapshot, final: outcome !== null }
    expect(draft.envelope.stateDigest).toBe(stateDigest(state, sha256))
    return result
  }
}

function firstMessage(stream: string, input: Json, parts: Partial<Message>): Message {
  if (stream.includes('/task/')) {
    return message({
      id: 't1',
      type: 'task',
      kind: 'brief',
      to: stream,
      sender: 'client/web',
      payload: input,
      ...parts,
    })
  }
  if (!stream.includes('/job/'))
    return message({ id: 'h1', type: 'hired', to: stream, sender: 'client/system', payload: input, ...parts })
  const { payload: _, ...ask } = message({ id: 'ask-1', type: 'work', kind: 'write', to: ada, sender: task })
  const payload = { ask, input } satisfies JobStart as unknown as Json
  return message({ id: 's1', type: 'job.start', kind: 'write', to: stream, sender: ada, payload, ...parts })
}
