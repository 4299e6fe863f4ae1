import { sql, type Kysely } from 'kysely'

/**
 * Three roles without login, granted to whoever logs in. `roster_migrator` owns everything, `roster_writer` may call the functions that
 * write and nothing else, `roster_reader` may select. They belong to the cluster, so another database may have made them, even just now;
 * where the server lets us make none, the connecting user owns everything and the functions are closed to others all the same.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`revoke all on schema roster from public`.execute(db)
  await sql`revoke all on all functions in schema roster from public`.execute(db)
  for (const role of ['roster_migrator', 'roster_writer', 'roster_reader']) {
    await sql`do ${sql.lit(`begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
    exception when duplicate_object or unique_violation or insufficient_privilege then null;
    end`)}`.execute(db)
  }
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from pg_roles
    where rolname in ('roster_migrator', 'roster_writer', 'roster_reader')`.execute(db)
  if (rows[0]?.count !== 3) return

  await sql`grant usage on schema roster to roster_writer, roster_reader`.execute(db)
  await sql`grant execute on all functions in schema roster to roster_writer`.execute(db)
  await sql`grant select on all tables in schema roster to roster_reader`.execute(db)
  await sql`grant execute on function roster.now_ms() to roster_reader`.execute(db)
  await giveToMigrator(db)
}

/** Makes `roster_migrator` the owner, where the connecting user may do that: functions then run with its rights, not with a superuser's. */
async function giveToMigrator(db: Kysely<unknown>): Promise<void> {
  await sql`do $$
  declare
    v_name text;
  begin
    grant create on schema roster to roster_migrator;
    for v_name in select format('table roster.%I', c.relname) from pg_class c
      where c.relnamespace = 'roster'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'kysely%'
    loop
      execute format('alter %s owner to roster_migrator', v_name);
    end loop;
    for v_name in select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'roster'::regnamespace loop
      execute format('alter function %s owner to roster_migrator', v_name);
    end loop;
    alter schema roster owner to roster_migrator;
  exception when insufficient_privilege then null;
  end $$`.execute(db)
}
