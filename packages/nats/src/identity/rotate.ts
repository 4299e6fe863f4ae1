import type { Clock } from '@roster/core'

import type { Authority } from './authority.ts'
import type { Identity, KeyEntry } from './identity.ts'
import { signerOf } from './identity.ts'
import { pushAccount } from './push-account.ts'
import { roles, type Role } from './role.ts'

/** What it takes to change keys while a team works. */
export interface RotationPorts {
  readonly authority: Authority
  readonly clock: Clock
  readonly servers: readonly string[]
  /** Waits. */
  readonly pause: (ms: number) => Promise<void>
}

/** How a rotation goes. */
export interface RotationTerms {
  /** @defaultValue all */
  readonly roles?: readonly Role[]
  readonly because: string
  /**
   * How long holders have to take up credentials of the new keys before those of the old ones are refused, in milliseconds. Whoever is
   * late is off the bus until it has. @defaultValue 10000
   */
  readonly graceMs?: number
}

/** What a rotation changed. */
export interface Rotation {
  readonly role: Role
  readonly from: string
  readonly to: string
}

/**
 * Replaces signing keys without a moment in which a holder has none that counts: the server learns the new keys beside the old ones, the
 * holders renew, and only then the server forgets the old ones, which ends whatever connection still stands on them.
 */
export async function rotate(ports: RotationPorts, terms: RotationTerms): Promise<readonly Rotation[]> {
  const { authority, servers, pause } = ports
  const rotated = terms.roles ?? roles
  const before = await authority.home.read()
  await adopt(ports, await withNewKeys(authority, before, rotated))
  await pause(terms.graceMs ?? 10_000)
  const after = await forget(ports, rotated, terms.because)
  await pushAccount(authority, servers, after)
  return rotated.map((role) => ({ role, from: signerOf(before, role).key, to: signerOf(after, role).key }))
}

/** The identity with a new key in front of each role's keys. */
async function withNewKeys(authority: Authority, identity: Identity, rotated: readonly Role[]): Promise<Identity> {
  const made = await Promise.all(
    rotated.map(async (role): Promise<[Role, readonly KeyEntry[]]> => {
      return [role, [await authority.newRoleKey(role), ...identity.roles[role]]]
    }),
  )
  return { ...identity, roles: { ...identity.roles, ...Object.fromEntries(made) } }
}

/** The server is told first: a credential of a key that it does not know would be refused. */
export async function adopt({ authority, servers }: RotationPorts, identity: Identity): Promise<void> {
  await pushAccount(authority, servers, identity)
  await authority.home.write({ ...identity, revision: identity.revision + 1 })
}

/** Drops all but the newest key of roles, and remembers what they were. */
async function forget(
  { authority, clock }: RotationPorts,
  rotated: readonly Role[],
  because: string,
): Promise<Identity> {
  const identity = await authority.home.read()
  const gone = rotated.flatMap((role) => identity.roles[role].slice(1).map((entry) => ({ role, ...entry })))
  const after: Identity = {
    ...identity,
    revision: identity.revision + 1,
    roles: {
      ...identity.roles,
      ...Object.fromEntries(rotated.map((role) => [role, identity.roles[role].slice(0, 1)])),
    },
    retired: [
      ...identity.retired,
      ...gone.map(({ role, key, since }) => ({ role, key, since, until: clock.now(), because })),
    ],
  }
  await authority.home.write(after)
  return after
}
