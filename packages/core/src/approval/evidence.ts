import type { Approval } from './approval.ts'
import { approvalName } from './budget-of.ts'

/** The act that evidence is looked for. */
export interface Act {
  readonly tool: string
  readonly argumentsDigest: string
  readonly policySet: string
  readonly task: string
  /** The role whose consent is needed; any role when absent. */
  readonly role?: string
  /** How many different people must consent, from 1. @defaultValue 1 */
  readonly quorum?: number
  /** Who wants to act: cannot approve it. */
  readonly proposer: string
  /** In milliseconds since 1970. */
  readonly now: number
  /** Whether an approval, by its name, is still to be had for this act: no other act has used it up. */
  readonly usable: (approval: string) => boolean
}

/** Valid approvals of exactly this act, of as many people as it needs; or why not, and whether there would be if none had been used before. */
export type FoundApprovals =
  | { readonly approvals: readonly Approval[] }
  | { readonly missing: string; readonly code: 'approval-required' | 'approval-used' }

/** Looks for valid approvals of exactly this act that no other act has used up, one of each person. */
export function findApprovals(approvals: readonly Approval[], act: Act): FoundApprovals {
  const { quorum = 1 } = act
  const found = new Map<string, Approval>()
  const flaws: Flaw[] = []
  for (const approval of approvals) {
    const flaw = flawOf(approval, act)
    if (flaw === undefined) found.set(approval.person, found.get(approval.person) ?? approval)
    else flaws.push(flaw)
  }
  // A quorum that is no number is never reached.
  return found.size >= quorum && quorum >= 1
    ? { approvals: [...found.values()].slice(0, quorum) }
    : lacking(flaws, found.size, quorum)
}

interface Flaw {
  readonly used: boolean
  readonly says: string
}

function lacking(flaws: readonly Flaw[], found: number, quorum: number): FoundApprovals {
  const used = flaws.findLast((flaw) => flaw.used)
  const because = used?.says ?? flaws.at(-1)?.says ?? (found === 0 ? 'nobody was asked' : 'nobody else was asked')
  const counted = quorum > 1 ? `${found} of ${quorum} people have approved; ` : ''
  return { missing: `${counted}${because}`, code: used === undefined ? 'approval-required' : 'approval-used' }
}

function flawOf(approval: Approval, act: Act): Flaw | undefined {
  const says = mismatchOf(approval, act)
  if (says !== undefined) return { used: false, says }
  return act.usable(approvalName(approval))
    ? undefined
    : { used: true, says: `the approval of ${approval.person} was used before` }
}

// oxlint-disable-next-line complexity -- each line is one way in which an approval does not fit
function mismatchOf(approval: Approval, act: Act): string | undefined {
  const { person } = approval
  if (approval.decision !== 'approved') return `${person} declined`
  if (approval.tool !== act.tool || approval.task !== act.task) return `${person} approved another act`
  if (approval.argumentsDigest !== act.argumentsDigest) return `${person} approved other arguments`
  if (approval.policySet !== act.policySet) return `${person} approved under other policies`
  if (!(approval.expiresAt > act.now)) return `the approval of ${person} has expired`
  if (person === act.proposer) return `${person} cannot approve what they propose`
  if (act.role !== undefined && approval.role !== act.role)
    return `${person} approved as ${approval.role}, not as ${act.role}`
  return undefined
}
