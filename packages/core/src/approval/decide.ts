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
  const flaw = flaws.find(({ has }) => has(approval, request, decider))
  return flaw === undefined ? null : denied(flaw.path, flaw.says(decider))
}

interface Flaw {
  readonly path: string
  readonly has: (approval: Approval, request: ApprovalRequest, decider: Decider) => boolean
  readonly says: (decider: Decider) => string
}

const flaws: readonly Flaw[] = [
  {
    path: '/person',
    has: (approval, _, { person, role }) => approval.person !== person || approval.role !== role,
    says: ({ person, role }) => `this decision belongs to ${person} as ${role}`,
  },
  {
    path: '/tool',
    has: (approval, { tool }, { task }) => approval.task !== task || approval.tool !== tool,
    says: () => 'the decision is about another act',
  },
  {
    path: '/argumentsDigest',
    has: (approval, { argumentsDigest }) => approval.argumentsDigest !== argumentsDigest,
    says: () => 'the arguments are not those that were asked about',
  },
  {
    path: '/policySet',
    has: (approval, _, { policySet }) => approval.policySet !== policySet,
    says: () => 'the policies have changed since it was shown',
  },
  {
    path: '/expiresAt',
    has: ({ expiresAt }, request, { now }) => !(expiresAt <= request.expiresAt && expiresAt > now),
    says: () => 'the request has expired',
  },
  {
    path: '/decision',
    has: ({ decision }) => decision !== 'approved' && decision !== 'declined',
    says: () => 'the decision is neither approved nor declined',
  },
  {
    path: '/key',
    has: ({ key }, _, { keys }) => !keys.includes(key),
    says: ({ person }) => `the key is not one of ${person}`,
  },
  {
    path: '/signature',
    has: (approval, _, { verify }) => !verify(approval.key, signedText(approval), approval.signature),
    says: () => 'the signature does not fit',
  },
]

function denied(path: string, message: string): Failure {
  return { code: 'denied', message, path, hint: 'Look at the inbox again and decide on what it shows now.' }
}
