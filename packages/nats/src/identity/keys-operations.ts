import { setTimeout } from 'node:timers/promises'

import { RosterError, streamName, type Clock } from '@roster/core'

import { token } from '../subject.ts'
import type { Issued, NewIdentity } from './authority.ts'
import { credentialFile } from './credential-file.ts'
import { clientGrant, replyPrefix, type ClientScopes } from './grant.ts'
import type { Identity } from './identity.ts'
import { nameOf } from './renewal.ts'
import { pushAccount } from './push-account.ts'
import { revoke } from './revoke.ts'
import { rotate, type Rotation, type RotationPorts } from './rotate.ts'
import { serverConfig } from './server-config.ts'
import { authorityOf, holderKeys } from './team-credentials.ts'

/** Where the keys are that something is done with. */
export interface KeysPlace {
  /** The team's folder of state. */
  readonly folder: string
  readonly clock: Clock
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** Whom a credential is for, and what it lets them do. */
export interface IssueTerms extends ClientScopes {
  readonly name: string
  /** In seconds, an hour at most. */
  readonly seconds: number
}

/** A credential for somebody outside. */
export interface IssuedFile extends Pick<Issued, 'expiresAt'> {
  readonly name: string
  readonly key: string
  /** Where it hears replies: the client is to be told, since it may hear nowhere else. */
  readonly inboxPrefix: string
  readonly file: string
}

/** A colleague, or somebody outside. */
export interface Named {
  readonly name: string
  /** Whether it is a client, and no colleague. @defaultValue false */
  readonly client?: boolean
  /** The team of a colleague. @defaultValue the tenant */
  readonly team?: string
}

/** Whom to take off the bus, and why. */
export interface RevokeTerms extends Named {
  readonly because: string
  readonly graceMs?: number
}

/** What is done with the keys of a team's folder. */
export interface KeysOperations {
  /** Whether there are keys. */
  exists(): Promise<boolean>
  init(terms: NewIdentity): Promise<Identity>
  show(): Promise<Identity>
  /** What a server is to be started with. @param accounts folder in which the server keeps what it knows of accounts */
  config(accounts: string): Promise<string>
  /** Tells servers of the account as it stands. */
  push(servers: readonly string[]): Promise<Identity>
  rotate(
    servers: readonly string[],
    terms: { readonly because: string; readonly graceMs?: number },
  ): Promise<readonly Rotation[]>
  revoke(
    servers: readonly string[],
    terms: RevokeTerms,
  ): Promise<{ readonly key: string; readonly rotated: readonly Rotation[] }>
  /** Gives a revoked holder a new key, which it takes up at its next start. */
  reinstate(who: Named): Promise<void>
  issue(terms: IssueTerms): Promise<IssuedFile>
}

/** The keys of a team's folder of state, for whoever administers them. */
export function keysOperations({ folder, clock, env = {} }: KeysPlace): KeysOperations {
  const authority = authorityOf(folder, clock, env)
  const holders = holderKeys(folder)
  const ports = (servers: readonly string[]): RotationPorts => ({
    authority,
    clock,
    servers,
    pause: (ms) => setTimeout(ms),
  })
  const find = async (who: Named): Promise<{ readonly holder: string; readonly key: string }> => {
    const team = who.team ?? (await authority.home.read()).tenant
    for (const holder of holdersOf(who, team)) {
      const key = await holders.publicKey(holder)
      if (key !== undefined) return { holder, key }
    }
    throw unknownHolder(who.name)
  }
  return {
    exists: () => authority.home.exists(),
    init: (terms) => authority.init(terms),
    show: () => authority.home.read(),
    config: async (accounts) => serverConfig(await authority.trust(), accounts),
    async push(servers) {
      const identity = await authority.home.read()
      await pushAccount(authority, servers, identity)
      return identity
    },
    rotate: (servers, terms) => rotate(ports(servers), terms),
    async revoke(servers, { because, graceMs, ...who }) {
      const { key } = await find(who)
      const role = who.client === true ? 'client' : 'colleague'
      const grace = graceMs === undefined ? {} : { graceMs }
      const rotated = await revoke(ports(servers), { role, name: who.name, key, because, ...grace })
      return { key, rotated }
    },
    reinstate: async (who) => holders.setAside((await find(who)).holder),
    async issue({ name, seconds, ...scopes }) {
      const grant = clientGrant(name, scopes)
      const key = await holders.of(nameOf(grant))
      const issued = await authority.issue(grant, key.publicKey, seconds)
      return {
        name,
        key: key.publicKey,
        expiresAt: issued.expiresAt,
        inboxPrefix: replyPrefix(grant),
        file: credentialFile(issued, key),
      }
    },
  }
}

/** Names under which the key of somebody may be kept. */
function holdersOf({ name, client = false }: Named, team: string): readonly string[] {
  if (client) return [`client:${token(name)}`]
  return [token(streamName.agent(team, name)), token(streamName.person(team, name))]
}

function unknownHolder(name: string): RosterError {
  return new RosterError('unknown-colleague', `${name} has no key for the bus in this folder`, {
    path: name,
    hint: 'It gets one at its first start on the bus. Name the folder in which it has started with --folder.',
  })
}
