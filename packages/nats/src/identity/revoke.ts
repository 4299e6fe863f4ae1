import { adopt, rotate, type Rotation, type RotationPorts, type RotationTerms } from './rotate.ts'
import type { Role } from './role.ts'

/** Whose credentials count no more, and why. */
export interface Revoking extends Pick<RotationTerms, 'graceMs'> {
  readonly role: Role
  readonly name: string
  /** Public key of the holder. */
  readonly key: string
  readonly because: string
}

/**
 * Takes a holder off the bus: when this resolves, the server has ended its connections and refuses its key. A revocation says "issued
 * before", so the key that signs for its role is replaced too; the others of the role get credentials of the new key meanwhile.
 *
 * `off` resolves as soon as the holder is off, before the rotation.
 */
export async function revoke(
  ports: RotationPorts,
  { role, name, key, because, graceMs }: Revoking,
  off: () => void = () => {},
): Promise<readonly Rotation[]> {
  const { authority, clock } = ports
  const identity = await authority.home.read()
  const at = Math.floor(clock.now() / 1000)
  const revoked = [...identity.revoked.filter((one) => one.key !== key), { key, name, at, because }]
  await adopt(ports, { ...identity, revoked })
  off()
  return await rotate(ports, { roles: [role], because: `${name} was revoked: ${because}`, ...grace(graceMs) })
}

function grace(graceMs: number | undefined): Pick<RotationTerms, 'graceMs'> {
  return graceMs === undefined ? {} : { graceMs }
}
