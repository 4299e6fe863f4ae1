import { sql, type Kysely } from 'kysely'

/**
 * The queue is read in its order by its index, one task after the other until there is no more room. Planned while it is short, it would be
 * sorted as a whole each time, also when it has grown long.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // For each task that is under way its head is looked up: as a join, all heads that there ever were might be read for a few tasks.
  await sql`create or replace function roster.sweep_queue(p_tenant text, p_ended text[]) returns void
  language sql security definer set search_path = roster, pg_temp set enable_seqscan = off as $$
    delete from queue q
    where q.tenant = p_tenant and q.open and (p_ended is null or q.stream = any (p_ended))
      and (select h.final from heads h where h.tenant = q.tenant and h.stream = q.stream)
  $$`.execute(db)
  await sql`do $$
  declare
    v_name constant text := (select p.oid::regprocedure::text from pg_proc p
      where p.pronamespace = 'roster'::regnamespace and p.proname = 'admit_tasks');
    v_setting text;
  begin
    foreach v_setting in array array['enable_sort', 'enable_seqscan', 'enable_bitmapscan'] loop
      execute format('alter function %s set %s = off', v_name, v_setting);
    end loop;
    execute format('alter function %s set plan_cache_mode = force_generic_plan', v_name);
  end $$`.execute(db)
}
