/**
 * The interpreter of playbooks: one workflow for each task.
 *
 * W1 It decides nothing that is stored: each transition is one local activity, which answers with the record at the next version, and the
 *    interpreter steps that record, whatever its cause is. So after a crash it does not matter in which order signals are seen again.
 * W2 What it steps must give the state whose digest the record has. If not, its workflow task fails, and nothing more is done until the
 *    right code is back.
 * W3 Signals are hints that name messages; what is pending is in the store.
 * W4 A run holds no more than can be loaded again: it continues as new before its history grows long.
 */
import {
  follow,
  reviveActor,
  unborn,
  type Actor,
  type Advance,
  type AdvanceRequest,
  type Definition,
} from '@roster/core'
import {
  allHandlersFinished,
  condition,
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'

import { steps } from './activities.ts'
import { Delays } from './delays.ts'
import { detailsOf } from './details.ts'
import { Hints } from './hints.ts'
import type { Standing, Taken, TaskEnd, TaskInput } from './protocol.ts'
import { sha256 } from './sha256.ts'
import { standing, take, wake } from './handlers.ts'
import { Visibility } from './visibility.ts'

export class Interpreter {
  readonly #input: TaskInput
  readonly #maxHistoryEvents: number
  readonly #hints = new Hints()
  readonly #delays = new Delays()
  /** What became of the messages that callers of the update wait for. */
  readonly #taken = new Map<string, Taken>()
  readonly #visibility: Visibility | undefined
  #actor: Actor
  #outcome: Pick<TaskEnd, 'status' | 'code'> = { status: 'done' }
  /** Whether something may be pending that no hint names. */
  #look = true

  /** @param maxHistoryEvents events of the history after which a run continues as new */
  constructor(definition: Definition, input: TaskInput, maxHistoryEvents: number) {
    this.#input = input
    this.#maxHistoryEvents = maxHistoryEvents
    this.#actor = unborn(input.stream, definition)
    this.#visibility = input.visible === true ? new Visibility() : undefined
  }

  async run(): Promise<TaskEnd> {
    this.#listen()
    if (this.#input.resumes === true) await this.#resume()
    while (!this.#actor.final) {
      await condition(() => this.#look || this.#hints.any || this.#delays.due !== undefined)
      await this.#advance()
      if (this.#isLong() && !this.#actor.final) await this.#goOn()
    }
    // What was brought while it ended came too late, and is handed on to be recorded.
    while (this.#hints.any) await this.#advance()
    await condition(allHandlersFinished)
    return { version: this.#actor.version, ...this.#outcome }
  }

  #listen(): void {
    setHandler(wake, (message) => this.#hints.add(message))
    setHandler(standing, () => this.#standing())
    setHandler(take, async (message) => {
      this.#hints.add(message)
      await condition(() => this.#taken.has(message) || this.#hints.has(message) || this.#actor.final)
      return this.#taken.get(message) ?? { taken: false }
    })
  }

  /** Loads what an earlier run, or an earlier workflow that was lost, came to. */
  async #resume(): Promise<void> {
    const { stream, kind } = this.#input
    const { version, state, final, timers } = await steps.resume({ stream, kind })
    const { definition } = this.#actor
    if (state !== null) this.#actor = reviveActor(stream, definition, { version, hash: '', final }, state)
    this.#delays.follow(state, timers)
    this.#visibility?.see(state, definition)
    setCurrentDetails(detailsOf(this.#standing()))
  }

  /** Asks for the next record, and steps it. */
  async #advance(): Promise<void> {
    const hints = this.#hints.take()
    const { due } = this.#delays
    const { stream, kind } = this.#input
    const timer: AdvanceRequest['timer'] = due === undefined ? undefined : { id: due.id, event: due.event }
    const request = { stream, kind, version: this.#actor.version, ...(timer === undefined ? {} : { timer }) }
    const answer = await steps.advance(request)
    if (answer.kind === 'stored') this.#follow(answer, hints)
    else this.#hints.see(hints)
    this.#look = answer.kind === 'stored' && answer.more
  }

  #follow({ record, more, costMicroUsd }: Extract<Advance, { kind: 'stored' }>, hints: readonly string[]): void {
    const { actor, timers } = follow(this.#actor, record, '', sha256)
    this.#actor = actor
    this.#delays.follow(actor.state, timers)
    const { id } = record.stimulus
    const { version, kind, error, outcome } = record
    if (outcome !== undefined) this.#outcome = outcome
    this.#taken.set(id, { taken: true, version, kind, ...(error === undefined ? {} : { error }) })
    this.#hints.see([id])
    // What is left of the hints waits in the store, unless another look is due: then that one answers them.
    if (more) this.#hints.putBack(hints)
    else this.#hints.see(hints)
    this.#visibility?.follow(record, actor.state, costMicroUsd)
    setCurrentDetails(detailsOf(this.#standing(), outcome?.status))
  }

  #isLong(): boolean {
    const { historyLength, continueAsNewSuggested } = workflowInfo()
    return (historyLength > this.#maxHistoryEvents || continueAsNewSuggested) && allHandlersFinished()
  }

  async #goOn(): Promise<never> {
    const goOn = makeContinueAsNewFunc<(input: TaskInput) => Promise<TaskEnd>>(this.#visibility?.carried)
    return await goOn({ ...this.#input, resumes: true })
  }

  #standing(): Standing {
    const { version, state } = this.#actor
    return {
      version,
      state: state?.machine.value ?? null,
      waitingOn: Object.entries(state?.open ?? {}).map(([child, { skill, to }]) => ({
        child,
        skill,
        ...(to === undefined ? {} : { to }),
      })),
      delays: this.#delays.times,
    }
  }
}
