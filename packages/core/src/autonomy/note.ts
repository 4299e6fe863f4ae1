import { limitIds } from '../budget/amounts.ts'
import { whoseWindow } from '../budget/window.ts'
import type { Failure } from '../error/failure.ts'
import type { JsonObject } from '../json/json.ts'
import type { Message } from '../message/message.ts'
import { parseStream } from '../stream/stream-name.ts'
import { isLevel } from './level.ts'
import type { Terms } from './terms.ts'

/**
 * Messages that no machine sees: what they say about a colleague or the team is noted beside it.
 *
 * - `terms.stop`: no effect starts from now on, with `{ because }`
 * - `terms.resume`: effects start again, those that wait first
 * - `terms.revoke`: nothing is done in a colleague's name from now on, with `{ because }`; its open jobs are ended
 * - `terms.reinstate`: it may act again
 * - `terms.level`: a promotion or a demotion, with `{ level, because, evidence }`
 * - `limit.raised`: a task or a job may use more, with `{ amounts }`; its effects that wait start. In the team's stream a window of it has
 *   more, with `{ amounts, window }`
 * - `approval.withdraw`: a person takes back an approval that was not used yet, with `{ approval }`
 * - `change.consent`: an owner agrees that something they depend on changes to what has this digest, with `{ thing, digest }`
 * - `ready.signed`: a person answers for a team as it is to be loaded, with `{ digest, gaps }`
 * - `restore.drilled`: it was tried to have everything back from an export alone, with `{ records, digest, verified }`
 */
const noteTypes = [
  'terms.stop',
  'terms.resume',
  'terms.revoke',
  'terms.reinstate',
  'terms.level',
  'limit.raised',
  'approval.withdraw',
  'change.consent',
  'ready.signed',
  'restore.drilled',
] as const

/** What people decide, and the system notes. */
export type NoteType = (typeof noteTypes)[number]

/** Whether a message of this type is noted beside the machine. */
export function isNote(type: string): type is NoteType {
  return noteTypes.some((one) => one === type)
}

/** The terms after a note; or why it cannot be noted here. */
// oxlint-disable-next-line complexity -- each case is one type of note
export function termsAfter(terms: Terms, message: Message): Terms | { readonly refused: Failure } {
  const payload = (message.payload ?? {}) as JsonObject
  switch (message.type) {
    case 'terms.stop':
      return { ...terms, stopped: { by: message.sender, at: message.at, because: text(payload['because']) } }
    case 'terms.resume': {
      const { stopped: _, ...rest } = terms
      return rest
    }
    case 'terms.revoke':
      return revokedBy(terms, message, text(payload['because']))
    case 'terms.reinstate': {
      const { revoked: _, ...rest } = terms
      return rest
    }
    case 'terms.level':
      return levelAfter(terms, message, payload['level'])
    case 'limit.raised':
      return raisedOn(terms, message, payload)
    case 'change.consent':
      return aboutTeam(terms, message, ['thing', 'digest'])
    case 'ready.signed':
    case 'restore.drilled':
      return aboutTeam(terms, message, ['digest'])
    default:
      return withdrawn(terms, message, payload['approval'])
  }
}

function revokedBy(terms: Terms, { to, sender, at }: Message, because: string): ReturnType<typeof termsAfter> {
  const { kind } = parseStream(to)
  if (kind !== 'agent' && kind !== 'person') return refused('/to', 'only a colleague can be revoked', hints.revoke)
  return { ...terms, revoked: { by: sender, at, because } }
}

function raisedOn(terms: Terms, { to }: Message, { amounts, window }: JsonObject): ReturnType<typeof termsAfter> {
  const { kind } = parseStream(to)
  if (kind === 'team' && (typeof window !== 'string' || whoseWindow(window) === undefined))
    return refused('/payload/window', 'that is no window of the team', hints.raise)
  if (kind !== 'job' && kind !== 'task' && kind !== 'team')
    return refused('/to', 'only a task or a job has limits to raise', hints.raise)
  return areAmounts(amounts) ? terms : refused('/payload/amounts', 'these are no amounts', hints.raise)
}

function areAmounts(amounts: unknown): boolean {
  const values = typeof amounts === 'object' && amounts !== null ? Object.entries(amounts) : []
  return (
    values.length > 0 &&
    values.every(([id, value]) => limitIds.some((one) => one === id) && Number.isSafeInteger(value) && value >= 0)
  )
}

function levelAfter(terms: Terms, { to }: Message, level: unknown): ReturnType<typeof termsAfter> {
  if (parseStream(to).kind !== 'agent') return refused('/to', 'only an agent has a level of autonomy', hints.level)
  return isLevel(level) ? { ...terms, level } : refused('/payload/level', 'that is no level of autonomy', hints.level)
}

function withdrawn(terms: Terms, { to, sender }: Message, approval: unknown): ReturnType<typeof termsAfter> {
  const { kind, name } = parseStream(to)
  if (kind !== 'person' || parseStream(sender).name !== name)
    return refused('/sender', 'an approval is withdrawn by the person who gave it', hints.withdraw)
  return typeof approval === 'string' ? terms : refused('/payload/approval', 'it names no approval', hints.withdraw)
}

/** What is said about the whole team stands in its own stream, and changes nobody's terms. */
function aboutTeam(terms: Terms, { to, payload }: Message, named: readonly string[]): ReturnType<typeof termsAfter> {
  if (parseStream(to).kind !== 'team') return refused('/to', 'that is said of a team', hints.team)
  const missing = named.find((name) => typeof (payload as JsonObject | null)?.[name] !== 'string')
  return missing === undefined ? terms : refused(`/payload/${missing}`, `it names no ${missing}`, hints.team)
}

const hints = {
  team: '`roster consent` and `roster ready` say it as it has to be said.',
  raise: 'Give costMicroUsd, tokens, modelCalls or toolCalls, each a whole number from 0.',
  revoke: 'Name an agent or a person of the team; `roster stop` stops all of it.',
  level: 'The levels are observe, propose, bounded and autonomous.',
  withdraw: '`roster why` shows the ids of approvals.',
}

function refused(path: string, message: string, hint: string): { readonly refused: Failure } {
  return { refused: { code: 'input-invalid', message, path, hint } }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
