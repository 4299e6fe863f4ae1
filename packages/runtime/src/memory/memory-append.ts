import {
  partitionOf,
  satisfies,
  system,
  type AppendRequest,
  type AppendResult,
  type Envelope,
  type StreamName,
} from '@roster/core'
import type { MemoryBudgets } from './memory-budgets.ts'
import type { MemoryLog } from './memory-log.ts'
import type { MemoryPartitions } from './memory-partitions.ts'
import type { MemoryRows } from './memory-rows.ts'

/** What one append touches. */
export interface AppendParts {
  readonly log: MemoryLog
  readonly rows: MemoryRows
  readonly budgets: MemoryBudgets
  readonly partitions: MemoryPartitions
}

/**
 * Appends each request whole or not at all, in order.
 *
 * - A1 the checks are made in this order: duplicate, fenced, conflict, over-limit
 * - A2 a request that is refused changes nothing
 * - A3 after a request of a stream was not appended, later ones of that stream are conflicts: they were computed on its result
 */
export function appendAll(parts: AppendParts, requests: readonly AppendRequest[]): readonly AppendResult[] {
  const broken = new Set<StreamName>()
  return requests.map((request) => {
    const result = Object.freeze(append(parts, request, broken.has(request.stream)))
    if (result.kind !== 'appended') broken.add(request.stream)
    return result
  })
}

// oxlint-disable-next-line complexity -- the checks of an append in the order in which the port names them
function append(
  { log, rows, budgets, partitions }: AppendParts,
  request: AppendRequest,
  broken: boolean,
): AppendResult {
  const head = log.head(request.stream)
  const actual = head?.version ?? 0
  if (request.cause !== null && rows.get(request.cause.id) === undefined) return { kind: 'duplicate', version: actual }
  if ((head?.revoked === true && !isOfSystem(request)) || isFenced(request, rows, partitions)) return { kind: 'fenced' }
  if (broken || head?.final === true || !satisfies(request.expected, actual)) return { kind: 'conflict', actual }
  const draft = budgets.draft()
  const over = draft.make(request.budget)
  if (over !== undefined) return { kind: 'over-limit', ...over }

  draft.commit()
  if (request.cause !== null) rows.remove(request.cause.id)
  for (const id of request.cancel) rows.remove(id)
  for (const pending of request.pending) rows.insert(pending)
  return { kind: 'appended', version: request.record.version, position: log.add(request.record, request.final) }
}

function isOfSystem({ record }: AppendRequest): boolean {
  return (JSON.parse(record.envelope) as Envelope).who.colleague === system
}

function isFenced({ stream, fence, cause }: AppendRequest, rows: MemoryRows, partitions: MemoryPartitions): boolean {
  if (fence !== null && (fence.partition !== partitionOf(stream) || !partitions.holds(fence))) return true
  return cause?.lease !== undefined && rows.get(cause.id)?.lease?.token !== cause.lease
}
