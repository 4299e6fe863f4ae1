import { RosterError, type Policy, type Store } from '@roster/core'
import { deploy, type Deployment, type IntakePorts } from '@roster/runtime'

import type { TeamOf } from '../author/team.ts'
import { hostKey } from '../embedded/checkpoints.ts'
import { publicKeysOf, type Keys } from '../embedded/keys.ts'
import { dependentsOf, refuseWaiting, waitingConsents } from './consent.ts'
import { deployedDigest, loadedContents, type Contents } from './contents.ts'
import { teamHistory, type TeamHistory } from './team-history.ts'

/** Who loads a team, and under which rules. */
export interface Loading {
  readonly store: Store
  readonly policy: Policy
  readonly keys: Keys
  /** Who loads the team, and why. */
  readonly deployment: Pick<Deployment, 'by' | 'message'>
  /** Whether the same name and version may come with another digest, and without anybody's consent. @defaultValue true */
  readonly development?: boolean
  /** Whether somebody must have signed for exactly this team. @defaultValue false */
  readonly production?: boolean
}

/** What is to be recorded of a team that may be loaded; `undefined` when it was loaded like this before. */
export type Plan = Deployment | undefined

/**
 * Whether a team may be loaded, before anything of it runs.
 *
 * @throws RosterError `definition-changed`, `consent-missing` outside development; `ready-unsigned` in production
 */
export async function planLoading(team: TeamOf, loading: Loading): Promise<Plan> {
  const { store, policy, keys, deployment, development = true, production = false } = loading
  const contents = loadedContents(team, policy)
  const history = await teamHistory(store, team.name)
  if (!development || production) {
    refuseUnversioned(contents, history)
    refuseWaiting(await waitingConsents(team, contents, history))
  }
  if (production) refuseUnsigned(contents, history)
  const difference = differenceOf(history.contents, contents)
  const own = publicKeysOf(keys, [hostKey, ...Object.keys(team.colleagues)])
  const sameKeys = Object.entries(own).every(([name, key]) => history.keys[name] === key)
  const isSame = Object.values(difference).every((ids) => ids.length === 0)
  if (isSame && sameKeys) return undefined
  return { ...deployment, difference, contents, dependents: await dependentsOf(team, contents), keys: own }
}

/** Records what was loaded and what changed; the same contents again are no new deployment. */
export async function recordLoading(intake: IntakePorts, plan: Plan): Promise<void> {
  if (plan !== undefined) await deploy(intake, plan)
}

/** @throws RosterError `ready-unsigned` unless somebody has signed for exactly this team */
export async function assertSigned(team: TeamOf, { store, policy }: Pick<Loading, 'store' | 'policy'>): Promise<void> {
  refuseUnsigned(loadedContents(team, policy), await teamHistory(store, team.name))
}

function refuseUnsigned(contents: Contents, { signatures }: TeamHistory): void {
  const digest = deployedDigest(contents)
  if (signatures.some((one) => one.digest === digest)) return
  throw new RosterError('ready-unsigned', `nobody has signed for this team as it is now (${digest})`, {
    path: digest,
    hint: 'Look at what is open with `roster ready`; who answers for it signs with `roster ready --sign --as <person>`.',
  })
}

function refuseUnversioned(contents: Contents, history: TeamHistory): void {
  const renamed = differenceOf(history.contents, contents).changed.filter((id) => id.includes('@'))
  if (renamed.length === 0) return
  throw new RosterError('definition-changed', `${renamed.join(', ')} changed without a new version`, {
    path: renamed[0] ?? '',
    hint: 'Give it a new version: what ran under this one is on record.',
  })
}

function differenceOf(
  before: Contents,
  now: Contents,
): Readonly<Record<'added' | 'removed' | 'changed', readonly string[]>> {
  return {
    added: Object.keys(now).filter((id) => before[id] === undefined),
    removed: Object.keys(before).filter((id) => now[id] === undefined),
    changed: Object.keys(now).filter((id) => before[id] !== undefined && before[id] !== now[id]),
  }
}
