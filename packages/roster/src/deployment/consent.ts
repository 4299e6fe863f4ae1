import { own, RosterError } from '@roster/core'

import type { TeamOf } from '../author/team.ts'
import { impactOf } from '../operations/impact.ts'
import { ownersOf, removed, thingsIn, type Contents } from './contents.ts'
import type { TeamHistory } from './team-history.ts'

/** Owners who depend on each thing that several owners are concerned with, beside its own owner. */
export type Dependents = Readonly<Record<string, readonly string[]>>

/** Who depends on what in a team, beside whose it is. On the policies everybody depends who owns something. */
export async function dependentsOf(team: TeamOf, contents: Contents): Promise<Dependents> {
  const found = await Promise.all(
    [...thingsIn(contents).keys()].map(async (thing) => [thing, await ownersBeside(team, thing)] as const),
  )
  return Object.fromEntries(found.filter(([, owners]) => owners.length > 0))
}

async function ownersBeside(team: TeamOf, thing: string): Promise<readonly string[]> {
  if (thing !== 'policies') return (await impactOf(team, thing.split('/')[1] ?? '')).owners
  const owners = ownersOf(team)
  // What is one person's alone they change alone.
  return owners.length > 1 ? owners : []
}

/** A change that waits for somebody's consent. */
export interface Waiting {
  readonly thing: string
  /** The digest that they are to consent to. */
  readonly digest: string
  readonly owners: readonly string[]
}

/**
 * What changes between what was loaded last and what is to be loaded, and whose consent to it is not on record. What is new waits for
 * nobody: nobody depends on it yet.
 */
export async function waitingConsents(
  team: TeamOf,
  contents: Contents,
  history: TeamHistory,
): Promise<readonly Waiting[]> {
  const [before, now] = [thingsIn(history.contents), thingsIn(contents)]
  const dependents = await dependentsOf(team, contents)
  return [...before].flatMap(([thing, old]): readonly Waiting[] => {
    const digest = now.get(thing) ?? removed
    if (digest === old) return []
    const concerned = new Set([...(own(history.dependents, thing) ?? []), ...(own(dependents, thing) ?? [])])
    const owners = [...concerned].filter(
      (owner) => isPerson(team, owner) && !hasConsented(history, thing, digest, owner),
    )
    return owners.length === 0 ? [] : [{ thing, digest, owners: owners.toSorted() }]
  })
}

/** Who has left the team cannot be asked any more; whoever has their things now can. */
function isPerson({ colleagues }: TeamOf, owner: string): boolean {
  return own(colleagues, owner)?.kind === 'person'
}

// oxlint-disable-next-line max-params -- who consented to what becoming what
function hasConsented({ consents }: TeamHistory, thing: string, digest: string, owner: string): boolean {
  return consents.some((one) => one.thing === thing && one.digest === digest && one.person === owner)
}

/** @throws RosterError `consent-missing` with the owners who are to be asked and the commands with which they agree */
export function refuseWaiting(waiting: readonly Waiting[]): void {
  const [first] = waiting
  if (first === undefined) return
  const says = waiting.map(({ thing, owners }) => `${thing} (${owners.join(', ')})`).join('; ')
  const commands = waiting.flatMap(({ thing, owners }) =>
    owners.map((owner) => `roster consent ${thing} --as ${owner}`),
  )
  throw new RosterError('consent-missing', `changed, without the consent of owners who depend on it: ${says}`, {
    path: first.thing,
    hint: `Let them agree to it: ${commands.join('; ')}`,
  })
}
