import { sql, type Kysely } from 'kysely'

/**
 * Partitions of `records`, made ahead of time. A new one is made apart and then attached, because attaching does not stop appends that are
 * under way, and `create table … partition of` does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function roster.records_partition_size() returns bigint language sql immutable as 'select 4000000::bigint'`.execute(
    db,
  )
  await sql`create function roster.records_end() returns bigint language sql stable security definer set search_path = roster, pg_temp as $$
    select coalesce(max(substring(c.relname from 'records_to_([0-9]+)$')::bigint), 1)
    from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'roster.records'::regclass
  $$`.execute(db)
  // Makes partitions until there is room for as many records as one holds after the furthest tenant. Answers the first position without one.
  // It takes no position from the caller, who could ask for a million tables.
  await sql`create function roster.extend_records() returns bigint
  language plpgsql security definer set search_path = roster, pg_temp as $$
  declare
    v_size constant bigint := roster.records_partition_size();
    v_position constant bigint := coalesce((select max(position) from counters), 0);
    v_end bigint := roster.records_end();
    v_name text;
  begin
    if v_end > v_position + v_size then return v_end; end if;
    perform pg_advisory_xact_lock(hashtext('roster.extend_records'));
    v_end := roster.records_end();
    while v_end <= v_position + v_size loop
      v_name := format('records_to_%s', v_end + v_size);
      execute format('create table roster.%I (like roster.records including all)', v_name);
      execute format('alter table roster.records attach partition roster.%I for values from (%s) to (%s)', v_name, v_end, v_end + v_size);
      v_end := v_end + v_size;
    end loop;
    return v_end;
  end $$`.execute(db)
  await sql`select roster.extend_records()`.execute(db)
}
