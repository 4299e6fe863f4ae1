import { RosterError, type AppendResult } from '@roster/core'
import type { Int8 } from '../tables.ts'
import { limitAt } from './append-arguments.ts'

/** A row that `roster.append` answers, one for each request. */
export interface AnswerRow {
  readonly answer: string
  readonly version: Int8
  readonly place: Int8 | null
  readonly exceeded: number | null
  readonly budget: string | null
}

/** An answer as a value. */
export function appendResult({ answer, version, place, exceeded, budget }: AnswerRow): AppendResult {
  switch (answer) {
    case 'appended':
      return { kind: 'appended', version: Number(version), position: Number(place) }
    case 'duplicate':
      return { kind: 'duplicate', version: Number(version) }
    case 'conflict':
      return { kind: 'conflict', actual: Number(version) }
    case 'fenced':
      return { kind: 'fenced' }
    case 'over-limit':
      return { kind: 'over-limit', limit: limitAt(exceeded ?? 0), budget: budget ?? '' }
    default:
      throw new RosterError('internal', `the database answers an append with ${answer}`)
  }
}
