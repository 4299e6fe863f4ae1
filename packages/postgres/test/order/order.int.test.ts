import type { Position } from '@roster/core'
import { describeWithServer, freshDatabase, type FreshDatabase } from '@roster/testing/servers'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { postgresStore, type SqlStore } from '../../src/index.ts'
import { runChild } from '../child.ts'

const runs = 10
const processes = 4
const appendsPerWriter = 12

describeWithServer('postgres', 'the order of a tenant', () => {
  let database: FreshDatabase
  let admin: pg.Pool
  let store: SqlStore

  beforeAll(async () => {
    database = await freshDatabase()
    admin = new pg.Pool({ connectionString: database.url, max: 3 })
    admin.on('error', () => {})
    store = await postgresStore({ pool: admin, tenant: 'acme' })
  })
  afterAll(async () => {
    await database[Symbol.asyncDispose]()
    await admin.end()
  })

  it(
    `has no gap and no repetition for a reader, in ${runs} runs of 16 writers in 4 processes with slow transactions, rollbacks and lost connections`,
    { timeout: 180_000 },
    async () => {
      const fences = JSON.stringify(await store.claim('host', 3_600_000))
      const read: Position[] = []
      let expected = 0
      for (let run = 0; run < runs; run++) {
        const children = Array.from({ length: processes }, (_, index) =>
          runChild('order/write.ts', database.url, `${run}-${index}`, fences, String(appendsPerWriter)),
        )
        const done = Promise.all(children.map((child) => child.printed(1)))
        let isDone = false
        const watched = done.then(() => (isDone = true))
        while (!isDone) {
          read.push(...(await store.readAll(read.at(-1) ?? 0, 5)).map(({ position }) => position))
          // What a store has open is cut from time to time: whether its call was stored is then unknown to it.
          if (read.length % 4 === 0) {
            await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and application_name = 'roster' and query like '%roster.append%' and random() < 0.05`)
          }
        }
        await watched
        expected += children.reduce((sum, { lines }) => sum + Number(lines[0]), 0)
        await Promise.all(children.map((child) => child.kill()))
      }
      for (
        let batch = await store.readAll(read.at(-1) ?? 0);
        batch.length > 0;
        batch = await store.readAll(read.at(-1) ?? 0)
      ) {
        read.push(...batch.map(({ position }) => position))
      }
      expect(read.length).toBe(expected)
      expect(read).toEqual(Array.from({ length: expected }, (_, index) => index + 1))
      expect(await store.lag('none')).toEqual({ checkpoint: 0, end: expected })
      const records = await store.readAll(0, expected)
      expect(new Set(records.map(({ id }) => id)).size).toBe(expected)
      for (const { stream, version } of await store.heads()) {
        expect((await store.read(stream)).map((record) => record.version)).toEqual(
          Array.from({ length: version }, (_, index) => index + 1),
        )
      }
    },
  )
})
