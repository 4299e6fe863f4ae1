import { sql, type Kysely } from 'kysely'

/** Read models and their checkpoints. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Where a fold goes on. Another version of the logic begins anew.
  await sql`create function roster.open_projection(p_tenant text, p_projection text, p_version integer) returns bigint
  language plpgsql security definer set search_path = roster, pg_temp as $$
  declare
    v_row projection_checkpoints;
  begin
    insert into projection_checkpoints (tenant, projection, version, position) values (p_tenant, p_projection, p_version, 0) on conflict do nothing;
    select * into strict v_row from projection_checkpoints where tenant = p_tenant and projection = p_projection for update;
    if v_row.version = p_version then return v_row.position; end if;
    delete from projection_rows where tenant = p_tenant and projection = p_projection;
    update projection_checkpoints set version = p_version, position = 0 where tenant = p_tenant and projection = p_projection;
    return 0;
  end $$`.execute(db)

  // Keeps a batch, if the checkpoint is where its fold began; null for a value deletes the row. The checkpoint's row serialises callers.
  await sql`create function roster.commit_projection(
    p_tenant text, p_projection text, p_version integer, p_from bigint, p_to bigint, p_keys text[], p_values text[]
  ) returns boolean
  language plpgsql security definer set search_path = roster, pg_temp as $$
  begin
    update projection_checkpoints set position = p_to
    where tenant = p_tenant and projection = p_projection and version = p_version and position = p_from;
    if not found then return false; end if;
    delete from projection_rows r using unnest(p_keys, p_values) as c(key, value)
    where c.value is null and r.tenant = p_tenant and r.projection = p_projection and r.key = c.key;
    insert into projection_rows (tenant, projection, key, value)
    select p_tenant, p_projection, c.key, c.value from unnest(p_keys, p_values) as c(key, value) where c.value is not null
    on conflict (tenant, projection, key) do update set value = excluded.value;
    return true;
  end $$`.execute(db)

  await sql`create function roster.drop_projection(p_tenant text, p_projection text) returns void
  language plpgsql security definer set search_path = roster, pg_temp as $$
  begin
    delete from projection_checkpoints where tenant = p_tenant and projection = p_projection;
    delete from projection_rows where tenant = p_tenant and projection = p_projection;
  end $$`.execute(db)
}
