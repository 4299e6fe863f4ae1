import pg from 'pg'

/** What a writer might try against the history. Each must be refused by the database, whatever the program says. */
export const attacks: readonly (readonly [what: string, sql: string])[] = [
  ['changing a record', `update roster.records set envelope = '{}'`],
  ['erasing a body', `update roster.records set body = null, salt = null`],
  ['deleting a record', `delete from roster.records`],
  ['truncating the records', `truncate roster.records`],
  [
    'inserting a record',
    `insert into roster.records select tenant, position + 1, stream, version + 1, id || 'x', correlation_id, kind, at, envelope, body, salt,
      previous_hash, hash from roster.records`,
  ],
  ['changing a partition of the records', `update roster.records_to_4000001 set envelope = '{}'`],
  ['dropping a partition', `drop table roster.records_to_4000001`],
  ['detaching a partition', `alter table roster.records detach partition roster.records_to_4000001`],
  ['disabling triggers', `alter table roster.records disable trigger all`],
  [
    'making a trigger',
    `create trigger t before insert on roster.records execute function suppress_redundant_updates_trigger()`,
  ],
  ['going round triggers', `set session_replication_role = replica`],
  ['making a rule', `create rule r as on insert to roster.records do instead nothing`],
  ['changing a head', `update roster.heads set version = 0`],
  ['deleting a head', `delete from roster.heads`],
  ['moving the counter', `update roster.counters set position = 0`],
  ['taking a partition without a claim', `update roster.partitions set epoch = 99`],
  ['deleting a pending row', `delete from roster.pending`],
  ['inserting a pending row', `insert into roster.pending (tenant, id) values ('acme', 'x')`],
  ['moving the sequence', `select setval('roster.pending_seq_seq', 1)`],
  ['raising a budget', `update roster.budgets set granted = '{1,1,1,1}'`],
  ['forgetting what was accepted', `delete from roster.accepted`],
  ['letting a task in past the queue', `update roster.queue set open = true`],
  ['changing a blob', `update roster.blobs set content = ''`],
  ['changing a read model', `update roster.projection_rows set value = ''`],
  ['replacing the append', `create or replace function roster.append() returns void language sql as ''`],
  ['changing how the append runs', `alter function roster.append set search_path = public`],
  ['making a table in the schema', `create table roster.mine (id integer)`],
  ['dropping the schema', `drop schema roster cascade`],
  ['becoming the owner', `set role roster_migrator`],
  ['granting itself more', `grant all on all tables in schema roster to current_user with grant option`],
  ['forgetting the migrations', `delete from roster.kysely_migration`],
]

/** Makes a user who has the roles of a writer and reader and nothing else; answers how it connects. */
export async function makeWriter(admin: pg.Pool, url: string, login: string): Promise<pg.Pool> {
  await admin.query(`create role ${login} login password 'secret' in role roster_writer, roster_reader`)
  const own = new URL(url)
  own.username = login
  own.password = 'secret'
  const pool = new pg.Pool({ connectionString: own.href, max: 4 })
  pool.on('error', () => {})
  return pool
}
