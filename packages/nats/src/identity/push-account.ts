import { RosterError } from '@roster/core'
import { connect } from '@nats-io/transport-node'

import { authenticatorOf } from './authenticator.ts'
import { busError } from '../map-error.ts'
import type { Authority } from './authority.ts'
import type { Identity } from './identity.ts'
import { newNkey } from './nkey.ts'
import { isRefusal } from './probe.ts'

interface Answer {
  readonly data?: { readonly code?: number }
  readonly error?: { readonly code?: number; readonly description?: string }
}

/** How long the server has to answer, in milliseconds. */
const patienceMs = 5000

/**
 * Tells a server of the account as an identity describes it: from its answer on it refuses whom the account refuses, and ends their
 * connections.
 *
 * @throws RosterError `credential-refused` when the server trusts another operator, or refuses the account; `bus-unavailable`.
 */
export async function pushAccount(authority: Authority, servers: readonly string[], identity: Identity): Promise<void> {
  const account = await authority.accountJwt(identity)
  const key = newNkey('user')
  const { jwt } = await authority.issueSystem(key.publicKey)
  await using connection = await connectAsSystem()
  const reply = await connection.nats.request('$SYS.REQ.CLAIMS.UPDATE', account, { timeout: patienceMs })
  const { data, error } = reply.json<Answer>()
  if (data?.code !== 200) {
    throw new RosterError(
      'credential-refused',
      `the server refuses the account: ${error?.description ?? reply.string()}`,
      {
        hint: 'Start it with the configuration that `roster keys config` prints.',
      },
    )
  }

  async function connectAsSystem(): Promise<{ nats: Awaited<ReturnType<typeof connect>> } & AsyncDisposable> {
    try {
      const nats = await connect({
        servers: [...servers],
        authenticator: authenticatorOf(() => jwt, key),
        inboxPrefix: '_INBOX.@system',
        name: 'roster keys',
        reconnect: false,
        timeout: patienceMs,
      })
      return { nats, [Symbol.asyncDispose]: () => nats.close() }
    } catch (cause) {
      if (!isRefusal(cause)) throw busError(cause, `telling ${servers.join(', ')} of the account`)
      throw new RosterError('credential-refused', `the server at ${servers.join(', ')} trusts another operator`, {
        path: servers[0] ?? '',
        hint: 'Start it with the configuration that `roster keys config` prints, or name the folder of its keys with --folder.',
        cause,
      })
    }
  }
}
