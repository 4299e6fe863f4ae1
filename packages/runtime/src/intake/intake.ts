import {
  amounts,
  assertJson,
  canonical,
  hashTuple,
  own,
  RosterError,
  streamName,
  type Approval,
  type Clock,
  type IdSource,
  type Json,
  type Label,
  type Message,
  type NewPending,
  type NoteType,
  type Sha256,
  type Store,
  type Policy,
  type ScheduleType,
  type TaskStarter,
  type Team,
} from '@roster/core'

import { messageRow } from '../host/rows.ts'
import { Admission } from './admission.ts'
import { priorityOf } from './priority.ts'
import { withdrawQueued } from './withdraw-queued.ts'

/** What intake needs: it is the door for everything that comes from outside. */
export interface IntakePorts {
  readonly store: Store
  readonly team: Team
  readonly clock: Clock
  readonly ids: IdSource
  readonly sha256: Sha256
  /** Hands stored rows to whoever hosts their actors. */
  readonly deliver: (rows: readonly NewPending[]) => void
  /** Starts the tasks that a coordinator drives. @defaultValue none: a host drives them, and hears of them by `deliver` */
  readonly starter?: TaskStarter
  /** Lets published tasks in. @defaultValue one that looks when something is published, and at no other time */
  readonly admission?: Pick<Admission, 'look'>
  /** Says who may withdraw a queued task of somebody else. @defaultValue nobody may */
  readonly policy?: Policy
}

/** A piece of work from outside. */
export interface Publication {
  readonly playbook: string
  readonly input: Json
  /** Verified name of who asks. */
  readonly requester: string
  /** The same key again is the same task. */
  readonly idempotencyKey: string
  /** From 0, the least urgent, to what its playbook says: of queued tasks the most urgent is let in first. @defaultValue what its playbook says */
  readonly priority?: number
  /** @defaultValue untrusted, from the requester */
  readonly label?: Label
}

/**
 * Publishes a task; a repetition gives the first one's id. It waits in the queue until there is room for it. What the team cannot take is
 * refused by the task itself, with its record.
 *
 * @param task the id of the task, unless it is published already
 * @throws RosterError `input-invalid` for a priority that is none, or higher than the playbook's
 * @throws RosterError `coordinator-unavailable` (retryable): it is stored, and begins by the same call again, or by the reconciler.
 */
export async function publish(
  ports: IntakePorts,
  publication: Publication,
  task = ports.ids.id(),
): Promise<{ readonly task: string; readonly known: boolean }> {
  const { team, clock, sha256 } = ports
  const { playbook, input, requester, idempotencyKey } = publication
  if (requester === 'system')
    throw new RosterError('denied', 'nobody from outside is called "system"', {
      path: 'requester',
      hint: 'Publish it under your own name.',
    })
  assertJson(input, '/input')
  const client = streamName.client(requester)
  const message: Message = {
    id: task,
    type: 'task',
    kind: playbook,
    sender: client,
    to: streamName.task(team.name, task),
    correlationId: task,
    causationId: task,
    at: clock.now(),
    label: publication.label ?? { integrity: 'untrusted', sources: [client] },
    payload: input,
  }
  const granted = own(team.playbooks, playbook)?.definition.limits.budget ?? amounts({})
  const accepted = await ports.store.accept({
    client: requester,
    key: hashTuple(sha256, ['task', playbook, idempotencyKey]),
    answer: canonical({ task }),
    pending: [messageRow(message)],
    grant: { budget: message.to, amounts: granted },
    queue: { playbook, requester, priority: priorityOf(team, publication) },
  })
  const known = accepted.kind === 'duplicate'
  const { task: first } = JSON.parse(accepted.answer) as { readonly task: string }
  // Its start may have been missed; whether or not, what is queued is let in.
  if (known && ports.starter !== undefined) await begin(ports.starter, await firstRows(ports, first))
  await (ports.admission ?? new Admission(ports)).look()
  return { task: first, known }
}

/** Starts what is stored: whoever published it hears of it only then. */
async function begin(starter: TaskStarter, rows: readonly NewPending[]): Promise<void> {
  for (const row of rows) await starter.start(row)
}

/** The row of a task that was published before, if nobody has begun it yet: its start may have been missed. */
async function firstRows({ store, team }: IntakePorts, task: string): Promise<readonly NewPending[]> {
  const rows = await store.pendingOf(streamName.task(team.name, task))
  return rows.filter(({ type }) => type === 'task')
}

/** Brings a person's signed decision to the job that waits for it; the job's host verifies it. Answers the id of its message. */
export async function decide(
  ports: IntakePorts,
  job: string,
  approval: Approval,
): Promise<{ readonly known: boolean; readonly id: string }> {
  return await fromOutside(ports, {
    client: approval.person,
    key: approval.id,
    to: job,
    type: 'decision',
    task: approval.task,
    payload: approval as unknown as Json,
  })
}

/** Withdraws a task. */
export async function cancel(
  ports: IntakePorts,
  task: string,
  requester: string,
): Promise<{ readonly known: boolean }> {
  const to = streamName.task(ports.team.name, task)
  if (await withdrawQueued(ports, to, requester)) return { known: false }
  const unknown = (await ports.store.head(to)) === undefined && (await ports.store.pendingOf(to)).length === 0
  if (unknown)
    throw new RosterError('unknown-task', `no task ${task} is in the store`, { hint: 'Run `roster task list`.' })
  const { known } = await fromOutside(ports, {
    client: requester,
    key: hashTuple(ports.sha256, ['cancel', task]),
    to,
    type: 'cancel',
    task,
    payload: { task },
  })
  return { known }
}

/** What a person decides about a colleague, or the team. */
export interface Order {
  /** The colleague's stream, or the team's. */
  readonly to: string
  readonly type: NoteType | Exclude<ScheduleType, 'schedule.due'>
  /** Verified name of who decides. */
  readonly by: string
  /** The task that it belongs to. @defaultValue none */
  readonly task?: string
  readonly payload: Json
  /** Names the order: the same one again is brought once. @defaultValue a new one each time */
  readonly key?: string
}

/** Brings an order to the colleague or the team, where it is noted or denied; answers the id of its message. */
export async function order(
  ports: IntakePorts,
  { to, type, by, payload, task = '', key = ports.ids.id() }: Order,
): Promise<{ readonly id: string }> {
  const { id } = await fromOutside(ports, { client: by, key, to, type, task, payload })
  return { id }
}

/** Tells a job of a revoked colleague that it ends. Its host looks itself whether that is so: anybody may send it, and nobody twice. */
export async function endRevoked(
  ports: IntakePorts,
  { job, record, by }: { readonly job: string; readonly record: string; readonly by: string },
): Promise<void> {
  const key = hashTuple(ports.sha256, ['revoke', record, job])
  await fromOutside(ports, { client: by, key, to: job, type: 'revoke', task: '', payload: null })
}

interface FromOutside {
  readonly client: string
  readonly key: string
  readonly to: string
  readonly type: string
  readonly task: string
  readonly payload: Json
}

/** Remembers a message from outside and hands it on, once. */
export async function fromOutside(
  ports: IntakePorts,
  { client, key, to, type, task, payload }: FromOutside,
): Promise<{ readonly known: boolean; readonly id: string }> {
  assertJson(payload, '/payload')
  const id = ports.ids.id()
  const message: Message = {
    id,
    type,
    sender: streamName.client(client),
    to,
    correlationId: task,
    causationId: id,
    at: ports.clock.now(),
    label: { integrity: 'trusted', sources: [streamName.client(client)] },
    payload,
  }
  const rows = [messageRow(message)]
  const accepted = await ports.store.accept({
    client,
    key: hashTuple(ports.sha256, [type, key]),
    answer: canonical({ id }),
    pending: rows,
  })
  if (accepted.kind === 'accepted') ports.deliver(rows)
  return { known: accepted.kind === 'duplicate', id: (JSON.parse(accepted.answer) as { id: string }).id }
}
