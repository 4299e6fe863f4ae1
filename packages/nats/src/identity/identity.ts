import type { Role } from './role.ts'

/** A key: its public text, and where its secret is (`file:…` in the folder of the identity, or `env:NAME`). Never the secret. */
export interface KeyEntry {
  readonly key: string
  readonly seed: string
  /** In milliseconds since 1970. */
  readonly since: number
}

/** A key that was replaced: what it signed until then is still to be explained. */
export interface RetiredKey {
  readonly role: Role
  readonly key: string
  readonly since: number
  readonly until: number
  readonly because: string
}

/** A holder whose credentials count no more, if they were issued before a time. */
export interface Revocation {
  /** Public key of the holder. */
  readonly key: string
  readonly name: string
  /** In seconds since 1970, as NATS counts. What was issued at this second or before is refused. */
  readonly at: number
  readonly because: string
}

/** Who the operator, the tenant's account and the roles are. Holds no secret: it may be shown and backed up. */
export interface Identity {
  readonly format: 'roster.identity.1'
  /** Raised by each change, so that two who change it at once find out. */
  readonly revision: number
  readonly tenant: string
  readonly operator: KeyEntry
  readonly operatorSigning: KeyEntry
  readonly account: KeyEntry
  readonly system: KeyEntry
  readonly systemSigning: KeyEntry
  /** Signing keys of each role: the first signs; the others are still accepted, during a rotation. */
  readonly roles: Readonly<Record<Role, readonly KeyEntry[]>>
  readonly retired: readonly RetiredKey[]
  readonly revoked: readonly Revocation[]
}

/** The key that signs for a role now. */
export function signerOf({ roles }: Identity, role: Role): KeyEntry {
  const [signer] = roles[role]
  if (signer === undefined) throw new TypeError(`no key signs for ${role}`)
  return signer
}
