import { sql, type Kysely } from 'kysely'

/** What is done to pending rows apart from appending: accepting from outside, counting, leasing. Rows are locked in order of id, as by `append`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A client that repeats itself while its first call is under way waits for that call at the key of `accepted`.
  await sql`create function roster.accept(
    p_tenant text, p_client text, p_key text, p_answer text, p_budget text, p_granted bigint[],
    p_id text[], p_kind text[], p_stream text[], p_partition integer[], p_sender text[], p_type text[], p_control boolean[],
    p_due_at bigint[], p_expires_at bigint[], p_body text[], p_lease_token text[], p_lease_ms bigint[]
  ) returns table (kind text, answer text)
  language plpgsql security definer set search_path = roster, pg_temp as $$
  #variable_conflict use_column
  declare
    v_now constant bigint := roster.now_ms();
  begin
    insert into accepted (tenant, client, key, answer, at) values (p_tenant, p_client, p_key, p_answer, v_now)
    on conflict (tenant, client, key) do nothing;
    if not found then
      return query select 'duplicate', a.answer from accepted a where a.tenant = p_tenant and a.client = p_client and a.key = p_key;
      return;
    end if;
    if p_budget is not null then
      insert into budgets (tenant, id, granted) values (p_tenant, p_budget, p_granted) on conflict (tenant, id) do nothing;
    end if;
    insert into pending (tenant, id, kind, stream, partition, sender, type, control, due_at, expires_at, body,
      lease_token, lease_ms, lease_until, inserted_at)
    select p_tenant, r.id, r.kind, r.stream, r.partition, r.sender, r.type, r.control, r.due_at, r.expires_at, r.body,
      r.lease_token, r.lease_ms, v_now + r.lease_ms, v_now
    from unnest(p_id, p_kind, p_stream, p_partition, p_sender, p_type, p_control, p_due_at, p_expires_at, p_body, p_lease_token, p_lease_ms)
      with ordinality as r(id, kind, stream, partition, sender, type, control, due_at, expires_at, body, lease_token, lease_ms, i)
    order by r.i on conflict (tenant, id) do nothing;
    return query select 'accepted', p_answer;
  end $$`.execute(db)

  await sql`create function roster.add_attempts(p_tenant text, p_ids text[], p_by integer) returns table (id text, attempts integer)
  language sql security definer set search_path = roster, pg_temp as $$
    with locked as (select id from pending where tenant = p_tenant and id = any (p_ids) order by id for update)
    update pending p set attempts = greatest(0, p.attempts + p_by) from locked where p.tenant = p_tenant and p.id = locked.id
    returning p.id, p.attempts
  $$`.execute(db)

  await sql`create function roster.mark_delivered(p_tenant text, p_ids text[]) returns void
  language sql security definer set search_path = roster, pg_temp as $$
    with locked as (
      select id from pending where tenant = p_tenant and id = any (p_ids) and delivered_at is null order by id for update)
    update pending p set delivered_at = roster.now_ms() from locked where p.tenant = p_tenant and p.id = locked.id
  $$`.execute(db)

  await sql`create function roster.lease_effects(p_tenant text, p_ids text[], p_token text, p_ms bigint) returns table (id text)
  language sql security definer set search_path = roster, pg_temp as $$
    with locked as (
      select id from pending
      where tenant = p_tenant and id = any (p_ids) and kind = 'effect'
        and (lease_until is null or lease_until <= roster.now_ms() or lease_token = p_token)
      order by id for update)
    update pending p set lease_token = p_token, lease_ms = p_ms, lease_until = roster.now_ms() + p_ms
    from locked where p.tenant = p_tenant and p.id = locked.id
    returning p.id
  $$`.execute(db)

  await sql`create function roster.mark_attempted(p_tenant text, p_id text, p_token text) returns text
  language plpgsql security definer set search_path = roster, pg_temp as $$
  declare
    v_attempted boolean;
  begin
    select attempted into v_attempted from pending where tenant = p_tenant and id = p_id and lease_token = p_token for update;
    if not found then return 'fenced'; end if;
    if v_attempted then return 'again'; end if;
    update pending set attempted = true where tenant = p_tenant and id = p_id;
    return 'first';
  end $$`.execute(db)

  // For a store that only one process can have open: nobody else can be living on a lease.
  await sql`create function roster.end_leases(p_tenant text) returns void
  language sql security definer set search_path = roster, pg_temp as $$
    update partitions set owner = null, lease_until = 0 where tenant = p_tenant and owner is not null;
    update pending set lease_until = 0 where tenant = p_tenant and kind = 'effect' and lease_until > 0;
  $$`.execute(db)
}
