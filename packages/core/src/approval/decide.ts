import type { Failure } from '../error/failure.ts'
import { canonical } from '../json/canonical.ts'
import type { Approval, UnsignedApproval } from './approval.ts'

/** What a person was asked: the input of their approval job. */
export interface ApprovalRequest {
  readonly tool: string
  readonly argumentsDigest: string
  /** In milliseconds since 1970. */
  readonly expiresAt: number
}

/** Who decides, as the roster knows them. */
export interface Decider {
  readonly person: string
  readonly role: string
  /** Public keys that are theirs. */
  readonly keys: readonly string[]
  readonly task: string
  readonly policySet: string
  readonly now: number
  /** Verifies an Ed25519 signature over a text. */
  readonly verify: (key: string, text: string, signature: string) => boolean
}

/** The text that a person signs. */
export function signedText(approval: UnsignedApproval | Approval): string {
  const { signature: _, ...unsigned } = approval as Approval
  return `roster.approval.1\n${canonical(unsigned)}`
}

/**
 * Whether a decision counts: by the person who was asked, in their role, over the exact arguments and policies, before it expires,
 * under their key. Anything else is refused, with what to do.
 */
export function decideApproval(approval: Approval, request: ApprovalRequest, decider: Decider): Failure | null {
  if (approval.person !== decider.person || approval.role !== decider.role)
    return denied('/person', `this decision belongs to ${decider.person} as ${decider.role}`)
  if (approval.task !== decider.task || approval.tool !== request.tool)
    return denied('/tool', 'the decision is about another act')
  if (approval.argumentsDigest !== request.argumentsDigest)
    return denied('/argumentsDigest', 'the arguments are not those that were asked about')
  if (approval.policySet !== decider.policySet)
    return denied('/policySet', 'the policies have changed since it was shown')
  if (approval.expiresAt > request.expiresAt || approval.expiresAt <= decider.now)
    return denied('/expiresAt', 'the request has expired')
  if (!decider.keys.includes(approval.key)) return denied('/key', `the key is not one of ${decider.person}`)
  if (!decider.verify(approval.key, signedText(approval), approval.signature))
    return denied('/signature', 'the signature does not fit')
  return null
}

function denied(path: string, message: string): Failure {
  return { code: 'denied', message, path, hint: 'Look at the inbox again and decide on what it shows now.' }
}
