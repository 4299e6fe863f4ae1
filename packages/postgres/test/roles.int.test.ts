import { appendRequest, newMessage } from '@roster/testing'
import { describeWithServer, freshDatabase, type FreshDatabase } from '@roster/testing/servers'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresStore } from '../src/index.ts'
import { attacks, makeWriter } from './attacks.ts'

for (const server of ['postgres', 'system-postgres'] as const) {
  describeWithServer(server, `roles on ${server}`, () => {
    const login = `login_${Math.trunc(performance.timeOrigin)}_${server.replace('-', '_')}`
    let database: FreshDatabase
    let admin: pg.Pool
    let writer: pg.Pool

    beforeAll(async () => {
      database = await freshDatabase({ server })
      admin = new pg.Pool({ connectionString: database.url, max: 2 })
      const store = await postgresStore({ pool: admin, tenant: 'acme' })
      await store.accept({ client: 'client/c', key: 'k', answer: '{}', pending: [newMessage('m')] })
      await store.append([appendRequest({ cause: { id: 'm' }, fence: null, pending: [newMessage('n')] })])
      writer = await makeWriter(admin, database.url, login)
    })
    afterAll(async () => {
      await writer.end()
      await admin.query(`drop role ${login}`)
      admin.on('error', () => {})
      await database[Symbol.asyncDispose]()
      await admin.end()
    })

    describe('the writer and reader', () => {
      it('can do all that a store does', async () => {
        const store = await postgresStore({ pool: writer, tenant: 'acme', migrate: false })
        const { record } = appendRequest({})
        const second = appendRequest({ after: record, cause: { id: 'n' }, fence: null })
        expect(await store.append([second])).toMatchObject([{ kind: 'appended', version: 2, position: 2 }])
        expect(await store.claim('host', 1000, 1)).toHaveLength(1)
        expect(await store.getBlob(await store.putBlob('text'))).toBe('text')
        await store.saveSnapshot('acme/agent/ada', 2, '{}')
        expect(await store.deleteSnapshots()).toBe(1)
        expect(await store.pendingIn([0, 1], { dueBy: 0 })).toEqual([])
        expect(
          await store.catchUp({ name: 'p', version: 1, keys: () => ['k'], apply: (_, view) => view.put('k', 'v') }),
        ).toBe(2)
        expect(await store.rows('p')).toEqual([{ key: 'k', value: 'v' }])
        expect(await store.lag('p')).toEqual({ checkpoint: 2, end: 2 })
      })

      it.each(attacks)('is refused %s', async (_, sql) => {
        await expect(writer.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|42P01|42P17)$/) })
      })

      it('has left everything as it was', async () => {
        const { rows } = await admin.query(
          `select count(*)::int as records, max(version)::int as version from roster.records`,
        )
        expect(rows).toEqual([{ records: 2, version: 2 }])
      })
    })

    describe('the functions', () => {
      it('are closed to others', async () => {
        const { rows } = await admin.query(`select proname from pg_proc where pronamespace = 'roster'::regnamespace
          and has_function_privilege('public', oid, 'execute')`)
        expect(rows).toEqual([])
      })

      it('belong to roster_migrator, run with its rights, and find names in their own schema first', async () => {
        const { rows } = await admin.query(`select proname from pg_proc where pronamespace = 'roster'::regnamespace
          and (proowner <> 'roster_migrator'::regrole or prosecdef and not 'search_path=roster, pg_temp' = any (proconfig))`)
        expect(rows).toEqual([])
      })

      it('are not led astray by objects of the caller', async () => {
        const client = await writer.connect()
        await client.query(
          `create temporary table counters (tenant text, position bigint); set search_path = pg_temp, roster`,
        )
        const [{ position }] = (await client.query(`select position from roster.counters`)).rows
        await client.query(`select * from roster.claim('acme', 'host', 1, 1)`)
        expect((await client.query(`select count(*)::int as count from pg_temp.counters`)).rows).toEqual([{ count: 0 }])
        expect(Number(position)).toBe(2)
        await client.query('drop table pg_temp.counters')
        client.release(true)
      })
    })

    it('lets the migrator own every table and none be owned by the writer', async () => {
      const { rows } = await admin.query(`select relname from pg_class where relnamespace = 'roster'::regnamespace
        and relkind in ('r', 'p', 'S') and relname not like 'kysely%' and relowner <> 'roster_migrator'::regrole`)
      expect(rows).toEqual([])
    })
  })
}
