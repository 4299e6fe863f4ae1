import { limitIds, partitionOf, type Amounts, type AppendRequest, type BudgetChange } from '@roster/core'
import { pendingColumns } from '../pending/pending-columns.ts'
import { boolArray, int4Array, int8Array, textArray } from '../sql-array.ts'
import type { EncodedTexts } from './encoded.ts'
import { Places } from './places.ts'

/** One request as a call of `roster.append` carries it. `broken`: an earlier one of its stream was refused, so it can only be a conflict. */
export interface Entry {
  readonly request: AppendRequest
  readonly texts: EncodedTexts
  readonly broken: boolean
}

/** The arguments of `roster.append` in its order: columns, one element a request, or a list with the request that each element belongs to. */
export function appendArguments(tenant: string, entries: readonly Entry[]): readonly unknown[] {
  const requests = entries.map(({ request }) => request)
  const text = (value: (request: AppendRequest) => string | null): Buffer => textArray(requests.map(value))
  return [
    tenant,
    text(({ stream }) => stream),
    int4Array(requests.map(({ stream }) => partitionOf(stream))),
    int8Array(entries.map(expectedVersion)),
    boolArray(requests.map(({ final }) => final)),
    ...fenceColumns(requests),
    text(({ cause }) => cause?.lease ?? null),
    text(({ record }) => record.id),
    text(({ record }) => record.correlationId),
    text(({ record }) => record.kind),
    int8Array(requests.map(({ record }) => record.at)),
    textArray(entries.map(({ texts }) => texts.envelope)),
    textArray(entries.map(({ texts }) => texts.body)),
    text(({ record }) => record.salt),
    text(({ record }) => record.previousHash),
    text(({ record }) => record.hash),
    ...namedColumns(requests),
    int4Array(requests.flatMap(({ pending }, index) => pending.map(() => index + 1))),
    ...pendingColumns(
      requests.flatMap(({ pending }) => pending),
      entries.flatMap(({ texts }) => texts.pending),
    ),
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

/** Each partition once: many requests of a call are under the same few fences. */
function fenceColumns(requests: readonly AppendRequest[]): readonly Buffer[] {
  const partitions = [...new Set(requests.flatMap(({ fence }) => fence?.partition ?? []))]
  const places = requests.map(({ fence }) => (fence === null ? null : partitions.indexOf(fence.partition) + 1))
  return [int4Array(partitions), int4Array(places), int8Array(requests.map(({ fence }) => fence?.epoch ?? null))]
}

/** The cause of each request, and then what is cancelled. */
function namedColumns(requests: readonly AppendRequest[]): readonly Buffer[] {
  const by = requests.map((_, index) => index + 1)
  const ids = requests.map(({ cause }) => cause?.id ?? null)
  requests.forEach(({ cause, cancel }, index) => {
    for (const id of new Set(cancel)) {
      if (id === cause?.id) continue
      by.push(index + 1)
      ids.push(id)
    }
  })
  return [int4Array(by), textArray(ids)]
}

function budgetColumns(requests: readonly AppendRequest[]): readonly Buffer[] {
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
  return [
    textArray(budgets.keys().map(([id]) => id ?? null)),
    textArray(holds.keys().map(([id]) => id ?? null)),
    textArray(holds.keys().map(([, hold]) => hold ?? null)),
    int4Array(by),
    textArray(kinds),
    int4Array(budget),
    int4Array(other),
    int8Array(amounts),
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
