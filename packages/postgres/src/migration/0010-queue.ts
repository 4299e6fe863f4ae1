import { sql, type Kysely } from 'kysely'

/**
 * Tasks that wait to be let in, and those that were. A row is there from when the task is accepted until it is found to have ended; its room
 * is counted, never kept beside it. Who lets in holds the tenant's advisory lock to the commit, so that no two count at once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table roster.queue (
    tenant text collate "C" not null,
    stream text collate "C" not null,
    seq bigint generated always as identity,
    open boolean not null default false,
    playbook text collate "C" not null,
    requester text collate "C" not null,
    priority integer not null,
    id text collate "C" not null,
    partition integer not null,
    sender text not null,
    type text not null,
    expires_at bigint,
    body text not null,
    queued_at bigint not null,
    primary key (tenant, stream)
  ) with (fillfactor = 90)`.execute(db)
  await sql`create index queue_waiting on roster.queue (tenant, priority desc, seq) where not open`.execute(db)
  await sql`create index queue_open on roster.queue (tenant, playbook, requester) where open`.execute(db)

  // A client that repeats itself while its first call is under way waits for that call at the key of `accepted`.
  await sql`create function roster.accept_task(
    p_tenant text, p_client text, p_key text, p_answer text, p_budget text, p_granted bigint[],
    p_playbook text, p_requester text, p_priority integer,
    p_stream text, p_id text, p_partition integer, p_sender text, p_type text, p_expires_at bigint, p_body text
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
    insert into queue (tenant, stream, playbook, requester, priority, id, partition, sender, type, expires_at, body, queued_at)
    values (p_tenant, p_stream, p_playbook, p_requester, p_priority, p_id, p_partition, p_sender, p_type, p_expires_at, p_body, v_now)
    on conflict (tenant, stream) do nothing;
    return query select 'accepted', p_answer;
  end $$`.execute(db)

  // Forgets the tasks that have ended: those of `p_ended`, or all where it is null.
  await sql`create function roster.sweep_queue(p_tenant text, p_ended text[]) returns void
  language sql security definer set search_path = roster, pg_temp as $$
    delete from queue q using heads h
    where q.tenant = p_tenant and q.open and (p_ended is null or q.stream = any (p_ended))
      and h.tenant = q.tenant and h.stream = q.stream and h.final
  $$`.execute(db)

  await sql`create function roster.queue_limit(p_playbook text, p_names text[], p_limits integer[], p_otherwise integer) returns integer
  language sql immutable as $$
    select coalesce(p_limits[array_position(p_names, p_playbook)], p_otherwise)
  $$`.execute(db)

  await sql`create function roster.admit_tasks(
    p_tenant text, p_team integer, p_requester integer, p_names text[], p_limits integer[], p_otherwise integer, p_ended text[], p_sweep boolean
  ) returns table (id text, stream text, sender text, type text, expires_at bigint, body text, queued bigint)
  language plpgsql security definer set search_path = roster, pg_temp as $$
  #variable_conflict use_column
  declare
    v_now constant bigint := roster.now_ms();
    v_open bigint;
    v_playbooks jsonb;
    v_requesters jsonb;
    v_full_playbooks text[];
    v_full_requesters text[];
    v_task queue;
  begin
    if cardinality(p_ended) > 0 then perform sweep_queue(p_tenant, p_ended); end if;
    if p_sweep then perform sweep_queue(p_tenant, null); end if;
    if not exists (select from queue q where q.tenant = p_tenant and not q.open) then return; end if;
    perform pg_advisory_xact_lock(hashtextextended('roster.queue/' || p_tenant, 0));

    for v_round in 1..2 loop
      select coalesce(sum(n), 0), coalesce(jsonb_object_agg(playbook, n), '{}') into v_open, v_playbooks
      from (select playbook, count(*) as n from queue q where q.tenant = p_tenant and q.open group by playbook) as counted;
      select coalesce(jsonb_object_agg(requester, n), '{}') into v_requesters
      from (select requester, count(*) as n from queue q where q.tenant = p_tenant and q.open group by requester) as counted;
      select coalesce(array_agg(key), '{}') into v_full_playbooks
      from jsonb_each_text(v_playbooks) where value::bigint >= queue_limit(key, p_names, p_limits, p_otherwise);
      select coalesce(array_agg(key), '{}') into v_full_requesters from jsonb_each_text(v_requesters) where value::bigint >= p_requester;
      exit when v_open < p_team and cardinality(v_full_playbooks) = 0 and cardinality(v_full_requesters) = 0;
      -- Something is full: some of it may have ended.
      if v_round = 1 then perform sweep_queue(p_tenant, null); end if;
    end loop;

    for v_task in
      select * from queue q
      where q.tenant = p_tenant and not q.open and q.playbook <> all (v_full_playbooks) and q.requester <> all (v_full_requesters)
      order by q.priority desc, q.seq
    loop
      exit when v_open >= p_team;
      continue when coalesce((v_playbooks ->> v_task.playbook)::bigint, 0) >= queue_limit(v_task.playbook, p_names, p_limits, p_otherwise)
        or coalesce((v_requesters ->> v_task.requester)::bigint, 0) >= p_requester;
      update queue q set open = true, body = '' where q.tenant = p_tenant and q.stream = v_task.stream and not q.open;
      -- It was withdrawn meanwhile.
      continue when not found;
      v_open := v_open + 1;
      v_playbooks := v_playbooks || jsonb_build_object(v_task.playbook, coalesce((v_playbooks ->> v_task.playbook)::bigint, 0) + 1);
      v_requesters := v_requesters || jsonb_build_object(v_task.requester, coalesce((v_requesters ->> v_task.requester)::bigint, 0) + 1);
      insert into pending (tenant, id, kind, stream, partition, sender, type, control, expires_at, body, inserted_at)
      values (p_tenant, v_task.id, 'message', v_task.stream, v_task.partition, v_task.sender, v_task.type, false, v_task.expires_at, v_task.body, v_now)
      on conflict (tenant, id) do nothing;
      id := v_task.id; stream := v_task.stream; sender := v_task.sender; type := v_task.type;
      expires_at := v_task.expires_at; body := v_task.body; queued := null;
      return next;
    end loop;
    id := null; stream := null; sender := null; type := null; expires_at := null; body := null;
    select count(*) into queued from queue q where q.tenant = p_tenant and not q.open;
    return next;
  end $$`.execute(db)

  await sql`create function roster.withdraw_queued(
    p_tenant text, p_stream text, p_id text, p_partition integer, p_sender text, p_type text, p_expires_at bigint, p_body text
  ) returns boolean
  language plpgsql security definer set search_path = roster, pg_temp as $$
  begin
    delete from queue where tenant = p_tenant and stream = p_stream and not open;
    if not found then return false; end if;
    insert into pending (tenant, id, kind, stream, partition, sender, type, control, expires_at, body, inserted_at)
    values (p_tenant, p_id, 'message', p_stream, p_partition, p_sender, p_type, false, p_expires_at, p_body, roster.now_ms())
    on conflict (tenant, id) do nothing;
    return true;
  end $$`.execute(db)
  await closed(db)
}

/** As in 0008: only the writer's role calls them, and the migrator owns them, where there are such roles and we may say so. */
async function closed(db: Kysely<unknown>): Promise<void> {
  await sql`do $$
  declare
    v_name text;
    v_roles constant boolean := (select count(*) = 3 from pg_roles where rolname in ('roster_migrator', 'roster_writer', 'roster_reader'));
    v_names constant text[] := (select array_agg(p.oid::regprocedure::text) from pg_proc p where p.pronamespace = 'roster'::regnamespace
      and p.proname in ('accept_task', 'sweep_queue', 'queue_limit', 'admit_tasks', 'withdraw_queued'));
  begin
    foreach v_name in array v_names loop
      execute format('revoke all on function %s from public', v_name);
      if v_roles then execute format('grant execute on function %s to roster_writer', v_name); end if;
    end loop;
    if not v_roles then return; end if;
    grant select on table roster.queue to roster_reader;
    foreach v_name in array v_names loop
      execute format('alter function %s owner to roster_migrator', v_name);
    end loop;
    alter table roster.queue owner to roster_migrator;
  exception when insufficient_privilege then null;
  end $$`.execute(db)
}
