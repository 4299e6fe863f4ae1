import { rename } from 'node:fs/promises'

import { RosterError, type Clock } from '@roster/core'

import { accountJwt, operatorJwt, systemJwt, userJwt, type AccountLimits } from './claims.ts'
import type { Grant } from './grant.ts'
import { identityFolder, type IdentityFolder } from './identity-folder.ts'
import { signerOf, type Identity, type KeyEntry } from './identity.ts'
import type { Nkey } from './nkey.ts'
import { roles, type Role } from './role.ts'
import { folderSeeds, type SeedStore } from './seed-store.ts'
import type { Trust } from './server-config.ts'

/** The longest that a credential lives, in seconds. Short lives beat lists of revocations. */
export const longestLife = 3600

/** A credential that was issued. */
export interface Issued {
  readonly jwt: string
  /** In seconds since 1970. */
  readonly expiresAt: number
  /** Public key of the signing key, by which the server knows the role. */
  readonly signer: string
}

/** Gives credentials to holders of keys. */
export interface Issuer {
  /**
   * Issues a credential for the holder of a key, for at most an hour.
   *
   * @param seconds how long it lives. @defaultValue an hour
   * @throws RosterError `denied` for a key that was revoked, `usage` for a longer life, `identity-missing` without the signing key.
   */
  issue(grant: Grant, holder: string, seconds?: number): Promise<Issued>
  /** Public key of the key that signs for a role now: what another one signed is to be renewed. */
  signer(role: Role): Promise<string>
}

/** Where an authority's keys are. */
export interface AuthorityOptions {
  readonly folder: string
  readonly clock: Clock
  /** Where `env:` references are looked up. @defaultValue none */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly limits?: AccountLimits
}

/** How a new identity is made. */
export interface NewIdentity {
  readonly tenant: string
  /** References to seeds that exist already, by a secret store; the others are made here. */
  readonly seeds?: { readonly operator?: string; readonly account?: string }
  /** Whether keys that are there are set aside. @defaultValue false: then they are refused. */
  readonly force?: boolean
}

/** Whoever holds the signing keys: makes the operator's, the accounts' and the users' JWTs. */
export class Authority implements Issuer {
  readonly home: IdentityFolder
  readonly seeds: SeedStore
  readonly #clock: Clock
  readonly #limits: AccountLimits
  readonly #opened = new Map<string, Nkey>()

  constructor({ folder, clock, env = {}, limits = {} }: AuthorityOptions) {
    this.home = identityFolder(folder)
    this.seeds = folderSeeds(folder, env)
    this.#clock = clock
    this.#limits = limits
  }

  /**
   * Makes operator, account, system account and a signing key for each role.
   *
   * @throws RosterError `identity-invalid` when there are keys already.
   */
  async init({ tenant, seeds = {}, force = false }: NewIdentity): Promise<Identity> {
    if (await this.home.exists()) {
      if (!force) throw alreadyThere(this.home.folder)
      await rename(this.home.folder, `${this.home.folder}.until-${this.#clock.now()}`)
    }
    const identity: Identity = {
      format: 'roster.identity.1',
      revision: 1,
      tenant,
      operator: await this.#entry('operator', 'operator', seeds.operator),
      operatorSigning: await this.#entry('operator', 'operator-signing'),
      account: await this.#entry('account', 'account', seeds.account),
      system: await this.#entry('account', 'system'),
      systemSigning: await this.#entry('account', 'system-signing'),
      roles: Object.fromEntries(
        await Promise.all(roles.map(async (role) => [role, [await this.newRoleKey(role)]])),
      ) as Identity['roles'],
      retired: [],
      revoked: [],
    }
    await this.home.write(identity)
    return identity
  }

  /** A new signing key of a role; it counts once it is in the identity and the server knows the account. */
  async newRoleKey(role: Role): Promise<KeyEntry> {
    return await this.#entry('account', role)
  }

  /** What a server must be told to trust this authority. */
  async trust(): Promise<Trust> {
    const identity = await this.home.read()
    const signer = await this.#open('operator', identity.operatorSigning)
    return {
      operatorJwt: await operatorJwt(identity, await this.#open('operator', identity.operator)),
      account: { key: identity.account.key, jwt: await this.accountJwt(identity) },
      system: { key: identity.system.key, jwt: await systemJwt(identity, signer) },
    }
  }

  /** The account as it is to be known by the server. */
  async accountJwt(identity: Identity): Promise<string> {
    return await accountJwt(identity, await this.#open('operator', identity.operatorSigning), this.#limits)
  }

  async issue(grant: Grant, holder: string, seconds: number = longestLife): Promise<Issued> {
    assertLife(seconds)
    const identity = await this.home.read()
    const revoked = identity.revoked.find(({ key }) => key === holder)
    if (revoked !== undefined) {
      throw new RosterError('denied', `the key of ${revoked.name} was revoked: ${revoked.because}`, {
        path: holder,
        hint: `If ${revoked.name} is to come back, give it a new key: \`roster credentials reinstate ${revoked.name}\`.`,
      })
    }
    const signer = signerOf(identity, grant.role)
    const expiresAt = Math.floor(this.#clock.now() / 1000) + seconds
    const key = await this.#open('account', signer)
    const jwt = await userJwt(grant, key, { holder, account: identity.account.key, expiresAt })
    return { jwt, expiresAt, signer: signer.key }
  }

  async signer(role: Role): Promise<string> {
    return signerOf(await this.home.read(), role).key
  }

  /** A credential for the system account, for a minute: to tell the server of the account. */
  async issueSystem(holder: string): Promise<Issued> {
    const { system, systemSigning } = await this.home.read()
    const expiresAt = Math.floor(this.#clock.now() / 1000) + 60
    const key = await this.#open('account', systemSigning)
    const jwt = await userJwt({ name: 'system', tags: [] }, key, { holder, account: system.key, expiresAt })
    return { jwt, expiresAt, signer: systemSigning.key }
  }

  async #entry(kind: 'operator' | 'account', name: string, reference?: string): Promise<KeyEntry> {
    const since = this.#clock.now()
    if (reference !== undefined) {
      const { publicKey } = await this.seeds.open(kind, reference)
      return { key: publicKey, seed: reference, since }
    }
    const { nkey, seed } = await this.seeds.make(kind, name)
    return { key: nkey.publicKey, seed, since }
  }

  async #open(kind: 'operator' | 'account', { key, seed }: KeyEntry): Promise<Nkey> {
    const known = this.#opened.get(key)
    if (known !== undefined) return known
    const nkey = await this.seeds.open(kind, seed)
    if (nkey.publicKey !== key) {
      throw new RosterError('identity-invalid', `the seed at ${seed} belongs to another key than ${key}`, {
        path: seed,
        hint: 'Put back the seed that belongs to it, from your backup.',
      })
    }
    this.#opened.set(key, nkey)
    return nkey
  }
}

function assertLife(seconds: number): void {
  if (Number.isSafeInteger(seconds) && seconds >= 1 && seconds <= longestLife) return
  throw new RosterError('usage', `a credential lives between 1 second and an hour, not ${seconds} seconds`, {
    path: 'expires',
    hint: 'Give it at most 1h; it is issued again when it is needed longer.',
  })
}

function alreadyThere(folder: string): RosterError {
  return new RosterError('identity-invalid', `there are keys in ${folder} already`, {
    path: folder,
    hint: 'Use them; or set them aside and make new ones with --force: every server must then be configured anew.',
  })
}
