import type { Acceptance, Clock, Pending, PendingStore } from '@roster/core'
import type { MemoryBudgets } from './memory-budgets.ts'
import type { MemoryQueue } from './memory-queue.ts'
import type { MemoryRows } from './memory-rows.ts'

/** Rows that `pendingIn` answers when no limit is given. */
const defaultLimit = 1000

/** What is still to be done, and the first answers to what came from outside. */
// oxlint-disable-next-line max-params -- the parts of one store, joined once
export function memoryPending(
  rows: MemoryRows,
  queue: MemoryQueue,
  budgets: MemoryBudgets,
  clock: Clock,
): PendingStore {
  const answers = new Map<string, Map<string, string>>()

  return {
    async accept(acceptance) {
      const given = answers.get(acceptance.client) ?? new Map<string, string>()
      const first = given.get(acceptance.key)
      if (first !== undefined) return { kind: 'duplicate', answer: first }
      answers.set(acceptance.client, given.set(acceptance.key, acceptance.answer))
      for (const pending of acceptance.pending) {
        if (acceptance.queue === undefined) rows.insert(pending)
        else queue.add(pending, acceptance.queue)
      }
      open(acceptance)
      return { kind: 'accepted', answer: acceptance.answer }
    },
    async pendingOf(stream) {
      return rows
        .of(stream)
        .toSorted((one, other) => Number(other.control) - Number(one.control) || one.seq - other.seq)
    },
    async pendingIn(partitions, { dueBy, after = 0, limit = defaultLimit }) {
      const now = clock.now()
      const found = rows.where(({ pending, leasedUntil }) => {
        if (pending.seq <= after || !partitions.includes(pending.partition)) return false
        if (pending.kind === 'timer') return (pending.dueAt ?? 0) <= dueBy
        return pending.kind === 'message' || leasedUntil <= now
      })
      return found.slice(0, limit)
    },
    async overdue({ ageMs, notedAgeMs, after = 0, limit = defaultLimit }) {
      const now = clock.now()
      const found = rows.where(({ pending: { kind, seq, insertedAt, deliveredAt } }) => {
        if (kind !== 'message' || seq <= after) return false
        return deliveredAt === null ? insertedAt <= now - ageMs : deliveredAt <= now - notedAgeMs
      })
      return found.slice(0, limit)
    },
    async mailboxes() {
      const now = clock.now()
      const messages = rows.where(({ pending }) => pending.kind === 'message')
      return Object.entries(Object.groupBy(messages, ({ stream }) => stream))
        .map(([stream, theirs = []]) => ({
          stream,
          messages: theirs.length,
          oldestMs: now - Math.min(...theirs.map(({ insertedAt }) => insertedAt)),
        }))
        .toSorted((one, other) => other.messages - one.messages || (one.stream < other.stream ? -1 : 1))
    },
    async pendingBefore(ids) {
      const named = new Set(ids)
      const messages = rows.where(({ pending }) => pending.kind === 'message')
      const last = new Map(messages.filter(({ id }) => named.has(id)).map((row) => [pairOf(row), row.seq]))
      return messages.filter((row) => row.seq < (last.get(pairOf(row)) ?? 0)).map(({ id }) => id)
    },
    async nextTimer(partitions) {
      const timers = rows.where(({ pending }) => pending.kind === 'timer' && partitions.includes(pending.partition))
      return timers.length === 0 ? null : Math.min(...timers.map(({ dueAt }) => dueAt ?? 0))
    },
    async countAttempts(ids) {
      const counts = new Map<string, number>()
      for (const id of new Set(ids)) {
        const changed = rows.change(id, ({ attempts }) => ({ attempts: attempts + 1 }))
        if (changed !== undefined) counts.set(id, changed.attempts)
      }
      return counts
    },
    async returnAttempts(ids) {
      for (const id of new Set(ids)) rows.change(id, ({ attempts }) => ({ attempts: Math.max(0, attempts - 1) }))
    },
    async markDelivered(ids) {
      const now = clock.now()
      for (const id of ids) rows.change(id, ({ deliveredAt }) => ({ deliveredAt: deliveredAt ?? now }))
    },
    async leaseEffects(ids, token, ms) {
      return [...new Set(ids)].filter((id) => rows.lease(id, token, ms))
    },
    async markAttempted(id, token) {
      return rows.attempt(id, token)
    },
    async budget(id) {
      return budgets.get(id)
    },
  }

  function open({ grant }: Acceptance): void {
    if (grant === undefined) return
    const draft = budgets.draft()
    draft.make([{ kind: 'grant', budget: grant.budget, parent: null, amounts: grant.amounts }])
    draft.commit()
  }
}

function pairOf({ sender, stream }: Pending): string {
  return JSON.stringify([sender, stream])
}
