import {
  decideApproval,
  parseStream,
  type Actor,
  type Approval,
  type ApprovalRequest,
  type Failure,
  type Message,
} from '@roster/core'

import type { TransitionPorts } from './ports.ts'

/** Why a person's decision does not count for the job that it was brought to; `null` if it does, or for any other message. */
export function flawOfDecision(ports: TransitionPorts, actor: Actor, message: Message, now: number): Failure | null {
  if (message.type !== 'decision') return null
  const { name, kind } = parseStream(actor.stream)
  const input = (actor.state?.machine.context as { input?: ApprovalRequest } | undefined)?.input
  const colleague = ports.team.colleagues[name]
  if (kind !== 'job' || input === undefined || colleague === undefined)
    return { code: 'refused', message: 'nothing here waits for a decision' }
  return decideApproval(message.payload as unknown as Approval, input, {
    person: name,
    role: colleague.role,
    keys: ports.signatures.keysOf(name),
    task: actor.state?.origin?.correlationId ?? '',
    policySet: ports.policy.digest,
    now,
    verify: ports.signatures.verify,
  })
}
