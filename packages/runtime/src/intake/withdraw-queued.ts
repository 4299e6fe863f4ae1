import {
  authoriseWithdrawal,
  definitionOf,
  RosterError,
  streamName,
  unborn,
  type Message,
  type StreamName,
} from '@roster/core'

import { unknownDefinition } from '../host/actors.ts'
import { messageRow } from '../host/rows.ts'
import type { IntakePorts } from './intake.ts'

/**
 * Takes a task out of the queue, if it waits there: it ends as cancelled, on record, without having begun. `false` when it waits no more.
 *
 * @throws RosterError `denied` for whoever may not withdraw it: whoever asked for it may, others if a policy permits it
 */
export async function withdrawQueued(ports: IntakePorts, stream: StreamName, requester: string): Promise<boolean> {
  const { store, starter, deliver } = ports
  const [queued] = await store.queued(stream)
  if (queued === undefined) return false
  const task = JSON.parse(queued.row.body) as Message
  const by = streamName.client(requester)
  assertMayWithdraw(ports, task, by)
  const row = messageRow({ ...task, withdrawn: { by } })
  if (!(await store.withdraw(stream, row))) return false
  if (starter === undefined) deliver([row])
  else await starter.start(row)
  return true
}

function assertMayWithdraw({ team, policy }: IntakePorts, task: Message, by: StreamName): void {
  if (by === task.sender) return
  const actor = unborn(task.to, definitionOf(team, task.to, task.kind) ?? unknownDefinition)
  const decision = policy === undefined ? null : authoriseWithdrawal({ actor, task, by }, team, policy)
  if (decision?.allowed === true) return
  throw new RosterError('denied', decision?.reason ?? `${by} did not ask for this task`, {
    path: task.to,
    hint: 'Grant it in a policy file, or withdraw it as whoever asked for it.',
  })
}
