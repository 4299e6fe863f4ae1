import {
  encodeAccount,
  encodeOperator,
  encodeUser,
  newScopedSigner,
  type Account,
  type KeyPair,
  type Operator,
} from '@nats-io/jwt'

import type { Grant } from './grant.ts'
import type { Identity } from './identity.ts'
import { roles, templates, type Template } from './role.ts'

/** What a tenant's account may use. Without explicit limits an account refuses every connection. */
export interface AccountLimits {
  /** @defaultValue 20000 */
  readonly connections?: number
  /** Bytes that its JetStream streams may keep on disk. @defaultValue -1, unlimited */
  readonly diskBytes?: number
  /** Bytes that they may keep in memory. @defaultValue -1, unlimited */
  readonly memoryBytes?: number
}

const unlimited = -1

/** No more of these than Roster makes. */
const most = { streams: 16, consumers: 1000 }

/** The operator, who lets accounts be signed by the signing key only, and users by signing keys of their account only. */
export async function operatorJwt({ tenant, operatorSigning, system }: Identity, key: KeyPair): Promise<string> {
  const claims: Partial<Operator> & { readonly strict_signing_key_usage: boolean } = {
    signing_keys: [operatorSigning.key],
    system_account: system.key,
    strict_signing_key_usage: true,
  }
  return await encodeOperator(`roster ${tenant}`, key, claims)
}

/** The tenant's account as the server is to know it: a scoped signing key for each role, who is revoked, and what it may use. */
export async function accountJwt(identity: Identity, signer: KeyPair, limits: AccountLimits = {}): Promise<string> {
  const { connections = 20_000, diskBytes = unlimited, memoryBytes = unlimited } = limits
  const signing = roles.flatMap((role) => identity.roles[role].map(({ key }) => scoped(key, role, templates[role])))
  const account: Account = {
    version: 2,
    limits: {
      subs: unlimited,
      data: unlimited,
      payload: unlimited,
      imports: 0,
      exports: 0,
      wildcards: false,
      conn: connections,
      leaf: 0,
      disallow_bearer: true,
      mem_storage: memoryBytes,
      disk_storage: diskBytes,
      streams: most.streams,
      consumer: most.consumers,
      max_ack_pending: unlimited,
    },
    signing_keys: signing,
    revocations: Object.fromEntries(identity.revoked.map(({ key, at }) => [key, at])),
    default_permissions: { pub: { deny: ['>'] }, sub: { deny: ['>'] } },
  }
  return await encodeAccount(identity.tenant, identity.account.key, account, { signer })
}

/** What the one who administers accounts may do with the server: tell it of an account, and ask what it knows. */
const systemTemplate: Template = {
  pub: { allow: ['$SYS.REQ.CLAIMS.UPDATE', '$SYS.REQ.ACCOUNT.*.CLAIMS.LOOKUP', '$SYS.REQ.ACCOUNT.*.CONNZ'] },
  sub: { allow: ['_INBOX.@system.>'] },
}

/** The server's own account. */
export async function systemJwt({ system, systemSigning }: Identity, signer: KeyPair): Promise<string> {
  const account: Account = {
    version: 2,
    limits: {
      subs: unlimited,
      data: unlimited,
      payload: unlimited,
      imports: 0,
      exports: 0,
      wildcards: false,
      conn: 100,
      leaf: 0,
      disallow_bearer: true,
    },
    signing_keys: [scoped(systemSigning.key, 'system', systemTemplate)],
  }
  return await encodeAccount('SYS', system.key, account, { signer })
}

/** How a user JWT comes to be. */
export interface UserTerms {
  /** Public key of the holder. */
  readonly holder: string
  /** The account that it belongs to. */
  readonly account: string
  /** In seconds since 1970. */
  readonly expiresAt: number
}

/** A credential without permissions of its own: those of the role whose key signs it hold. */
export async function userJwt({ name, tags }: Omit<Grant, 'role'>, signer: KeyPair, terms: UserTerms): Promise<string> {
  const { holder, account, expiresAt } = terms
  const user = { tags: [...tags] }
  return await encodeUser(name, holder, account, user, { signer, scopedUser: true, exp: expiresAt })
}

function scoped(key: string, role: string, { pub, sub, resp }: Template): ReturnType<typeof newScopedSigner> {
  return newScopedSigner(key, role, {
    pub,
    sub,
    ...(resp === undefined ? {} : { resp: { ...resp } }),
    bearer_token: false,
    allowed_connection_types: ['STANDARD', 'WEBSOCKET'],
  })
}
