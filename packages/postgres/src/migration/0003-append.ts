import { sql, type Kysely } from 'kysely'

/**
 * The one way in which records come into being. Called in autocommit; `append-arguments.ts` builds the arguments.
 *
 * Arrays run in parallel: one element a request; `…_by` is the request (from 1) to which an element of a longer list belongs. No stream
 * and no pending id of `p_cause` and `p_cancel` may be named twice in one call: the caller puts such requests into separate calls.
 *
 * - S1 locks are taken in this order, within each by key: partitions, heads, budgets, pending rows, the tenant's counter
 * - S2 checks are made in this order: duplicate, fenced, conflict, over-limit; a refused request changes nothing
 * - S3 the counter's row is locked last and held to the commit: the order of positions is the order of commits, without gaps
 *
 * The planner is kept to the keys: its plan is made once a connection, often while the tables are still empty.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function roster.append(
    p_tenant text,
    p_stream text[], p_partition integer[], p_expected bigint[], p_final boolean[],
    p_fence_partition integer[], p_fence_epoch bigint[],
    p_cause text[], p_lease text[],
    p_id text[], p_correlation_id text[], p_kind text[], p_at bigint[],
    p_envelope text[], p_body text[], p_salt text[], p_previous_hash text[], p_hash text[],
    p_cancel_by integer[], p_cancel text[],
    p_row_by integer[], p_row_id text[], p_row_kind text[], p_row_stream text[], p_row_partition integer[], p_row_sender text[],
    p_row_type text[], p_row_control boolean[], p_row_due_at bigint[], p_row_expires_at bigint[], p_row_body text[],
    p_row_lease_token text[], p_row_lease_ms bigint[],
    p_budget text[], p_hold_budget text[], p_hold text[],
    p_change_by integer[], p_change_kind text[], p_change_budget integer[], p_change_other integer[], p_change_amounts bigint[]
  ) returns table (answer text, version bigint, place bigint, exceeded integer, budget text)
  language plpgsql security definer
  set search_path = roster, pg_temp set enable_seqscan = off set enable_mergejoin = off set jit = off
  as $$
  #variable_conflict use_column
  declare
    n constant integer := cardinality(p_stream);
    n_changes constant integer := cardinality(p_change_by);
    v_now constant bigint := roster.now_ms();
    v_row record;
    v_answer text[] := array_fill(null::text, array[n]);
    v_ok boolean[] := array_fill(false, array[n]);
    v_rank integer[] := array_fill(0, array[n]);
    v_fence bigint[] := array_fill(-1::bigint, array[n]);
    v_version bigint[] := array_fill(0::bigint, array[n]);
    v_barred text[] := array_fill(null::text, array[n]);
    v_exists boolean[] := array_fill(false, array[n]);
    v_token text[] := array_fill(null::text, array[n]);
    v_exceeded integer[] := array_fill(null::integer, array[n]);
    v_over text[] := array_fill(null::text, array[n]);
    v_gone text[] := '{}';
    v_seen text;
    v_count integer := 0;
    v_base bigint;
    v_changed integer;
    c integer := 1; d integer := 1;
    -- Budgets: one element a budget, or four (one a limit)
    m integer := 0;
    v_budget text[]; v_state text[]; v_parent integer[]; v_parent_id text[]; v_touched boolean[];
    v_granted bigint[]; v_held bigint[]; v_used bigint[]; v_taken bigint[];
    v_set boolean[]; v_amount bigint[];
    s_state text[]; s_granted bigint[]; s_held bigint[]; s_used bigint[]; s_set boolean[]; s_amount bigint[];
    b integer; o integer; l integer; w bigint; v_limit integer; v_which integer;
  begin
    for v_row in
      select r.i, p.epoch from unnest(p_fence_partition) with ordinality as r(partition, i)
      join partitions p on p.tenant = p_tenant and p.partition = r.partition order by p.partition for share of p
    loop
      v_fence[v_row.i] := v_row.epoch;
    end loop;

    if 0 = any (p_expected) then
      insert into heads (tenant, stream, partition, version, hash, final)
      select p_tenant, r.stream, r.partition, 0, '', false from unnest(p_stream, p_partition, p_expected) as r(stream, partition, expected)
      where r.expected = 0 order by r.stream collate "C" on conflict (tenant, stream) do nothing;
    end if;
    for v_row in
      select r.i, h.version, case when h.revoked then 'fenced' when h.final then 'conflict' end as barred
      from unnest(p_stream) with ordinality as r(stream, i)
      join heads h on h.tenant = p_tenant and h.stream = r.stream order by h.stream for update of h
    loop
      v_version[v_row.i] := v_row.version;
      v_barred[v_row.i] := v_row.barred;
    end loop;

    if n_changes > 0 then
      -- A closed budget changes its parent too, which the caller does not know.
      v_budget := p_budget || array(
        select distinct g.parent from unnest(p_change_kind, p_change_budget) as ch(kind, i)
        join budgets g on g.tenant = p_tenant and g.id = p_budget[ch.i] where ch.kind = 'close' and g.parent <> all (p_budget));
      m := cardinality(v_budget);
      v_state := array_fill(null::text, array[m]); v_parent := array_fill(null::integer, array[m]);
      v_parent_id := array_fill(null::text, array[m]); v_touched := array_fill(false, array[m]);
      v_granted := array_fill(0::bigint, array[4 * m]); v_held := v_granted; v_used := v_granted; v_taken := v_granted;
      for v_row in
        select r.i::integer, g.parent, g.granted, g.held, g.used, g.taken, g.closed from unnest(v_budget) with ordinality as r(id, i)
        join budgets g on g.tenant = p_tenant and g.id = r.id order by g.id for update of g
      loop
        v_state[v_row.i] := case when v_row.closed then 'closed' else 'open' end;
        v_parent_id[v_row.i] := v_row.parent;
        v_parent[v_row.i] := array_position(v_budget, v_row.parent);
        for l in 1..4 loop
          b := 4 * (v_row.i - 1) + l;
          v_granted[b] := v_row.granted[l]; v_held[b] := v_row.held[l]; v_used[b] := v_row.used[l]; v_taken[b] := v_row.taken[l];
        end loop;
      end loop;
      v_set := array_fill(false, array[cardinality(p_hold)]);
      v_amount := array_fill(0::bigint, array[4 * cardinality(p_hold)]);
      for v_row in
        select r.i::integer, h.amounts from unnest(p_hold_budget, p_hold) with ordinality as r(budget, hold, i)
        join budget_holds h on h.tenant = p_tenant and h.budget = r.budget and h.hold = r.hold
      loop
        v_set[v_row.i] := true;
        for l in 1..4 loop v_amount[4 * (v_row.i - 1) + l] := v_row.amounts[l]; end loop;
      end loop;
    end if;

    for v_row in
      select r.i, p.id, p.lease_token from unnest(p_cause || p_cancel) with ordinality as r(id, i)
      join pending p on p.tenant = p_tenant and p.id = r.id order by p.id for update of p
    loop
      if v_row.id = v_seen then raise exception 'the pending row % is named twice in one call', v_seen using errcode = 'RS001'; end if;
      v_seen := v_row.id;
      continue when v_row.i > n;
      v_exists[v_row.i] := true;
      v_token[v_row.i] := v_row.lease_token;
    end loop;

    for i in 1..n loop
      while c <= n_changes and p_change_by[c] < i loop c := c + 1; end loop;
      if p_cause[i] is not null and not v_exists[i] then
        v_answer[i] := 'duplicate';
      elsif v_barred[i] = 'fenced'
        or p_fence_epoch[i] is not null and (p_fence_partition[i] <> p_partition[i] or p_fence_epoch[i] < 1 or v_fence[i] <> p_fence_epoch[i])
        or p_lease[i] is not null and p_lease[i] is distinct from v_token[i]
      then
        v_answer[i] := 'fenced';
      elsif v_barred[i] = 'conflict' or p_expected[i] <> v_version[i] then
        v_answer[i] := 'conflict';
      else
        v_limit := null;
        if c <= n_changes and p_change_by[c] = i then
          s_state := v_state; s_granted := v_granted; s_held := v_held; s_used := v_used; s_set := v_set; s_amount := v_amount;
          while c <= n_changes and p_change_by[c] = i loop
            b := p_change_budget[c]; o := p_change_other[c]; w := 4 * (c - 1);
            v_touched[b] := true;
            case p_change_kind[c]
            when 'hold' then
              if not v_set[o] then
                v_which := b;
                for l in 1..4 loop
                  if v_held[4*b-4+l] + v_used[4*b-4+l] + p_change_amounts[w+l] > v_granted[4*b-4+l] then v_limit := l; exit; end if;
                end loop;
                exit when v_limit is not null;
                if v_state[b] = 'open' then
                  v_set[o] := true;
                  for l in 1..4 loop
                    v_held[4*b-4+l] := v_held[4*b-4+l] + p_change_amounts[w+l];
                    v_amount[4*o-4+l] := p_change_amounts[w+l];
                  end loop;
                end if;
              end if;
            when 'settle' then
              if v_set[o] and v_state[b] = 'open' then
                v_set[o] := false;
                for l in 1..4 loop
                  v_held[4*b-4+l] := greatest(0, v_held[4*b-4+l] - v_amount[4*o-4+l]);
                  v_used[4*b-4+l] := v_used[4*b-4+l] + p_change_amounts[w+l];
                end loop;
              end if;
            when 'grant' then
              if v_state[b] is null then
                v_parent[b] := o; v_parent_id[b] := v_budget[o];
                if o is not null then
                  v_which := o;
                  for l in 1..4 loop
                    if v_held[4*o-4+l] + v_used[4*o-4+l] + p_change_amounts[w+l] > v_granted[4*o-4+l] then v_limit := l; exit; end if;
                  end loop;
                  exit when v_limit is not null;
                  v_touched[o] := true;
                  for l in 1..4 loop
                    if v_state[o] = 'open' then v_held[4*o-4+l] := v_held[4*o-4+l] + p_change_amounts[w+l]; end if;
                    v_taken[4*b-4+l] := p_change_amounts[w+l];
                  end loop;
                end if;
                v_state[b] := 'open';
                for l in 1..4 loop v_granted[4*b-4+l] := p_change_amounts[w+l]; end loop;
              end if;
            when 'close' then
              if v_state[b] = 'open' then
                v_state[b] := 'closed';
                o := v_parent[b];
                if v_state[o] = 'open' then v_touched[o] := true; end if;
                for l in 1..4 loop
                  v_used[4*b-4+l] := v_used[4*b-4+l] + v_held[4*b-4+l];
                  v_held[4*b-4+l] := 0;
                  v_granted[4*b-4+l] := v_used[4*b-4+l];
                  if v_state[o] = 'open' then
                    v_held[4*o-4+l] := greatest(0, v_held[4*o-4+l] - v_taken[4*b-4+l]);
                    v_used[4*o-4+l] := v_used[4*o-4+l] + v_used[4*b-4+l];
                  end if;
                end loop;
              end if;
            when 'raise' then
              if v_state[b] = 'open' then
                for l in 1..4 loop v_granted[4*b-4+l] := v_granted[4*b-4+l] + p_change_amounts[w+l]; end loop;
              end if;
            end case;
            c := c + 1;
          end loop;
        end if;
        if v_limit is not null then
          v_answer[i] := 'over-limit'; v_exceeded[i] := v_limit; v_over[i] := v_budget[v_which];
          v_state := s_state; v_granted := s_granted; v_held := s_held; v_used := s_used; v_set := s_set; v_amount := s_amount;
        else
          v_answer[i] := 'appended'; v_ok[i] := true;
          v_count := v_count + 1;
          v_rank[i] := v_count;
          v_version[i] := v_version[i] + 1;
          if p_cause[i] is not null then v_gone := v_gone || p_cause[i]; end if;
          while d <= cardinality(p_cancel_by) and p_cancel_by[d] <= i loop
            if p_cancel_by[d] = i then v_gone := v_gone || p_cancel[d]; end if;
            d := d + 1;
          end loop;
        end if;
      end if;
    end loop;

    if v_count < n and 0 = any (p_expected) then
      delete from heads h using unnest(p_stream, v_ok) as r(stream, ok)
      where not r.ok and h.tenant = p_tenant and h.stream = r.stream and h.version = 0;
    end if;

    if v_count > 0 then
      if cardinality(v_gone) > 0 then
        delete from pending p using unnest(v_gone) as r(id) where p.tenant = p_tenant and p.id = r.id;
      end if;
      if cardinality(p_row_by) > 0 then
        insert into pending (tenant, id, kind, stream, partition, sender, type, control, due_at, expires_at, body,
          lease_token, lease_ms, lease_until, inserted_at)
        select p_tenant, r.id, r.kind, r.stream, r.partition, r.sender, r.type, r.control, r.due_at, r.expires_at, r.body,
          r.lease_token, r.lease_ms, v_now + r.lease_ms, v_now
        from unnest(p_row_by, p_row_id, p_row_kind, p_row_stream, p_row_partition, p_row_sender, p_row_type, p_row_control,
          p_row_due_at, p_row_expires_at, p_row_body, p_row_lease_token, p_row_lease_ms) with ordinality
          as r(request, id, kind, stream, partition, sender, type, control, due_at, expires_at, body, lease_token, lease_ms, i)
        where v_ok[r.request] order by r.i on conflict (tenant, id) do nothing;
      end if;
      if m > 0 then
        insert into budgets as g (tenant, id, parent, granted, held, used, taken, closed)
        select p_tenant, v_budget[i], v_parent_id[i], v_granted[4*i-3:4*i], v_held[4*i-3:4*i], v_used[4*i-3:4*i], v_taken[4*i-3:4*i],
          v_state[i] = 'closed'
        from generate_series(1, m) as i where v_touched[i] and v_state[i] is not null order by v_budget[i] collate "C"
        on conflict (tenant, id) do update
        set granted = excluded.granted, held = excluded.held, used = excluded.used, closed = excluded.closed;
        if cardinality(p_hold) > 0 then
          delete from budget_holds h using unnest(p_hold_budget, p_hold, v_set) as r(budget, hold, kept)
          where not r.kept and h.tenant = p_tenant and h.budget = r.budget and h.hold = r.hold;
          insert into budget_holds (tenant, budget, hold, amounts)
          select p_tenant, p_hold_budget[i], p_hold[i], v_amount[4*i-3:4*i] from generate_series(1, cardinality(p_hold)) as i where v_set[i]
          on conflict (tenant, budget, hold) do nothing;
        end if;
        if 'closed' = any (v_state) then
          delete from budget_holds h using unnest(v_budget, v_state) as r(id, state)
          where r.state = 'closed' and h.tenant = p_tenant and h.budget = r.id;
        end if;
      end if;
      update heads h set version = r.expected + 1, hash = r.hash, final = r.final
      from unnest(p_stream, p_expected, p_hash, p_final, v_ok) as r(stream, expected, hash, final, ok)
      where r.ok and h.tenant = p_tenant and h.stream = r.stream;
      get diagnostics v_changed = row_count;
      if v_changed <> v_count then raise exception 'a stream is named twice in one call' using errcode = 'RS001'; end if;

      update counters k set position = k.position + v_count where k.tenant = p_tenant returning k.position - v_count into strict v_base;
      insert into records (tenant, position, stream, version, id, correlation_id, kind, at, envelope, body, salt, previous_hash, hash)
      select p_tenant, v_base + r.rank, r.stream, r.expected + 1, r.id, r.correlation_id, r.kind, r.at, r.envelope, r.body, r.salt,
        r.previous_hash, r.hash
      from unnest(p_stream, p_expected, p_id, p_correlation_id, p_kind, p_at, p_envelope, p_body, p_salt, p_previous_hash, p_hash, v_ok, v_rank)
        as r(stream, expected, id, correlation_id, kind, at, envelope, body, salt, previous_hash, hash, ok, rank)
      where r.ok;
    end if;

    return query select r.answer, r.version, v_base + nullif(r.rank, 0), r.exceeded, r.budget
      from unnest(v_answer, v_version, v_rank, v_exceeded, v_over) as r(answer, version, rank, exceeded, budget);
  end $$`.execute(db)
}
