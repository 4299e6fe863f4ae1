import { limitIds, RosterError, type AppendResult } from '@roster/core'
import type { Int8 } from '../tables.ts'
import type { Entry } from './append-arguments.ts'

/** The one row that `roster.append` answers: arrays with one element a request. `exceeded` (which limit) and `exhausted` (of which budget) are for over-limit. */
export interface AnswerRow {
  readonly answers: readonly number[]
  readonly versions: readonly Int8[]
  readonly base: Int8 | null
  readonly exceeded: readonly (number | null)[] | null
  readonly exhausted: readonly (string | null)[] | null
}

/** The answers as values, in the order of the requests. */
export function appendResults(row: AnswerRow | undefined, entries: readonly Entry[]): readonly AppendResult[] {
  if (row?.answers.length !== entries.length)
    throw new RosterError('internal', 'the database answers fewer appends than it was asked for')
  let position = Number(row.base)
  return entries.map(({ request }, index): AppendResult => {
    const version = Number(row.versions[index])
    switch (row.answers[index]) {
      case 0:
        position += 1
        return { kind: 'appended', version: request.record.version, position }
      case 1:
        return { kind: 'duplicate', version }
      case 2:
        return { kind: 'conflict', actual: version }
      case 3:
        return { kind: 'fenced' }
      default:
        return overLimit(row, index)
    }
  })
}

function overLimit({ answers, exceeded, exhausted }: AnswerRow, index: number): AppendResult {
  const limit = limitIds[(exceeded?.[index] ?? 0) - 1]
  const budget = exhausted?.[index]
  if (answers[index] === 4 && limit !== undefined && budget != null) return { kind: 'over-limit', limit, budget }
  throw new RosterError(
    'internal',
    `the database answers an append with ${answers[index]}, of the limit ${exceeded?.[index]}`,
  )
}
