import pg from 'pg'

/** Tables, their indexes and what is stored beside them, in bytes; after a vacuum, so that what was deleted does not count twice. */
export async function bytesOnDisk(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('vacuum')
    const { rows } = await client.query<{ bytes: string }>(
      `select sum(pg_total_relation_size(c.oid)) as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'`,
    )
    return Number(rows[0]?.bytes)
  } finally {
    await client.end()
  }
}
