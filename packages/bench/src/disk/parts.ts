import pg from 'pg'

/** Where the bytes of a record are, in words. */
export async function parts(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, string>>(
      `select round(avg(octet_length(envelope))) as envelope, round(avg(octet_length(body))) as body,
         round(sum(pg_column_size(r.*)) / count(*)) as row,
         (select sum(pg_indexes_size(i.inhrelid)) from pg_inherits i where i.inhparent = 'roster.records'::regclass) / count(*) as indexes
       from roster.records r`,
    )
    const [{ envelope, body, row, indexes } = {}] = rows
    return `a record takes ${row} bytes (its envelope's text ${envelope}, its body's ${body}) and ${indexes} in indexes`
  } finally {
    await client.end()
  }
}
