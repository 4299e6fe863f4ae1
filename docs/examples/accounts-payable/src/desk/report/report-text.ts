import type { Paint } from '../screen/paint.ts'
import { wrap } from '../screen/wrap.ts'
import type { Assessment } from './assess.ts'
import { nextCommands } from './next-commands.ts'
import { outcomeTable } from './outcome-table.ts'
import { refusals } from './refusals.ts'

/** How a report is laid out. */
export interface Form {
  readonly folder: string
  readonly paint: Paint
  readonly columns: number
  /** Whether how each document ended is to be seen above it already. */
  readonly hasTable: boolean
}

/** What a run came to, for a person: how each document ended, who refused what, a replay, the figures, and what to try next. */
export function reportText(assessment: Assessment, { folder, paint, columns, hasTable }: Form): string {
  return [
    '',
    ...outcomeTable(assessment, paint, columns).slice(0, hasTable ? 1 : undefined),
    '',
    ...refusals(assessment, paint, columns),
    ...replayed(assessment, paint, columns),
    ...figures(assessment, paint),
    ...waiting(assessment, paint),
    '',
    ...nextCommands(assessment, { folder, paint, columns }),
  ].join('\n')
}

function replayed({ replay }: Assessment, paint: Paint, columns: number): string[] {
  if (replay === null) return []
  const path = replay.states.map(({ version, state }) => `${version} ${state}`).join(' → ')
  const same = replay.verified ? 'every digest is the recorded one' : 'IT DIVERGED FROM WHAT IS RECORDED'
  return [
    paint.strong(`Replayed: ${replay.document} to the moment of its refusal`),
    ...wrap(path, columns, '  '),
    `  ${same}; no model, tool or network was touched`,
    '',
  ]
}

function figures({ summary, model, right, ends, wrong, verification, scripted }: Assessment, paint: Paint): string[] {
  const verdict = verification.verified ? paint.good('verified') : paint.bad('NOT VERIFIED')
  const problems = verification.problems
    .slice(0, 5)
    .map(({ code, stream, message }) => paint.bad(`  ${code} ${stream}: ${message}`))
  const wrongs = wrong.map(({ id, supplier, iban, amount, currency }) =>
    paint.bad(`  ${id}: ${amount} ${currency} to ${iban} of ${supplier}`),
  )
  return [
    `${paint.strong('History')}    ${verdict}: ${verification.records} records in ${verification.streams} streams, each hashed into its chain`,
    ...problems,
    `${paint.strong('Model')}      right in ${model.right} of ${model.asked} answers${scripted ? ' (scripted)' : ''}`,
    `${paint.strong('Desk')}       right, or asked a person, in ${right.length} of ${ends.length} tasks`,
    `${paint.strong('Payments')}   ${wrong.length === 0 ? paint.good('0 wrong') : paint.bad(`${wrong.length} wrong`)}`,
    ...wrongs,
    `${paint.strong('Took')}       ${summary.seconds.toFixed(1)} s, ${dollars(summary.costMicroUsd)}${scripted ? ' as the script counts it' : ''}`,
  ]
}

function waiting({ ends }: Assessment, paint: Paint): string[] {
  const count = ends.filter(({ summary }) => summary?.status === 'waiting').length
  if (count === 0) return []
  return ['', paint.notable(`${count} wait for a person: npm start asks again, and so does npx roster inbox.`)]
}

function dollars(microUsd: number): string {
  return `$${(microUsd / 1_000_000).toFixed(4)}`
}
