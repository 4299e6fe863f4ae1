import {
  limitIds,
  partitionOf,
  RosterError,
  type Amounts,
  type AppendRequest,
  type BudgetChange,
  type LimitId,
} from '@roster/core'
import { pendingColumns } from '../pending/pending-columns.ts'
import { Places } from './places.ts'

/** One request as a call of `roster.append` carries it. `broken`: an earlier one of its stream was refused, so it can only be a conflict. */
export interface Entry {
  readonly request: AppendRequest
  readonly broken: boolean
}

/** The arguments of `roster.append` in its order: columns, one element a request, or a list with the request that each element belongs to. */
export function appendArguments(tenant: string, entries: readonly Entry[]): readonly unknown[] {
  const requests = entries.map(({ request }) => request)
  const of = <Value>(value: (request: AppendRequest) => Value): Value[] => requests.map(value)
  return [
    tenant,
    of(({ stream }) => stream),
    of(({ stream }) => partitionOf(stream)),
    entries.map(expectedVersion),
    of(({ final }) => final),
    of(({ fence }) => fence?.partition ?? null),
    of(({ fence }) => fence?.epoch ?? null),
    of(({ cause }) => cause?.id ?? null),
    of(({ cause }) => cause?.lease ?? null),
    of(({ record }) => record.id),
    of(({ record }) => record.correlationId),
    of(({ record }) => record.kind),
    of(({ record }) => record.at),
    of(({ record }) => record.envelope),
    of(({ record }) => record.body),
    of(({ record }) => record.salt),
    of(({ record }) => record.previousHash),
    of(({ record }) => record.hash),
    ...cancelColumns(requests),
    requests.flatMap(({ pending }, index) => pending.map(() => index + 1)),
    ...pendingColumns(requests.flatMap(({ pending }) => pending)),
    ...budgetColumns(requests),
  ]
}

/** A version that no stream has: whatever the head says, it is a conflict. */
const impossible = -1

/** A record that was sealed for another version than the one it would get would break its chain: it is a conflict too. */
function expectedVersion({ request: { stream, expected, record }, broken }: Entry): number {
  const version = expected === 'no-stream' ? 0 : expected
  return broken || record.stream !== stream || record.version !== version + 1 ? impossible : version
}

function cancelColumns(requests: readonly AppendRequest[]): readonly [number[], string[]] {
  const by: number[] = []
  const ids: string[] = []
  requests.forEach(({ cause, cancel }, index) => {
    for (const id of new Set(cancel)) {
      if (id === cause?.id) continue
      by.push(index + 1)
      ids.push(id)
    }
  })
  return [by, ids]
}

function budgetColumns(requests: readonly AppendRequest[]): readonly unknown[] {
  const budgets = new Places()
  const holds = new Places()
  const by: number[] = []
  const kinds: string[] = []
  const budget: number[] = []
  const other: (number | null)[] = []
  const amounts: number[] = []
  requests.forEach((request, index) => {
    for (const change of request.budget) {
      by.push(index + 1)
      kinds.push(change.kind)
      budget.push(budgets.of(change.budget))
      other.push(otherOf(change, budgets, holds))
      amounts.push(...amountsOf('amounts' in change ? change.amounts : undefined))
    }
  })
  const held = holds.keys()
  return [
    budgets.keys().map(([id]) => id),
    held.map(([id]) => id),
    held.map(([, hold]) => hold),
    by,
    kinds,
    budget,
    other,
    amounts,
  ]
}

/** The parent of a grant; the hold of a hold or settlement. */
function otherOf(change: BudgetChange, budgets: Places, holds: Places): number | null {
  if (change.kind === 'grant') return change.parent === null ? null : budgets.of(change.parent)
  if (change.kind === 'hold' || change.kind === 'settle') return holds.of(change.budget, change.hold)
  return null
}

/** Amounts in the order of the arrays in the database. */
export function amountsOf(amounts: Amounts | undefined): number[] {
  return limitIds.map((id) => amounts?.[id] ?? 0)
}

/** The limit at a place (from 1) in the arrays of the database. */
export function limitAt(place: number): LimitId {
  const id = limitIds[place - 1]
  if (id === undefined) throw new RosterError('internal', `the database names a limit ${place}, which does not exist`)
  return id
}
