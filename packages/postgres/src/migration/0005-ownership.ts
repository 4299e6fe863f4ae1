import { sql, type Kysely } from 'kysely'

/** Who owns which partitions, and what is marked as revoked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A new tenant has its counter and its partitions before its first append.
  await sql`create function roster.open_tenant(p_tenant text, p_partitions integer) returns void
  language sql security definer set search_path = roster, pg_temp as $$
    insert into counters (tenant) values (p_tenant) on conflict do nothing;
    insert into partitions (tenant, partition) select p_tenant, i from generate_series(0, p_partitions - 1) as i on conflict do nothing;
  $$`.execute(db)

  await sql`create function roster.claim(p_tenant text, p_owner text, p_lease_ms bigint, p_most integer)
  returns table (partition integer, epoch bigint)
  language sql security definer set search_path = roster, pg_temp as $$
    with free as (
      select partition from partitions where tenant = p_tenant and (owner is null or lease_until <= roster.now_ms())
      order by partition limit p_most for update)
    update partitions p set owner = p_owner, epoch = p.epoch + 1, lease_until = roster.now_ms() + p_lease_ms
    from free where p.tenant = p_tenant and p.partition = free.partition
    returning p.partition, p.epoch
  $$`.execute(db)

  await sql`create function roster.renew(p_tenant text, p_owner text, p_partition integer[], p_epoch bigint[], p_lease_ms bigint)
  returns table (partition integer, epoch bigint)
  language sql security definer set search_path = roster, pg_temp as $$
    with mine as (
      select p.partition from partitions p join unnest(p_partition, p_epoch) as r(partition, epoch) using (partition, epoch)
      where p.tenant = p_tenant and p.owner = p_owner order by p.partition for update of p)
    update partitions p set lease_until = roster.now_ms() + p_lease_ms
    from mine where p.tenant = p_tenant and p.partition = mine.partition
    returning p.partition, p.epoch
  $$`.execute(db)

  await sql`create function roster.release(p_tenant text, p_owner text) returns void
  language sql security definer set search_path = roster, pg_temp as $$
    with mine as (select partition from partitions where tenant = p_tenant and owner = p_owner order by partition for update)
    update partitions p set owner = null, lease_until = 0 from mine where p.tenant = p_tenant and p.partition = mine.partition
  $$`.execute(db)

  await sql`create function roster.revoke_streams(p_tenant text, p_streams text[]) returns void
  language sql security definer set search_path = roster, pg_temp as $$
    with named as (select stream from heads where tenant = p_tenant and stream = any (p_streams) order by stream for update)
    update heads h set revoked = true from named where h.tenant = p_tenant and h.stream = named.stream
  $$`.execute(db)
}
