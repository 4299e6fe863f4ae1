import type { Actor } from '../actor/actor.ts'
import { beginningOf } from '../actor/beginning.ts'
import { note } from '../actor/note.ts'
import { paused } from '../actor/pause.ts'
import type { Outcome } from '../actor/outcome.ts'
import { end, start, step, type Step, type StepContext } from '../actor/step.ts'
import type { Stimulus } from '../actor/stimulus.ts'
import type { Failure } from '../error/failure.ts'
import type { Envelope } from '../record/record.ts'
import type { ParsedRecord } from './rebuild.ts'

/** What is needed of a record to step it again: what moved the actor, when, and what became of it. */
export interface Recorded extends Pick<
  Envelope,
  'stream' | 'version' | 'at' | 'kind' | 'sent' | 'timers' | 'stateDigest' | 'outcome' | 'about'
> {
  readonly stimulus: Stimulus
  /** Why it was denied, refused or ended, if it was. */
  readonly error?: Failure
}

/** What is needed of a record to step it again. */
export function recordedOf(parsed: ParsedRecord): Recorded {
  const { stream, version, at, kind, sent, timers, stateDigest, outcome, about } = parsed.envelope
  const { error } = parsed.body
  return {
    stream,
    version,
    at,
    kind,
    sent,
    timers,
    stateDigest,
    stimulus: stimulusOf(parsed),
    ...(outcome === undefined ? {} : { outcome }),
    ...(about === undefined ? {} : { about }),
    ...(error === undefined ? {} : { error: error as unknown as Failure }),
  }
}

/** What moved an actor, from its record. */
export function stimulusOf({ envelope: { cause }, body }: ParsedRecord): Stimulus {
  const source = cause.source === 'external' ? 'message' : cause.source
  return { source, id: cause.id, ...(body.payload as object) } as Stimulus
}

/** Advances an actor as a record says that it was advanced; `undefined` when the record changed nothing. Pure, like `step`. */
export function stepAgain(actor: Actor, recorded: Recorded, context: StepContext): Step | undefined {
  const { kind, outcome, error, stimulus } = recorded
  if (kind === 'stepped') return steppedAgain(actor, stimulus, context)
  if (kind === 'paused') {
    const again = steppedAgain(actor, stimulus, context)
    return again === undefined ? undefined : paused(again)
  }
  if (kind === 'noted') return notedAgain(actor, stimulus)
  if (outcome === undefined) return undefined
  return end(actor, { status: outcome.status, error } as Outcome, stimulus, context)
}

function steppedAgain(actor: Actor, stimulus: Stimulus, context: StepContext): Step | undefined {
  return actor.state === null ? begunAgain(actor, stimulus, context) : step(actor, stimulus, context)
}

function notedAgain(actor: Actor, stimulus: Stimulus): Step | undefined {
  const noted = stimulus.source === 'message' ? note(actor, stimulus.message) : undefined
  return noted === undefined || 'refused' in noted ? undefined : noted
}

function begunAgain(actor: Actor, stimulus: Stimulus, context: StepContext): Step | undefined {
  const begun = stimulus.source === 'message' ? beginningOf(actor.definition, stimulus.message) : undefined
  return begun?.kind === 'begins' ? start(actor, begun.beginning, stimulus, context) : undefined
}
