import type { Actor } from '../actor/actor.ts'
import type { Message } from '../message/message.ts'
import type { Policy } from '../port/policy.ts'
import type { Decision } from '../record/record.ts'
import type { StreamName } from '../stream/stream-name.ts'
import type { Team } from '../team/team.ts'
import { authoriseMessage } from './authorise-message.ts'

/** Who wants a task withdrawn that has not begun. */
export interface Withdrawal {
  /** Its actor, which has no record yet. */
  readonly actor: Actor
  /** Its first message. */
  readonly task: Message
  readonly by: StreamName
}

/** Asks the policy whether a task may be withdrawn before it begins; `null` for whoever asked for it, who always may. */
export function authoriseWithdrawal({ actor, task, by }: Withdrawal, team: Team, policy: Policy): Decision | null {
  if (by === task.sender) return null
  const { kind: _, ...rest } = task
  const label = { integrity: 'trusted' as const, sources: [by] }
  const cancel: Message = { ...rest, type: 'cancel', sender: by, label, payload: { task: task.correlationId } }
  return authoriseMessage(actor, cancel, team, policy)
}
