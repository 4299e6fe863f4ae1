import type { RecordSummary } from 'roster/client'

import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'
import { stateText } from './state-text.ts'
import { timeOfDay } from './units.ts'

type Envelope = RecordSummary['envelope']

const whoWidth = 14
const stateWidth = 24

/** One record on one line: time, position, who, the state it came to, and what caused it. */
export function recordLine({ position, envelope }: RecordSummary, paint: Paint): string {
  const { at, cause } = envelope
  return [
    paint.quiet(timeOfDay(at)),
    paint.quiet(`#${position}`.padStart(6)),
    safeText(actorOf(envelope)).padEnd(whoWidth),
    whatText(envelope, paint),
    `${causeText(cause)}${endText(envelope, paint)}${reasonText(envelope, paint)}`,
  ].join('  ')
}

/** The state that it came to; what is not a step says so instead. */
function whatText({ kind, before, after }: Envelope, { quiet, notable, bad }: Paint): string {
  const state = stateText(after)
  if (kind === 'stepped') return (state === stateText(before) ? quiet : String)(state.padEnd(stateWidth))
  return (kind === 'deployed' || kind === 'ignored' ? notable : bad)(kind.padEnd(stateWidth))
}

function endText({ outcome }: Envelope, { good, bad }: Paint): string {
  if (outcome === undefined) return ''
  const { status, code } = outcome
  return `, ${status === 'done' ? good('done') : bad(code === undefined ? status : `${status} (${code})`)}`
}

/** Whose record it is, in a word: a colleague; for a task its playbook. */
export function actorOf({ stream, who }: Pick<Envelope, 'stream' | 'who'>): string {
  const [, kind, name] = stream.split('/')
  if (kind === 'task') return who.definition.replace(/@.*$/, '')
  return kind === 'team' ? 'team' : (name ?? who.colleague)
}

/** What caused a record: the message with its kind and sender, or what the actor itself was waiting for. */
export function causeText({ source, type, kind, sender }: Envelope['cause']): string {
  if (source === 'timer') return `time: ${safeText(type)}`
  if (source === 'effect') return `answer: ${safeText(type)}`
  return `${safeText(kind === undefined ? type : `${type} ${kind}`)} from ${senderText(sender)}`
}

/** A stream's name as people say it. */
export function senderText(stream: string): string {
  const [team, kind, name = ''] = stream.split('/')
  if (team === 'client') return safeText(kind ?? '')
  if (kind === 'task') return 'the task'
  return safeText(name === '' ? (kind ?? stream) : name)
}

function reasonText({ decisions }: Envelope, { bad }: Paint): string {
  const denial = decisions.find(({ allowed }) => !allowed)
  return denial === undefined ? '' : `  ${bad(safeText(denial.reason))}`
}
