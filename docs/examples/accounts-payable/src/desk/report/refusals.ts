import type { Paint } from '../screen/paint.ts'
import { cell, cut, safeText } from '../screen/safe-text.ts'
import { wrap } from '../screen/wrap.ts'
import { outcomeWord, whyOf } from '../work.ts'
import type { Assessment } from './assess.ts'
import type { Ended } from './desk-right.ts'

/** What was refused, by what: a deterministic check, a policy, or a person. */
export function refusals({ ends, denials }: Assessment, paint: Paint, columns: number): string[] {
  const checks = ends.filter(({ summary }) => summary?.status === 'refused').map((one) => byCheck(one, columns))
  const policies = denials.map(({ document, who, what, reason }) =>
    byPolicy(document, `${who} ${what}`, reason, columns),
  )
  const people = ends
    .filter(({ summary }) => summary !== undefined && outcomeWord(summary) === 'declined')
    .map((one) => byPerson(one, columns))
  return [
    ...section('Refused by a deterministic check', checks, paint),
    ...section('Refused by policy', policies, paint),
    ...section('Declined by a person', people, paint),
  ]
}

function section(title: string, entries: readonly (readonly string[])[], paint: Paint): string[] {
  return entries.length === 0
    ? []
    : [paint.strong(title), ...entries.flatMap(([first = '', ...rest]) => [first, ...rest.map(paint.quiet)]), '']
}

function byCheck({ work, summary }: Ended, columns: number): string[] {
  const { code = '', message = '', path = '', hint = '' } = summary?.error ?? {}
  return [`  ${cell(work.incoming.name, 30)} ${safeText(code)}`, ...indented([message, `at ${path}`, hint], columns)]
}

function byPolicy(document: string, act: string, reason: string, columns: number): string[] {
  return [`  ${cell(document, 30)} ${safeText(act)}`, ...indented([reason], columns)]
}

function byPerson({ work, summary }: Ended, columns: number): string[] {
  return [`  ${cell(work.incoming.name, 30)} ${summary === undefined ? '' : cut(whyOf(summary), columns - 34)}`]
}

function indented(texts: readonly string[], columns: number): string[] {
  return texts.filter((text) => text !== '').flatMap((text) => wrap(text, columns, '      '))
}
