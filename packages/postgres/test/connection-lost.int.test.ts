import { describeWithServer, freshDatabase } from '@roster/testing/servers'
import pg from 'pg'
import { expect, it } from 'vitest'

import { postgresStore } from '../src/index.ts'

describeWithServer('postgres', 'a connection that the server ends', () => {
  it('while somebody holds it between two queries ends no process', async () => {
    await using database = await freshDatabase()
    const pool = new pg.Pool({ connectionString: database.url, max: 2 })
    await using store = await postgresStore({ pool, tenant: 'acme' })
    // Held as a transaction holds it.
    const [held, other] = [await pool.connect(), await pool.connect()]
    const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid')
    const ended = new Promise<void>((resolve) => void held.once('end', resolve))
    await other.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await ended
    held.release(true)
    other.release()
    expect(await store.head('acme/agent/ada')).toBeUndefined()
    await pool.end()
  })
})
