import type { ConnectionOptions } from '@nats-io/nats-core'

import type { Credentials, Principal } from '../credentials.ts'
import { authenticatorOf } from './authenticator.ts'
import type { Grant } from './grant.ts'
import { replyPrefix } from './grant.ts'
import type { HolderKeys } from './holder-keys.ts'
import { probe } from './probe.ts'
import { nameOf, Renewal, type RenewalOptions } from './renewal.ts'

/** What the credentials of a process are made of. */
export interface BusCredentialsOptions extends Omit<RenewalOptions, 'prove' | 'letGo'> {
  readonly servers: readonly string[]
  readonly keys: HolderKeys
  /** What somebody is granted. @throws RosterError `denied` for whoever gets nothing here. */
  readonly grantOf: (principal: Principal) => Grant
  /** How often what is due is looked for, in milliseconds. @defaultValue 1000 */
  readonly everyMs?: number
}

/** Proof of identity for each connection of this process, renewed for as long as it is not disposed of. */
export class BusCredentials implements Credentials, AsyncDisposable {
  readonly #options: BusCredentialsOptions
  readonly #renewal: Renewal
  readonly #timer: NodeJS.Timeout
  readonly #principals = new Map<string, Principal>()
  #heard: (principal: Principal) => void = () => {}

  constructor(options: BusCredentialsOptions) {
    const { servers, everyMs = 1000 } = options
    this.#options = options
    this.#renewal = new Renewal({
      ...options,
      prove: (jwt, key) => probe(servers, jwt, key),
      letGo: (name) => {
        const principal = this.#principals.get(name)
        if (principal !== undefined) this.#heard(principal)
      },
    })
    this.#timer = setInterval(() => void this.#renewal.renew(), everyMs)
    this.#timer.unref()
  }

  async connectionFor(principal: Principal): Promise<ConnectionOptions> {
    const { servers, keys, grantOf } = this.#options
    const grant = grantOf(principal)
    const key = await keys.of(nameOf(grant))
    this.#principals.set(nameOf(grant), principal)
    return {
      servers: [...servers],
      authenticator: authenticatorOf(await this.#renewal.hold(grant, key), key),
      inboxPrefix: replyPrefix(grant),
      name: nameOf(grant),
      // A connection outlives its credential, and the server ends it when that one expires or its signing key goes: both are mended by
      // connecting again with the credential of then.
      ignoreAuthErrorAbort: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 200,
    }
  }

  onRevoked(heard: (principal: Principal) => void): void {
    this.#heard = heard
  }

  /** Renews what is due now, without waiting for its turn. */
  async renew(): Promise<void> {
    await this.#renewal.renew()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.#renewal.renew()
  }
}
