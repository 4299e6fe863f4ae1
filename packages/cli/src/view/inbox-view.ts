import type { InboxItem } from 'roster/client'

import { columns, cut, facts } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeJson, safeText } from '../terminal/safe-text.ts'
import { dayAndTime, due, money } from './units.ts'

/** What waits, a line each. */
export function inboxTable(items: readonly InboxItem[], paint: Paint): string {
  if (items.length === 0) return 'Nothing waits for a decision.'
  const rows = items.map(({ person, task, about, tool, arguments: given, since }) => [
    safeText(person),
    task,
    cut(safeText(about.join(' ')), 30),
    safeText(tool),
    cut(safeJson(given), 50),
    dayAndTime(since),
  ])
  const table = columns([['FOR', 'TASK', 'ABOUT', 'TOOL', 'WITH', 'SINCE'].map(paint.quiet), ...rows])
  return `${table}\n\n${paint.quiet('See one with roster inbox <task>; decide with roster approve <task> or roster decline <task>.')}`
}

/** All that a person should know before deciding: what the system knows first, then what the asker says. */
export function inboxFacts(item: InboxItem, now: number, paint: Paint): string {
  const {
    person,
    role,
    task,
    about,
    tool,
    arguments: given,
    argumentsDigest,
    question,
    integrity,
    sources,
    costMicroUsd,
    since,
    expiresAt,
  } = item
  const untrusted = integrity === 'untrusted'
  const known = facts({
    decision: paint.strong(`${safeText(tool)}, asked of ${safeText(person)} (${safeText(role)})`),
    task,
    about: safeText(about.join(' ')),
    item: item.item,
    digest: argumentsDigest,
    label: `${untrusted ? paint.notable('untrusted') : 'trusted'}${sources.length === 0 ? '' : `, from ${safeText(sources.join(', '))}`}`,
    cost: `${money(costMicroUsd)} so far`,
    since: dayAndTime(since),
    expires: due(expiresAt, now),
  })
  return [
    known,
    `with exactly these arguments:\n${argumentLines(given)}`,
    `approved  ${safeText(tool)} may go on with exactly these arguments, once`,
    'declined  it never does, and the task goes on as declined',
    `${paint.quiet(untrusted ? 'The asker says (not checked):' : 'The asker says:')} ${safeJson(question)}`,
  ].join('\n')
}

function argumentLines(given: InboxItem['arguments']): string {
  const lines = JSON.stringify(given, null, 2).split('\n')
  return lines.map((line) => `  ${safeText(line)}`).join('\n')
}
