import pg from 'pg'

import { seconds } from '../measure/stopwatch.ts'
import { serve } from '../subject/serve.ts'
import { plainTable, plainText } from './plain-table.ts'

/** One process that inserts single rows. */
export interface InsertOptions {
  readonly url: string
  readonly connections: number
}

const insert = { name: 'insert', text: 'insert into plain (body) values ($1)', values: [plainText] }

await serve(async ({ url, connections }: InsertOptions) => {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }))
  for (const client of clients) await client.connect()
  await clients[0]?.query(plainTable)
  return {
    async run(amount) {
      const start = seconds()
      const counts = await Promise.all(clients.map((client) => insertUntil(client, start + amount)))
      return { count: counts.reduce((sum, count) => sum + count, 0), seconds: seconds() - start }
    },
  }
})

async function insertUntil(client: pg.Client, end: number): Promise<number> {
  let count = 0
  for (; seconds() < end; count++) await client.query(insert)
  return count
}
