/**
 * Locks and loads what an append depends on, each kind in order of its key. A lateral subquery with a locking clause is never merged with
 * its outer one, so each row is looked up by its key, whatever the planner thinks of the tables when it makes the plan.
 *
 * Rows are then known by `ctid`, which cannot change while they are locked. Arrays are read by subscript: `unnest` would copy each of them,
 * bodies too.
 */
export const lockHeads = `
    if 0 = any (p_expected) then
      insert into heads (tenant, stream, partition, version, hash, final)
      select p_tenant, p_stream[i], p_partition[i], 0, '', false from generate_series(1, n) as i
      where p_expected[i] = 0 order by p_stream[i] collate "C" on conflict (tenant, stream) do nothing;
    end if;
    select array_agg(p.epoch) into v_epoch
    from (
      select p.epoch from (select i from generate_series(1, cardinality(p_fences)) as i order by p_fences[i]) r
      left join lateral (
        select epoch from partitions where tenant = p_tenant and partition = p_fences[r.i] for share) p on true
      order by r.i
    ) p;
    select array_agg(h.at), array_agg(coalesce(h.version, 0)), array_agg(h.barred) into v_head, versions, v_barred
    from (
      select h.* from (select i from generate_series(1, n) as i order by p_stream[i] collate "C") r
      left join lateral (
        select ctid as at, version, case when revoked then 3 when final then 2 end as barred
        from heads where tenant = p_tenant and stream = p_stream[r.i] for update) h on true
      order by r.i
    ) h;`

/** A closed budget changes its parent too, which the caller does not know. */
export const lockBudgets = `
      v_budget := p_budget;
      if 'close' = any (p_change_kind) then
        v_budget := v_budget || array(
          select distinct g.parent from generate_series(1, n_changes) as c
          cross join lateral (select parent from budgets where tenant = p_tenant and id = p_budget[p_change_budget[c]] offset 0) g
          where p_change_kind[c] = 'close' and g.parent <> all (p_budget));
      end if;
      m := cardinality(v_budget);
      select array_agg(g.at), array_agg(case when g.closed then 'closed' when not g.closed then 'open' end),
        array_agg(g.parent), array_agg(array_position(v_budget, g.parent)),
        array_agg(coalesce(g.granted, v_nothing)), array_agg(coalesce(g.held, v_nothing)),
        array_agg(coalesce(g.used, v_nothing)), array_agg(coalesce(g.taken, v_nothing))
      into v_budget_at, v_state, v_parent, v_parent_place, v_granted, v_held, v_used, v_taken
      from (
        select g.* from (select i from generate_series(1, m) as i order by v_budget[i] collate "C") r
        left join lateral (
          select ctid as at, parent, granted, held, used, taken, closed
          from budgets where tenant = p_tenant and id = v_budget[r.i] for update) g on true
        order by r.i
      ) g;
      if cardinality(p_hold) > 0 then
        select array_agg(h.at), array_agg(h.at is not null), array_agg(coalesce(h.amounts, v_nothing)) into v_hold_at, v_set, v_amount
        from generate_series(1, cardinality(p_hold)) as i
        left join lateral (
          select ctid as at, amounts from budget_holds where tenant = p_tenant and budget = p_hold_budget[i] and hold = p_hold[i] offset 0
        ) h on true;
      end if;`

/** Locks causes and what is cancelled, and makes the checks that need no budget: duplicate 1, fenced 3, conflict 2, none 0. */
export const lockPending = `
    select array_agg(p.at), array_agg(p.answer) filter (where p.i <= n) into v_pending, answers
    from (
      select r.i, p.at, case
        when p_named[r.i] is not null and p.at is null then 1
        when v_barred[r.i] = 3
          or p_fence_epoch[r.i] is not null
            and (p_fences[p_fence[r.i]] <> p_partition[r.i] or p_fence_epoch[r.i] < 1
              or v_epoch[p_fence[r.i]] is distinct from p_fence_epoch[r.i])
          or p_lease[r.i] is not null and p_lease[r.i] is distinct from p.lease_token then 3
        when v_barred[r.i] = 2 or p_expected[r.i] <> versions[r.i] then 2
        else 0 end as answer
      from (select i from generate_series(1, cardinality(p_named)) as i order by p_named[i] collate "C") r
      left join lateral (
        select ctid as at, lease_token from pending where tenant = p_tenant and id = p_named[r.i] for update) p on true
      order by r.i
    ) p;`
