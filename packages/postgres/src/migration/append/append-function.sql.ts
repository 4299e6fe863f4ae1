import { changeBudgets, writeBudgets } from './budgets.sql.ts'
import { lockBudgets, lockPending } from './locks.sql.ts'
import { writeRows } from './rows.sql.ts'

/**
 * The one way in which records come into being. Called in autocommit; `append-arguments.ts` builds the arguments.
 *
 * Arrays run in parallel: one element a request; `…_by` is the request (from 1) to which an element of a longer list belongs. `p_named` is the
 * cause of each request and then what is cancelled. No stream and no id of `p_named` may be there twice in one call: the caller puts such
 * requests into separate calls. `p_fences` are partitions, `p_fence` places in it. Answers: appended 0, duplicate 1, conflict 2, fenced 3, over-limit 4. The first request that is appended gets
 * the position after `base`, the second the next, and so on.
 *
 * - S1 locks are taken in this order, within each by key: new heads, partitions, heads, budgets, pending rows, the tenant's counter
 * - S2 checks are made in this order: duplicate, fenced, conflict, over-limit; a refused request changes nothing
 * - S3 the counter's row is locked last and held to the commit: the order of positions is the order of commits, without gaps
 *
 * The planner is kept to the keys and to one plan, which it makes once a connection, often while the tables are still empty. A statement
 * and an expression cost about the same for one request as for ten, so there are as few as can be.
 */
export function appendFunction(lockHeads: string): string {
  return `function roster.append(
    p_tenant text,
    p_stream text[], p_partition integer[], p_expected bigint[], p_final boolean[],
    p_fences integer[], p_fence integer[], p_fence_epoch bigint[], p_lease text[],
    p_id text[], p_correlation_id text[], p_kind text[], p_at bigint[],
    p_envelope text[], p_body text[], p_salt text[], p_previous_hash text[], p_hash text[],
    p_named_by integer[], p_named text[],
    p_row_by integer[], p_row_id text[], p_row_kind text[], p_row_stream text[], p_row_partition integer[], p_row_sender text[],
    p_row_type text[], p_row_control boolean[], p_row_due_at bigint[], p_row_expires_at bigint[], p_row_body text[],
    p_row_lease_token text[], p_row_lease_ms bigint[],
    p_budget text[], p_hold_budget text[], p_hold text[],
    p_change_by integer[], p_change_kind text[], p_change_budget integer[], p_change_other integer[], p_change_amounts bigint[],
    out answers integer[], out versions bigint[], out base bigint, out exceeded integer[], out exhausted text[]
  )
  language plpgsql security definer
  set search_path = roster, pg_temp set plan_cache_mode = force_generic_plan set jit = off
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
  #variable_conflict use_column
  declare
    n constant integer := cardinality(p_stream);
    n_changes constant integer := cardinality(p_change_by);
    v_now constant bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
    v_nothing constant bigint[] := '{0,0,0,0}';
    v_count integer; v_changed integer;
    v_epoch bigint[]; v_head tid[]; v_barred integer[]; v_pending tid[];
    -- Budgets, by their place in v_budget; amounts of four limits each
    m integer; v_budget text[]; v_budget_at tid[]; v_state text[]; v_parent text[]; v_parent_place integer[]; v_touched boolean[];
    v_granted bigint[]; v_held bigint[]; v_used bigint[]; v_taken bigint[];
    -- Holds, by their place in p_hold
    v_hold_at tid[]; v_set boolean[]; v_amount bigint[];
    -- As they were before a request
    s_state text[]; s_granted bigint[]; s_held bigint[]; s_used bigint[]; s_set boolean[]; s_amount bigint[];
    i integer; b integer; o integer; v_limit integer; v_which integer;
  begin${lockHeads}
    if n_changes > 0 then${lockBudgets}
    end if;${lockPending}
    if n_changes > 0 then${changeBudgets}
    end if;
    v_count := cardinality(array_positions(answers, 0));
    if v_count < n and 0 = any (p_expected) then
      delete from heads where version = 0 and ctid = any (array(
        select v_head[i] from generate_series(1, n) as i where answers[i] <> 0 and v_head[i] is not null));
    end if;
    if v_count > 0 then
      if n_changes > 0 then${writeBudgets}
      end if;${writeRows}
    end if;
  end $$`
}
