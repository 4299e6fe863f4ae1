import { RosterError } from '@roster/core'
import { Client, Connection } from '@temporalio/client'
import { NativeConnection } from '@temporalio/worker'

import { installRuntime } from '../worker/install-runtime.ts'
import { keepAttributes, missingAttributes } from './keep-attributes.ts'

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
  /** Adds the search attributes of tasks again where they are missing: a server whose store was lost knows none. */
  prepare(): Promise<void>
}

/**
 * Connects to a Temporal server, and adds the search attributes of tasks to it where they are missing.
 *
 * @throws RosterError `coordinator-unavailable` (retryable), `coordinator-unprepared`
 */
export async function connectTemporal({
  address,
  namespace = 'default',
}: TemporalAddress): Promise<TemporalConnection> {
  installRuntime()
  await using opening = new AsyncDisposableStack()
  const clients = opening.adopt(await reached(address, () => Connection.connect({ address })), (one) => one.close())
  const native = await reached(address, () => NativeConnection.connect({ address }))
  const connection = opening.adopt(native, (one) => one.close())
  const prepare = (): Promise<void> => keepAttributes(clients, namespace)
  await prepare()
  const open = opening.move()
  const client = new Client({ connection: clients, namespace })
  return { connection, prepare, client, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

/**
 * Looks at a Temporal server, without changing it: the names of the search attributes that it lacks.
 *
 * @throws RosterError `coordinator-unavailable` (retryable)
 */
export async function inspectTemporal({ address, namespace = 'default' }: TemporalAddress): Promise<readonly string[]> {
  const clients = await reached(address, () => Connection.connect({ address }))
  try {
    return (await missingAttributes(clients, namespace)).map(({ name }) => name)
  } finally {
    await clients.close()
  }
}

async function reached<T>(address: string, connect: () => Promise<T>): Promise<T> {
  try {
    return await connect()
  } catch (cause) {
    throw new RosterError('coordinator-unavailable', `no Temporal server answers at ${address}`, {
      path: address,
      hint: 'Start it (`npx roster servers up`), or give the address of one that runs.',
      retryable: true,
      cause,
    })
  }
}
