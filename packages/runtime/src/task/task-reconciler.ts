import { parseStream, type Head, type Message, type NewPending, type StoredRecord, type Store } from '@roster/core'

/** What a reconciler of tasks looks at, and what it drives with. */
export interface TaskReconcilerPorts {
  readonly store: Pick<Store, 'heads' | 'read' | 'overdue'>
  /** Starts the coordination of a task again where its records end, unless it runs. */
  readonly restart: (task: LostTask) => Promise<'started' | 'known'>
  /** Brings word of messages. */
  readonly deliver: (messages: readonly NewPending[]) => void
}

/** A task that has not ended. */
export interface LostTask {
  readonly stream: string
  /** The kind of task: the name of its playbook. */
  readonly kind: string
  /** The playbook with the version on which it began (`pay-invoice@1.0.0`). */
  readonly playbook: string
}

/** What was driven again. */
export interface Reconciled {
  /** Tasks whose coordination was gone. */
  readonly restarted: readonly string[]
  /** Messages to tasks that nobody had taken. */
  readonly brought: number
}

/** How long a message to a task may be pending before word of it is brought again, in milliseconds. */
const defaultAgeMs = 5000

/**
 * Drives tasks again that nobody drives: their coordinator lost them, or never heard of them. To be run on a schedule, by one process or
 * several: what runs is left alone.
 */
export async function reconcileTasks(
  { store, restart, deliver }: TaskReconcilerPorts,
  { ageMs = defaultAgeMs }: { readonly ageMs?: number } = {},
): Promise<Reconciled> {
  const overdue = (await store.overdue({ ageMs, notedAgeMs: ageMs })).filter(({ stream }) => isTask(stream))
  deliver(overdue)
  const restarted: string[] = []
  for (const { stream } of (await store.heads()).filter(isOpen)) {
    const [first] = await store.read(stream, { from: 1, to: 1 })
    if (first !== undefined && (await restart(taskOf(first))) === 'started') restarted.push(stream)
  }
  return { restarted, brought: overdue.length }
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
  return { stream, playbook: definition, kind: payload?.message?.kind ?? definition.split('@')[0] ?? '' }
}
