import type { TeamOf } from '../author/team.ts'
import type { Check, Exported } from '../client/operations.ts'
import type { Permissions } from '../client/trust-operations.ts'
import { waitingConsents } from '../deployment/consent.ts'
import { deployedDigest, loadedContents } from '../deployment/contents.ts'
import { teamHistoryOf, type ReadySignature } from '../deployment/team-history.ts'
import { loadPolicy } from '../embedded/load-policy.ts'
import { permissions } from '../operations/can.ts'
import { check } from '../operations/check.ts'
import { designGaps } from './design-gaps.ts'
import { evidenceGaps } from './evidence-gaps.ts'
import { factsOf, type Facts } from './facts.ts'
import type { Gap } from './gap.ts'
import { machineGaps } from './machine-gaps.ts'

/** What a security reviewer would ask of a team, answered from its definitions, its policies and its records. */
export interface Readiness {
  readonly team: string
  /** Over all that a deployment loads, policies and configuration included: what a signature is bound to. */
  readonly digest: string
  /** In milliseconds since 1970. */
  readonly at: number
  readonly facts: readonly Facts[]
  readonly gaps: readonly Gap[]
  /** Who has signed for exactly this. */
  readonly signatures: readonly ReadySignature[]
}

/** On what readiness is judged beside the team itself. */
export interface ReadinessOptions {
  /** What is on record of the team. @defaultValue nothing: it was never at work */
  readonly history?: Exported
  /** In milliseconds since 1970. */
  readonly now: number
}

/**
 * Judges whether a team is ready for production. Nothing runs and nothing is recorded.
 *
 * @throws RosterError `policy-invalid`: without policies there is no digest that anybody could sign
 */
export async function readiness(team: TeamOf, { history, now }: ReadinessOptions): Promise<Readiness> {
  const contents = loadedContents(team, await loadPolicy(team))
  const known = teamHistoryOf(history)
  const asked: Permissions = await permissions(team)
  const checked: Check = await check(team, history === undefined ? [] : [history])
  const digest = deployedDigest(contents)
  const waiting = await waitingConsents(team, contents, known)
  return {
    team: team.name,
    digest,
    at: now,
    facts: factsOf(team, { check: checked, permissions: asked, history: known }),
    gaps: [
      ...designGaps(team, checked, asked),
      ...evidenceGaps(known, { analyses: checked.analyses, waiting, now }),
      ...(await machineGaps(team)),
    ],
    signatures: known.signatures.filter((one) => one.digest === digest),
  }
}
