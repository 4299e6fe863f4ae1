import { failureOf, isRosterError, type Clock, type Failure } from '@roster/core'

import { longestLife, type Issued, type Issuer } from './authority.ts'
import type { Grant } from './grant.ts'
import type { Nkey } from './nkey.ts'

/** What happened to a credential. */
export type CredentialObservation =
  | { readonly kind: 'renewed'; readonly name: string; readonly expiresAt: number; readonly signer: string }
  | { readonly kind: 'renewal-failed'; readonly name: string; readonly expiresAt: number; readonly failure: Failure }
  /** Its holder was revoked: it has no credential here any more. */
  | { readonly kind: 'credential-revoked'; readonly name: string; readonly failure: Failure }

/** A credential in use. `jwt` is the one that was proven last. */
export interface Held {
  readonly grant: Grant
  readonly key: Nkey
  readonly issued: Issued
}

/** How credentials are renewed. */
export interface RenewalOptions {
  readonly issuer: Issuer
  readonly clock: Clock
  /** Proves a credential before it is adopted; rejects when the bus refuses it. */
  readonly prove: (jwt: string, key: Nkey) => Promise<void>
  /** How long a credential lives, in seconds. @defaultValue 3600, which is also the most */
  readonly lifeSeconds?: number
  readonly observe?: (observation: CredentialObservation) => void
  /** Hears of each holder that was revoked. */
  readonly letGo?: (name: string) => void
}

/** Credentials that are proven at the same time. */
const atOnce = 16

/**
 * The one owner of the credentials of a process.
 *
 * N1 A credential is renewed when half of its life is over, or when another key signs for its role: never by whoever connects with it.
 * N2 A new one is adopted only after a connection of its own has shown that the bus takes it; until then the one before stays.
 * N3 A holder that was revoked is let go, and asked for anew by whoever needs it: reinstated, it comes with another key.
 * N4 One round of renewal runs at a time. What fails is tried again in the next, and reported each time with the command that mends it.
 */
export class Renewal {
  readonly #options: RenewalOptions
  readonly #held = new Map<string, Held>()
  readonly #asked = new Map<string, Promise<Held>>()
  #round: Promise<void> | undefined

  constructor(options: RenewalOptions) {
    this.#options = options
  }

  /** The credential of a holder: the one in use, or its first. */
  async hold(grant: Grant, key: Nkey): Promise<() => string> {
    const name = nameOf(grant)
    if (!this.#held.has(name)) {
      const asked = this.#asked.get(name) ?? this.#first(grant, key)
      this.#asked.set(name, asked)
      try {
        this.#held.set(name, await asked)
      } finally {
        this.#asked.delete(name)
      }
    }
    return () => this.#held.get(name)?.issued.jwt ?? ''
  }

  /** Renews what is due; resolves when all of it was tried. */
  async renew(): Promise<void> {
    this.#round ??= this.#renewAll().finally(() => (this.#round = undefined))
    await this.#round
  }

  async #renewAll(): Promise<void> {
    const due: Held[] = []
    for (const held of this.#held.values()) if (await this.#isDue(held)) due.push(held)
    for (let from = 0; from < due.length; from += atOnce)
      await Promise.all(due.slice(from, from + atOnce).map((held) => this.#renewOne(held)))
  }

  async #isDue({ grant, issued }: Held): Promise<boolean> {
    const { clock, issuer } = this.#options
    if (issued.expiresAt * 1000 - clock.now() <= (this.#life * 1000) / 2) return true
    // Without word from the issuer the old one stays: its own end makes it due.
    return (await issuer.signer(grant.role).catch(() => issued.signer)) !== issued.signer
  }

  async #renewOne(held: Held): Promise<void> {
    const { grant, key } = held
    const name = nameOf(grant)
    try {
      const issued = await this.#options.issuer.issue(grant, key.publicKey, this.#life)
      await this.#options.prove(issued.jwt, key)
      this.#held.set(name, { grant, key, issued })
      this.#options.observe?.({ kind: 'renewed', name, expiresAt: issued.expiresAt, signer: issued.signer })
    } catch (error) {
      if (isRosterError(error, 'denied')) {
        this.#held.delete(name)
        this.#options.observe?.({ kind: 'credential-revoked', name, failure: failureOf(error) })
        this.#options.letGo?.(name)
        return
      }
      const { expiresAt } = held.issued
      this.#options.observe?.({ kind: 'renewal-failed', name, expiresAt, failure: failureOf(error) })
    }
  }

  async #first(grant: Grant, key: Nkey): Promise<Held> {
    return { grant, key, issued: await this.#options.issuer.issue(grant, key.publicKey, this.#life) }
  }

  get #life(): number {
    return this.#options.lifeSeconds ?? longestLife
  }
}

/** Names of holders are those of their roles: a client can have the name of a colleague. */
export function nameOf({ role, name }: Grant): string {
  return role === 'colleague' ? name : `${role}:${name}`
}
