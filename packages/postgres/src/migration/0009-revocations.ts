import { sql, type Kysely } from 'kysely'
import { appendFunction } from './append/append-function.sql.ts'
import { lockHeads } from './append/locks.sql.ts'

/**
 * A revoked stream takes what the system does about it, and nothing else: its jobs are ended and those who asked are told by records in
 * which `system` acts. The envelope is read only of streams that are revoked.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`create or replace ${appendFunction(lockHeadsButOfSystem)}`).execute(db)
  await sql`create function roster.reinstate_streams(p_tenant text, p_streams text[]) returns void
  language sql security definer set search_path = roster, pg_temp as $$
    with named as (select stream from heads where tenant = p_tenant and stream = any (p_streams) order by stream for update)
    update heads h set revoked = false from named where h.tenant = p_tenant and h.stream = named.stream
  $$`.execute(db)
  await sql`revoke all on function roster.reinstate_streams(text, text[]) from public`.execute(db)
  // Where 0008 could make no roles there are none to give it to.
  await sql`do $$ begin
    grant execute on function roster.reinstate_streams(text, text[]) to roster_writer;
    alter function roster.reinstate_streams(text, text[]) owner to roster_migrator;
  exception when undefined_object or insufficient_privilege then null; end $$`.execute(db)
}

const marked = 'case when revoked then 3'
const markedForAct = `case when case when revoked
          then p_envelope[r.i]::json #>> '{who,colleague}' is distinct from 'system' end then 3`

const lockHeadsButOfSystem = lockHeads.replace(marked, markedForAct)
