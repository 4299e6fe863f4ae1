import { RosterError } from '@roster/core'
import { Client, Connection } from '@temporalio/client'
import { NativeConnection } from '@temporalio/worker'

/** Where a Temporal server is. */
export interface TemporalAddress {
  /** Host and port: `127.0.0.1:7233`. */
  readonly address: string
  /** @defaultValue `default` */
  readonly namespace?: string
}

/** Connections to a server: one for clients, one for workers. Disposing of it closes both. */
export interface TemporalConnection extends AsyncDisposable {
  readonly client: Client
  readonly connection: NativeConnection
}

/** Connects to a Temporal server. @throws RosterError `coordinator-unavailable` (retryable) */
export async function connectTemporal({
  address,
  namespace = 'default',
}: TemporalAddress): Promise<TemporalConnection> {
  try {
    const connection = await NativeConnection.connect({ address })
    const clients = await Connection.connect({ address })
    return {
      connection,
      client: new Client({ connection: clients, namespace }),
      async [Symbol.asyncDispose]() {
        await clients.close()
        await connection.close()
      },
    }
  } catch (cause) {
    throw new RosterError('coordinator-unavailable', `no Temporal server answers at ${address}`, {
      path: address,
      hint: 'Start it (`npx roster servers up`), or give the address of one that runs.',
      retryable: true,
      cause,
    })
  }
}
