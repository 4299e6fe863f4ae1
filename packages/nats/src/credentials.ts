import type { ConnectionOptions } from '@nats-io/nats-core'

/**
 * Who opens a connection: a colleague under its own name, or a part of Roster that acts for itself.
 *
 * `host` consumes what comes for its partitions, `coordinator` takes tasks from outside and publishes what clients sent, `administrator`
 * makes the JetStream streams, `client` is somebody outside under a name of their own.
 */
export type Principal =
  | { readonly role: 'colleague'; readonly team: string; readonly name: string }
  | { readonly role: 'client'; readonly name: string }
  | { readonly role: 'host' | 'coordinator' | 'administrator'; readonly name: string }

/** Where connections get their servers and their proof of identity from. */
export interface Credentials {
  /**
   * How to connect as somebody: servers, authenticator, reply prefix. Asked once for each connection; an authenticator that is a function
   * is asked again by the library at every reconnect, so a renewed credential is adopted there.
   *
   * @throws RosterError `denied` for whoever has no credential here, or was revoked.
   */
  connectionFor(principal: Principal): Promise<ConnectionOptions>
  /** Tells of each principal that was revoked: its connection is of no use any more. */
  onRevoked?(heard: (principal: Principal) => void): void
  /** Whether everybody connects as the same: one connection for a process is enough then. @defaultValue false */
  readonly shared?: boolean
}

/** The same connection for everybody: for a server without accounts, on one machine. The server proves nothing then. */
export function oneCredential(options: ConnectionOptions): Credentials {
  return { connectionFor: async () => options, shared: true }
}
