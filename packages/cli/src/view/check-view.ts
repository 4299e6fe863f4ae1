import type { Json } from 'roster'
import type { Check } from 'roster/client'

import { columns } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'
import { analysesText } from './analysis-view.ts'
import { duration, money } from './units.ts'

/** What a team is made of, its limits, and what is wrong with it. */
export function checkText(
  { ok, team, digest, histories, colleagues, playbooks, tools, analyses, problems, atOnce }: Check,
  paint: Paint,
): string {
  const titled = (title: string, rows: readonly (readonly string[])[]): string =>
    rows.length === 0 ? '' : `${paint.strong(title)}\n${columns(rows.map((row) => ['', ...row.map(safeText)]))}\n`
  const verdict = ok ? paint.good('Nothing is wrong with it.') : paint.bad('It cannot be put to work like this.')
  return [
    `Team ${paint.strong(safeText(team))} ${paint.quiet(digest.slice(0, 12))}\n`,
    titled(
      'Colleagues',
      colleagues.map(({ name, kind, role, owner, accepts, tools: used }) => [
        name,
        kind,
        role,
        `owner ${owner}`,
        accepts.join(', '),
        used.length === 0 ? '' : `uses ${used.join(', ')}`,
      ]),
    ),
    titled(
      'Playbooks',
      playbooks.map(({ name, version, owner, states }) => [`${name}@${version}`, `owner ${owner}`, states.join(' · ')]),
    ),
    titled(
      'Tools',
      tools.map(({ name, version, owner, consequential, idempotent, place }) => [
        `${name}@${version}`,
        `owner ${owner}`,
        consequential ? 'consequential' : 'harmless',
        idempotent ? 'idempotent' : 'never repeated',
        `in ${place}`,
      ]),
    ),
    limitsTable([...colleagues.filter(({ kind }) => kind === 'agent'), ...playbooks], paint),
    titled('At once', playbooks.length === 0 ? [] : atOnceRows(atOnce, playbooks)),
    ...analysesText(analyses, paint),
    ...problems.map(
      ({ code, message, path, hint }) =>
        `${paint.bad(code)} ${message.split('\n').map(safeText).join('\n')}${path === undefined ? '' : ` (${safeText(path)})`}${hint === undefined ? '' : `\n  ${safeText(hint)}`}`,
    ),
    ...(problems.length > 0 ? [''] : []),
    ...(histories.streams > 0
      ? [`${histories.records} records of ${histories.streams} tasks and jobs were stepped again.`]
      : []),
    verdict,
  ].join('\n')
}

/** How many tasks are under way at once; the others wait in the queue, the most urgent first. */
function atOnceRows(
  { team, requester }: Check['atOnce'],
  playbooks: Check['playbooks'],
): readonly (readonly string[])[] {
  return [
    ['the team', `${team} tasks`],
    ['each requester', `${requester} tasks`],
    ...playbooks.map(({ name, atOnce, priority }) => [name, `${atOnce} tasks`, `priority ${priority}`]),
  ]
}

/** Every limit that holds, also those that nobody wrote down. */
function limitsTable(
  limited: readonly { readonly name: string; readonly limits: Json }[],
  { strong, quiet }: Paint,
): string {
  const head = [
    '',
    '',
    'COST',
    'TOKENS',
    'MODEL CALLS',
    'TOOL CALLS',
    'COST OF A CALL',
    'TOKENS OF A CALL',
    'TIME OF AN EFFECT',
    'AT ONCE',
  ]
  const rows = limited.map(({ name, limits }) => ['', safeText(name), ...limitsRow(limits as unknown as Limits)])
  return `${strong('Limits')}\n${columns([head.map(quiet), ...rows], [2, 3, 4, 5, 6, 7, 8, 9])}\n`
}

function limitsRow({ budget, call = {}, effectTimeoutMs = 0, fanOut = 0 }: Limits): readonly string[] {
  const { costMicroUsd: cost = 0, tokens = 0, modelCalls = 0, toolCalls = 0 } = budget ?? {}
  return [
    money(cost),
    ...[tokens, modelCalls, toolCalls].map(String),
    ...callLimits(call),
    duration(effectTimeoutMs),
    String(fanOut),
  ]
}

function callLimits({ costMicroUsd: cost = 0, tokens = 0 }: Amounts): readonly string[] {
  return [money(cost), String(tokens)]
}

interface Limits {
  readonly budget?: Amounts
  readonly call?: Amounts
  readonly effectTimeoutMs?: number
  readonly fanOut?: number
}

interface Amounts {
  readonly costMicroUsd?: number
  readonly tokens?: number
  readonly modelCalls?: number
  readonly toolCalls?: number
}
