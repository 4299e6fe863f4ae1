import { sql, type Kysely } from 'kysely'

/** Snapshots and blobs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function roster.save_snapshot(p_tenant text, p_stream text, p_version bigint, p_state text) returns void
  language sql security definer set search_path = roster, pg_temp as $$
    insert into snapshots as s (tenant, stream, version, state) values (p_tenant, p_stream, p_version, p_state)
    on conflict (tenant, stream) do update set version = excluded.version, state = excluded.state where s.version <= excluded.version
  $$`.execute(db)

  await sql`create function roster.delete_snapshots(p_tenant text) returns bigint
  language sql security definer set search_path = roster, pg_temp as $$
    with gone as (delete from snapshots where tenant = p_tenant returning 1) select count(*) from gone
  $$`.execute(db)

  // The database hashes what it keeps: no caller can put one content under the hash of another. Bytes, because text has no U+0000.
  await sql`create function roster.put_blob(p_tenant text, p_content bytea) returns text
  language sql security definer set search_path = roster, pg_temp as $$
    insert into blobs (tenant, hash, content) values (p_tenant, encode(sha256(p_content), 'hex'), p_content) on conflict do nothing;
    select encode(sha256(p_content), 'hex')
  $$`.execute(db)
}
