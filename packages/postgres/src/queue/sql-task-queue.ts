import { partitionOf, type NewPending, type QueuedTask, type QueuePlace, type TaskQueue } from '@roster/core'
import type { Selectable } from 'kysely'
import type { Database } from '../database.ts'
import { int4Array, textArray } from '../sql-array.ts'
import type { Int8, Tables } from '../tables.ts'

/** What `roster.admit_tasks` answers: a row for each task that was let in, and last one that says how many wait. */
interface AdmittedRow {
  readonly id: string | null
  readonly stream: string
  readonly sender: string
  readonly type: string
  readonly expires_at: Int8 | null
  readonly body: string
  readonly queued: Int8 | null
}

/** Tasks that wait for room. */
export function sqlTaskQueue(database: Database, tenant: string): TaskQueue {
  return {
    async admit({ team, requester, playbooks, otherwise }, { ended = [], sweep = false } = {}) {
      const names = Object.keys(playbooks)
      const limits = int4Array(names.map((name) => playbooks[name] ?? otherwise))
      const args = [tenant, team, requester, textArray(names), limits, otherwise, textArray(ended), sweep]
      const rows = await database.call<AdmittedRow>('admit_tasks', args)
      return {
        rows: rows.flatMap((row) => (row.id === null ? [] : [messageOf({ ...row, id: row.id })])),
        queued: Number(rows.at(-1)?.queued ?? 0),
      }
    },
    async queued(stream) {
      const waiting = database.kysely
        .selectFrom('queue')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('open', '=', false)
      const asked = stream === undefined ? waiting : waiting.where('stream', '=', stream)
      return (await asked.orderBy('priority', 'desc').orderBy('seq').execute()).map(queuedOf)
    },
    async withdraw(stream, row) {
      const { id, sender, type, expiresAt, body } = row
      const args = [tenant, stream, id, partitionOf(stream), sender, type, expiresAt, body]
      const [answer] = await database.call<{ withdraw_queued: boolean }>('withdraw_queued', args)
      return answer?.withdraw_queued ?? false
    },
  }
}

/** A place in the queue as `roster.accept_task` takes it. */
export function placeColumns({ playbook, requester, priority }: QueuePlace): readonly unknown[] {
  return [playbook, requester, priority]
}

/** A task's first message as `roster.accept_task` takes it. */
export function taskColumns({ stream, id, sender, type, expiresAt, body }: NewPending): readonly unknown[] {
  return [stream, id, partitionOf(stream), sender, type, expiresAt, body]
}

function queuedOf(row: Selectable<Tables['queue']>): QueuedTask {
  const { stream, playbook, requester, priority, queued_at } = row
  return { stream, playbook, requester, priority, queuedAt: Number(queued_at), row: messageOf(row) }
}

function messageOf(row: Omit<AdmittedRow, 'queued' | 'id'> & { readonly id: string }): NewPending {
  const { id, stream, sender, type, body } = row
  const expiresAt = row.expires_at === null ? null : Number(row.expires_at)
  return { id, kind: 'message', stream, sender, type, control: false, dueAt: null, expiresAt, body, lease: null }
}
