import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { callText, type Database } from './database.ts'
import { mapError } from './map-error.ts'
import { migrate } from './migration/migrate.ts'
import { sqlStore, type SqlStore } from './sql-store.ts'
import { lockTenant, type TenantLock } from './tenant-lock.ts'
import type { Tables } from './tables.ts'

export interface PostgresStoreOptions {
  readonly tenant: string
  /** Where the server is, as a URL. Either this or `pool`. */
  readonly connectionString?: string
  /** A pool that the caller keeps and ends. */
  readonly pool?: pg.Pool
  /** Connections at most, when there is no `pool`. Three of them append. @defaultValue 8 */
  readonly maxConnections?: number
  /** Whether to bring the schema up to date first, which needs a user who may. @defaultValue true */
  readonly migrate?: boolean
  /** Whether no other process may have the tenant in this way at the same time; needs `connectionString`. @defaultValue false */
  readonly exclusive?: boolean
}

/**
 * The event store of one tenant on a PostgreSQL server, 15 or later.
 *
 * @throws RosterError `store-unavailable` when the server cannot be reached or refuses the user, `store-locked` when it is to be
 * exclusive and another process has the tenant.
 */
export async function postgresStore(options: PostgresStoreOptions): Promise<SqlStore> {
  const { tenant, connectionString, maxConnections = 8 } = options
  const lock = await lockOf(options)
  const pool =
    options.pool ??
    new pg.Pool({
      connectionString,
      max: maxConnections,
      application_name: 'roster',
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 600_000,
    })
  // A connection that the server ends is replaced when next needed, and who was using it is told by its query. Without listeners Node would end
  // the process: the pool's is for idle connections, each connection's own for one that somebody holds between two queries.
  const ignore = (): void => {}
  const guard = (client: pg.PoolClient): void => void client.on('error', ignore)
  pool.on('error', ignore)
  pool.on('connect', guard)
  const database = postgresDatabase(pool, async () => {
    if (options.pool === undefined) await pool.end()
    else pool.off('error', ignore).off('connect', guard)
    await lock?.release()
  })
  try {
    if (options.migrate ?? true) await migrate(database.kysely as unknown as Kysely<never>)
    return await sqlStore(database, tenant)
  } catch (error) {
    await database.close()
    throw mapError(error)
  }
}

async function lockOf({ exclusive, connectionString, tenant }: PostgresStoreOptions): Promise<TenantLock | undefined> {
  if (exclusive !== true || connectionString === undefined) return undefined
  try {
    return await lockTenant(connectionString, tenant)
  } catch (error) {
    throw mapError(error)
  }
}

const names = new Map<string, string>()

/**
 * A pool whose selects of named columns are prepared on their connection: to plan one costs the server more than to run it. One of `*` is
 * not, because it would fail on a connection that saw the table before a migration.
 */
function preparing(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect()
      return {
        query: (text: string, values: readonly unknown[]) =>
          client.query({ ...nameOf(text), text, values: [...values] }),
        release: () => client.release(),
      } as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  } as PostgresPool
}

function nameOf(text: string): { readonly name?: string } {
  if (!text.startsWith('select "') || text.includes(' in (')) return {}
  const name = names.get(text) ?? `roster.select.${names.size + 1}`
  names.set(text, name)
  return { name }
}

function postgresDatabase(pool: pg.Pool, close: () => Promise<void>): Database {
  return {
    appendsInFlight: 3,
    kysely: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) }).withSchema('roster'),
    async call<Row extends object>(name: string, args: readonly unknown[]) {
      const { rows } = await pool.query<Row>({
        name: `roster.${name}`,
        text: callText(name, args.length),
        values: [...args],
      })
      return rows
    },
    close,
  }
}
