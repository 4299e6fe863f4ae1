import type { Json } from 'roster'
import type { WhyRecord } from 'roster/client'

import { cut } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeJson, safeText } from '../terminal/safe-text.ts'
import { actorOf, causeText } from './record-line.ts'
import { stateText } from './state-text.ts'
import { money, timeOfDay } from './units.ts'

/** How much of a model's or a tool's words fits a line; --json has all of them. */
const wordsWidth = 110

const indent = '        '

/** What one record tells: what happened, and then, each on a line if there is any, on what right, by whose consent, by which guards, with what. */
export function chapter(record: WhyRecord, before: WhyRecord | undefined, paint: Paint): string {
  const { position, at, kind, after, cause, costMicroUsd, error } = record
  const [from, to] = [stateText(record.before), stateText(after)]
  const state = kind === 'stepped' ? (from === '' || from === to ? to : `${from} → ${to}`) : paint.bad(kind)
  const head = `${paint.quiet(`${`#${position}`.padStart(6)}  ${timeOfDay(at)}`)}  ${paint.strong(safeText(actorOf(record)))}  ${state}  ${paint.quiet(causeText(cause))}`
  const told = [
    ...record.decisions.map((decision) => permission(decision, paint)),
    ...record.approvals.map((approval) => consent(approval, paint)),
    ways(record),
    ...record.effects.map(({ skill, name, input }) => `starts ${skill} ${safeText(name)} ${words(input)}`),
    cause.source === 'effect' ? `answer ${words(record.answer)}` : '',
    thought(record),
    error === null ? '' : paint.bad(`error ${failureText(error)}`),
  ].filter((line) => line !== '')
  // What only goes on to its next state is told by that: who and where are those of the record before it.
  const lines = [...(told.length === 0 ? [] : [identity(record, paint)]), ...labelled(record, before, paint), ...told]
  return [`${head}${costMicroUsd === 0 ? '' : `  ${money(costMicroUsd)}`}`, ...lines.map((line) => indent + line)].join(
    '\n',
  )
}

function identity({ who, where, record }: WhyRecord, { quiet }: Paint): string {
  const { host, build, place } = where
  const ran = place === undefined ? '' : `, ran in ${place} on ${safeText(host)} (${safeText(build)})`
  return quiet(`${safeText(who.definition)} ${who.digest.slice(0, 12)}${ran}, record ${record}`)
}

/** Where what it knows comes from, said when that changes. */
function labelled({ label }: WhyRecord, before: WhyRecord | undefined, { notable }: Paint): readonly string[] {
  const { integrity, sources } = label
  if (integrity === 'trusted' || sources.join() === before?.label.sources.join()) return []
  return [`${notable('untrusted')} from ${safeText(sources.join(', '))}`]
}

function permission(
  { allowed, principal, action, resource, policies, reason }: WhyRecord['decisions'][number],
  { bad, good }: Paint,
): string {
  const asked = `${safeText(principal)} ${safeText(action)} ${safeText(resource)}`
  return allowed
    ? `${good('allowed')} ${asked}: ${safeText(policies.join(', '))}`
    : `${bad('denied')} ${asked}: ${safeText(reason)}`
}

function consent({ person, role, decision, at, reason }: WhyRecord['approvals'][number], { good, bad }: Paint): string {
  const by = `by ${safeText(person)} (${safeText(role)}) at ${timeOfDay(at)}`
  return `${(decision === 'approved' ? good : bad)(safeText(decision))} ${by}${reason === '' ? '' : `: ${safeText(reason)}`}`
}

/** Which model it was, and what it had been told. */
function thought({ thinking }: WhyRecord): string {
  if (thinking === null) return ''
  const before = thinking.tried.map(({ model, code }) => `${safeText(model)} (${safeText(code)})`).join(', ')
  return `thought by ${safeText(thinking.model)}, prompt ${thinking.prompt.slice(0, 12)}${before === '' ? '' : `, after ${before}`}`
}

/** Which guards were asked, and which ways were open but not taken. */
function ways({ guards, notTaken }: WhyRecord): string {
  const asked = guards.map(({ guard, result }) => `${safeText(guard)} ${result ? 'yes' : 'no'}`).join(', ')
  const others = notTaken
    .map(
      ({ guard, target, event }) =>
        `${target.map(safeText).join(', ') || safeText(event)}${guard === null ? '' : ` (if ${safeText(guard)})`}`,
    )
    .join(', ')
  return [asked === '' ? '' : `guards ${asked}`, others === '' ? '' : `not taken ${others}`]
    .filter((part) => part !== '')
    .join('; ')
}

/** What went wrong, in words: how it is mended stands in --json. */
function failureText(error: Json): string {
  const { code, message } = (error ?? {}) as { readonly code?: Json; readonly message?: Json }
  return typeof code === 'string' && typeof message === 'string'
    ? `${safeText(code)}: ${cut(safeText(message), 2 * wordsWidth)}`
    : words(error)
}

/** The words themselves, out of the wrapping in which an effect answers. */
function words(value: Json): string {
  let inner = value
  while (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && 'kind' in inner && 'output' in inner)
    inner = (inner as { output: Json }).output
  return cut(safeJson(inner), wordsWidth)
}
