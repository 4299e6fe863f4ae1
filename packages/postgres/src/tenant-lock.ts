import { RosterError } from '@roster/core'
import pg from 'pg'

/** A tenant that this process has to itself, until it is released or the process ends, however it ends. */
export interface TenantLock {
  release(): Promise<void>
}

/**
 * Keeps other processes that want a tenant of a server to themselves out. The lock is the server's, and belongs to a connection: it ends
 * with its process, also by SIGKILL. It guards against mistakes; what guards the records is the epoch of each partition.
 *
 * @throws RosterError `store-locked`
 */
export async function lockTenant(connectionString: string, tenant: string): Promise<TenantLock> {
  const client = new pg.Client({ connectionString, application_name: 'roster lock', keepAlive: true })
  // A connection that the server ends gives the lock away; without a listener Node would end the process.
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ locked: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('roster/' || $1, 0)) as locked`,
    [tenant],
  )
  const release = async (): Promise<void> => await client.end()
  if (rows[0]?.locked === true) return { release }
  await release()
  throw new RosterError('store-locked', `another process works for the team ${tenant} on this database`, {
    path: tenant,
    hint: 'Use its folder of state, so that this process can talk to it, or end it first.',
    retryable: true,
  })
}
