import { sql, type Kysely } from 'kysely'

/**
 * The tables. Keys are in byte order (`collate "C"`): the same on every server, and a prefix is a range of the index. What was hashed is
 * text, never jsonb, which would rewrite it. Times are milliseconds since 1970; those of leases come from the database's clock.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema if not exists roster`.execute(db)
  await sql`create function roster.now_ms() returns bigint language sql volatile as $$ select (extract(epoch from clock_timestamp()) * 1000)::bigint $$`.execute(
    db,
  )

  // Nothing depends on a key over this table: versions are kept by heads, positions by counters. Partitions are made ahead of time (0002).
  await sql`create table roster.records (
    tenant text collate "C" not null,
    position bigint not null,
    stream text collate "C" not null,
    version bigint not null,
    id text collate "C" not null,
    correlation_id text collate "C" not null,
    kind text not null,
    at bigint not null,
    envelope text not null,
    body text,
    salt text,
    previous_hash text not null,
    hash text not null,
    primary key (tenant, position)
  ) partition by range (position)`.execute(db)
  await sql`create index records_stream on roster.records (tenant, stream, version)`.execute(db)
  await sql`create index records_correlation on roster.records (tenant, correlation_id)`.execute(db)
  await sql`create index records_id on roster.records (tenant, id)`.execute(db)

  // A version of 0 is a stream whose first append is still under way. The fill factor keeps updates on their page, without touching the key.
  await sql`create table roster.heads (
    tenant text collate "C" not null,
    stream text collate "C" not null,
    partition integer not null,
    version bigint not null,
    hash text not null,
    final boolean not null,
    revoked boolean not null default false,
    primary key (tenant, stream)
  ) with (fillfactor = 70)`.execute(db)

  await sql`create table roster.pending (
    tenant text collate "C" not null,
    id text collate "C" not null,
    seq bigint generated always as identity,
    kind text not null,
    stream text collate "C" not null,
    partition integer not null,
    sender text not null,
    type text not null,
    control boolean not null,
    due_at bigint,
    expires_at bigint,
    body text not null,
    lease_token text,
    lease_ms bigint,
    lease_until bigint,
    attempts integer not null default 0,
    attempted boolean not null default false,
    delivered_at bigint,
    inserted_at bigint not null,
    primary key (tenant, id)
  ) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 2000)`.execute(db)
  // Another collation of the same order keeps the planner from ever taking one of these for a lookup by id: while the table is small they
  // look as good to it as the key, and the plan stays when the table has grown. A query that wants one says `tenant collate "POSIX"`.
  await sql`create index pending_stream on roster.pending (tenant collate "POSIX", stream, seq)`.execute(db)
  await sql`create index pending_partition on roster.pending (tenant collate "POSIX", partition, seq)`.execute(db)
  await sql`create index pending_due on roster.pending (tenant collate "POSIX", partition, due_at) where kind = 'timer'`.execute(
    db,
  )

  await sql`create table roster.partitions (
    tenant text collate "C" not null,
    partition integer not null,
    owner text,
    epoch bigint not null default 0,
    lease_until bigint not null default 0,
    primary key (tenant, partition)
  ) with (fillfactor = 50)`.execute(db)

  await sql`create table roster.counters (
    tenant text collate "C" primary key,
    position bigint not null default 0
  ) with (fillfactor = 10)`.execute(db)

  await sql`create table roster.accepted (
    tenant text collate "C" not null,
    client text collate "C" not null,
    key text collate "C" not null,
    answer text not null,
    at bigint not null,
    primary key (tenant, client, key)
  )`.execute(db)

  // Amounts are arrays in the order of core's limitIds. `taken` is what the parent holds for it.
  await sql`create table roster.budgets (
    tenant text collate "C" not null,
    id text collate "C" not null,
    parent text collate "C",
    granted bigint[] not null,
    held bigint[] not null default '{0,0,0,0}',
    used bigint[] not null default '{0,0,0,0}',
    taken bigint[] not null default '{0,0,0,0}',
    closed boolean not null default false,
    primary key (tenant, id)
  ) with (fillfactor = 70)`.execute(db)
  await sql`create table roster.budget_holds (
    tenant text collate "C" not null,
    budget text collate "C" not null,
    hold text collate "C" not null,
    amounts bigint[] not null,
    primary key (tenant, budget, hold)
  )`.execute(db)

  await sql`create table roster.snapshots (
    tenant text collate "C" not null,
    stream text collate "C" not null,
    version bigint not null,
    state text not null,
    primary key (tenant, stream)
  )`.execute(db)
  await sql`create table roster.blobs (
    tenant text collate "C" not null,
    hash text collate "C" not null,
    content bytea not null,
    primary key (tenant, hash)
  )`.execute(db)

  await sql`create table roster.projection_checkpoints (
    tenant text collate "C" not null,
    projection text collate "C" not null,
    version integer not null,
    position bigint not null,
    primary key (tenant, projection)
  )`.execute(db)
  await sql`create table roster.projection_rows (
    tenant text collate "C" not null,
    projection text collate "C" not null,
    key text collate "C" not null,
    value text not null,
    primary key (tenant, projection, key)
  )`.execute(db)
}
