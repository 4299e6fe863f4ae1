import { RosterError } from '@roster/core'
import { connect } from '@nats-io/transport-node'

import { authenticatorOf } from './authenticator.ts'
import type { Nkey } from './nkey.ts'

/** How long a server has to take a probe, in milliseconds. */
const patienceMs = 5000

/**
 * Proves a credential on a connection of its own, which is closed at once.
 *
 * @throws RosterError `credential-refused` when the server refuses it. A server that cannot be reached rejects with the library's own
 * error, which says nothing about the credential.
 */
export async function probe(servers: readonly string[], jwt: string, key: Nkey): Promise<void> {
  try {
    const connection = await connect({
      servers: [...servers],
      authenticator: authenticatorOf(() => jwt, key),
      name: 'probe',
      reconnect: false,
      timeout: patienceMs,
    })
    await connection.flush()
    await connection.close()
  } catch (error) {
    if (!isRefusal(error)) throw error
    throw refused(error)
  }
}

/** Whether a server was reached and said no, however the library words it. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    /authoriz|authentication|user jwt|credential|permission|revoked/i.test(`${error.name} ${error.message}`)
  )
}

function refused(cause: unknown): RosterError {
  return new RosterError('credential-refused', 'the bus refuses the new credential; the one before it stays in use', {
    hint: 'The server may not know the signing keys of this folder: tell it with `roster keys push`. Else compare the clocks of both machines.',
    cause,
  })
}
