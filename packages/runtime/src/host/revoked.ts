import { end, isNote, parseStream, type Actor, type Failure, type Terms } from '@roster/core'

import { turnedAway, type Encounter, type Move } from './decide.ts'

/** The terms that revoke whoever an actor belongs to: its own, or those of a job's colleague. */
export function revocationOf({ state, stream }: Actor, terms: Terms | undefined): Terms['revoked'] {
  return parseStream(stream).kind === 'job' ? terms?.revoked : state?.terms?.revoked
}

/**
 * What becomes of whatever meets an actor that is revoked: its job ends, and whoever asked is told. `undefined` for what is decided as ever:
 * notes, and that a job has ended, for a colleague counts what it has open and is to have its hands free when it is reinstated.
 */
export function revoked(encounter: Encounter): Move | undefined {
  const { actor, cause, context, known } = encounter
  const revocation = revocationOf(actor, known?.terms)
  if (revocation === undefined) return undefined
  const { name, kind } = parseStream(actor.stream)
  const error = failureOf(name, revocation.because)
  if (kind === 'job' && actor.state !== null)
    return { ...nothing, kind: 'ended', step: end(actor, { status: 'revoked', error }, cause, context) }
  const message = cause.source === 'message' ? cause.message : undefined
  const asEver = message === undefined || isNote(message.type) || message.type === 'job.ended'
  return asEver ? undefined : turnedAway(encounter, message, error)
}

const nothing = { decisions: [], denied: new Map<string, Failure>() }

function failureOf(name: string, because: string): Failure {
  return {
    code: 'revoked',
    message: `${name} was revoked${because === '' ? '' : `: ${because}`}`,
    path: name,
    hint: 'Ask somebody else; `roster credentials reinstate` lets it come back.',
  }
}
