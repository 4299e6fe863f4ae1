import {
  definitionOf,
  parseStream,
  type Head,
  type Message,
  type NewPending,
  type StoredRecord,
  type Store,
  type Team,
} from '@roster/core'

/** What a reconciler of tasks looks at, and what it drives with. */
export interface TaskReconcilerPorts {
  readonly store: Pick<Store, 'heads' | 'read' | 'overdue' | 'markDelivered'>
  /** Starts the coordination of a task again where its records end, unless it runs. */
  readonly restart: (task: LostTask) => Promise<'started' | 'known'>
  /** Brings word of a message; answers whether it is known there now. */
  readonly bring: (message: NewPending) => Promise<boolean>
  /** The team that is loaded: what began on a version that it does not have waits. */
  readonly team: Team
}

/** A task that has not ended. */
export interface LostTask {
  readonly stream: string
  /** The kind of task: the name of its playbook. */
  readonly kind: string
  /** The playbook with the version on which it began (`pay-invoice@1.0.0`). */
  readonly playbook: string
  /** Name of whoever published it. */
  readonly requester: string
}

/** What was driven again. */
export interface Reconciled {
  /** Tasks whose coordination was gone. */
  readonly restarted: readonly string[]
  /** Messages to tasks that nobody had taken. */
  readonly brought: number
  /** Tasks that wait until the version is back on which they began. */
  readonly waiting: readonly LostTask[]
}

/** How long a message to a task may be pending before word of it is brought again, in milliseconds. */
const defaultAgeMs = 5000

/** Rows read at once. */
const pageSize = 1000

/** How much less often word of a message is brought again that is known and still waits. */
const patience = 10

/**
 * Drives tasks again that nobody drives: their coordinator lost them, or never heard of them. To be run on a schedule, by one process or
 * several: what runs is left alone.
 */
export async function reconcileTasks(
  ports: TaskReconcilerPorts,
  options: { readonly ageMs?: number } = {},
): Promise<Reconciled> {
  const brought = await bringOverdue(ports, options)
  const restarted: string[] = []
  const open = await openTasks(ports.store)
  for (const task of open) if ((await ports.restart(task)) === 'started') restarted.push(task.stream)
  return { restarted, brought, waiting: waitingForVersions(ports.team, open) }
}

/** All tasks that have begun and not ended. */
export async function openTasks(store: Pick<Store, 'heads' | 'read'>): Promise<readonly LostTask[]> {
  const tasks: LostTask[] = []
  for (const { stream } of (await store.heads()).filter(isOpen)) {
    const [first] = await store.read(stream, { from: 1, to: 1 })
    if (first !== undefined) tasks.push(taskOf(first))
  }
  return tasks
}

/** Those that began on a version of their playbook which a team does not have, neither as its present nor as a former one. */
export function waitingForVersions(team: Team, tasks: readonly LostTask[]): readonly LostTask[] {
  return tasks.filter(({ stream, kind, playbook }) => definitionOf(team, stream, kind, playbook) === undefined)
}

/** Brings word again of messages to tasks that nobody has taken; answers of how many. Cheap: to be run often. */
export async function bringOverdue(
  { store, bring }: Pick<TaskReconcilerPorts, 'store' | 'bring'>,
  { ageMs = defaultAgeMs }: { readonly ageMs?: number } = {},
): Promise<number> {
  let count = 0
  for (let after = 0; ;) {
    const rows = await store.overdue({ ageMs, notedAgeMs: ageMs * patience, after, limit: pageSize })
    const theirs = rows.filter(({ stream }) => isTask(stream))
    const known = (await Promise.all(theirs.map(async (row) => ((await bring(row)) ? [row.id] : [])))).flat()
    if (known.length > 0) await store.markDelivered(known)
    count += theirs.length
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return count
    after = last.seq
  }
}

function isTask(stream: string): boolean {
  return parseStream(stream).kind === 'task'
}

function isOpen({ stream, version, final, revoked }: Head): boolean {
  return isTask(stream) && version > 0 && !final && !revoked
}

function taskOf({ stream, envelope, body }: StoredRecord): LostTask {
  const { who } = JSON.parse(envelope) as { readonly who: { readonly definition: string } }
  const { payload } = JSON.parse(body ?? '{}') as { readonly payload?: { readonly message?: Message } }
  const { definition } = who
  const { kind = definition.split('@')[0] ?? '', sender = '' } = payload?.message ?? {}
  return { stream, playbook: definition, kind, requester: parseStream(sender).name }
}
