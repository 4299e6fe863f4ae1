import type { Approval } from './approval.ts'
import type { Endorsement } from './endorsement.ts'

/** The act that evidence is looked for. */
export interface Act {
  readonly tool: string
  readonly argumentsDigest: string
  readonly policySet: string
  readonly task: string
  /** The role whose consent is needed; any role when absent. */
  readonly role?: string
  /** Who wants to act: cannot approve it. */
  readonly proposer: string
  /** In milliseconds since 1970. */
  readonly now: number
  /** Whether an approval is still to be had for this act: no other act has used it up. */
  readonly usable: (approval: string) => boolean
}

/** A valid approval of exactly this act; or why there is none, and whether there would be one if it had not been used before. */
export type FoundApproval =
  | { readonly approval: Approval }
  | { readonly missing: string; readonly code: 'approval-required' | 'approval-used' }

/** Looks for a valid approval of exactly this act that no other act has used up. */
export function findApproval(approvals: readonly Approval[], act: Act): FoundApproval {
  let missing = 'nobody was asked'
  let used: string | undefined
  for (const approval of approvals) {
    const flaw = flawOf(approval, act)
    if (flaw === undefined && act.usable(approval.id)) return { approval }
    missing = flaw ?? `the approval of ${approval.person} was used before`
    if (flaw === undefined) used = missing
  }
  return used === undefined ? { missing, code: 'approval-required' } : { missing: used, code: 'approval-used' }
}

function flawOf(approval: Approval, act: Act): string | undefined {
  const { person } = approval
  if (approval.decision !== 'approved') return `${person} declined`
  if (approval.tool !== act.tool || approval.task !== act.task) return `${person} approved another act`
  if (approval.argumentsDigest !== act.argumentsDigest) return `${person} approved other arguments`
  if (approval.policySet !== act.policySet) return `${person} approved under other policies`
  if (approval.expiresAt <= act.now) return `the approval of ${person} has expired`
  if (person === act.proposer) return `${person} cannot approve what they propose`
  if (act.role !== undefined && approval.role !== act.role)
    return `${person} approved as ${approval.role}, not as ${act.role}`
  return undefined
}

/** Whether a deterministic check vouches for exactly these arguments. */
export function isEndorsed(endorsements: readonly Endorsement[], act: Pick<Act, 'tool' | 'argumentsDigest'>): boolean {
  return endorsements.some(({ tool, argumentsDigest }) => tool === act.tool && argumentsDigest === act.argumentsDigest)
}
