/**
 * Makes the changes of budgets, request by request, in memory. A request whose hold or grant does not fit is refused, and what it had changed
 * before that is taken back. A repeated grant, hold, settlement or close changes nothing.
 */
export const changeBudgets = `
      for c in 1..n_changes loop
        i := p_change_by[c];
        continue when answers[i] <> 0;
        if p_change_by[c + 1] = i and p_change_by[c - 1] is distinct from i then
          s_state := v_state; s_granted := v_granted; s_held := v_held; s_used := v_used; s_set := v_set; s_amount := v_amount;
        end if;
        b := p_change_budget[c]; o := p_change_other[c];
        v_touched[b] := true;
        v_limit := null;
        case p_change_kind[c]
        when 'hold' then
          if not v_set[o] then
            v_which := b;
            for l in 1..4 loop
              if v_held[b][l] + v_used[b][l] + p_change_amounts[4*c-4+l] > v_granted[b][l] then v_limit := l; exit; end if;
            end loop;
            if v_limit is null and v_state[b] = 'open' then
              v_set[o] := true;
              for l in 1..4 loop
                v_held[b][l] := v_held[b][l] + p_change_amounts[4*c-4+l];
                v_amount[o][l] := p_change_amounts[4*c-4+l];
              end loop;
            end if;
          end if;
        when 'settle' then
          if v_set[o] and v_state[b] = 'open' then
            v_set[o] := false;
            for l in 1..4 loop
              v_held[b][l] := greatest(0, v_held[b][l] - v_amount[o][l]);
              v_used[b][l] := v_used[b][l] + p_change_amounts[4*c-4+l];
            end loop;
          end if;
        when 'grant' then
          if v_state[b] is null then
            v_which := o;
            for l in 1..4 loop
              if v_held[o][l] + v_used[o][l] + p_change_amounts[4*c-4+l] > v_granted[o][l] then v_limit := l; exit; end if;
            end loop;
            if v_limit is null then
              v_state[b] := 'open'; v_parent_place[b] := o; v_parent[b] := v_budget[o];
              if o is not null then v_touched[o] := true; end if;
              for l in 1..4 loop
                v_granted[b][l] := p_change_amounts[4*c-4+l];
                v_taken[b][l] := case when o is null then 0 else p_change_amounts[4*c-4+l] end;
                if v_state[o] = 'open' then v_held[o][l] := v_held[o][l] + p_change_amounts[4*c-4+l]; end if;
              end loop;
            end if;
          end if;
        when 'close' then
          if v_state[b] = 'open' then
            v_state[b] := 'closed';
            o := v_parent_place[b];
            if v_state[o] = 'open' then v_touched[o] := true; end if;
            for l in 1..4 loop
              v_used[b][l] := v_used[b][l] + v_held[b][l];
              v_held[b][l] := 0;
              v_granted[b][l] := v_used[b][l];
              if v_state[o] = 'open' then
                v_held[o][l] := greatest(0, v_held[o][l] - v_taken[b][l]);
                v_used[o][l] := v_used[o][l] + v_used[b][l];
              end if;
            end loop;
          end if;
        when 'raise' then
          if v_state[b] = 'open' then
            for l in 1..4 loop v_granted[b][l] := v_granted[b][l] + p_change_amounts[4*c-4+l]; end loop;
          end if;
        end case;
        if v_limit is not null then
          if exceeded is null then
            exceeded := array_fill(null::integer, array[n]); exhausted := array_fill(null::text, array[n]);
          end if;
          answers[i] := 4; exceeded[i] := v_limit; exhausted[i] := v_budget[v_which];
          if p_change_by[c - 1] = i then
            v_state := s_state; v_granted := s_granted; v_held := s_held; v_used := s_used; v_set := s_set; v_amount := s_amount;
          end if;
        end if;
      end loop;`

/** Writes the budgets and holds that were changed. */
export const writeBudgets = `
        update budgets g set granted = r.granted, held = r.held, used = r.used, closed = r.closed
        from (
          select v_budget_at[i] as at, v_state[i] = 'closed' as closed,
            array[v_granted[i][1], v_granted[i][2], v_granted[i][3], v_granted[i][4]] as granted,
            array[v_held[i][1], v_held[i][2], v_held[i][3], v_held[i][4]] as held,
            array[v_used[i][1], v_used[i][2], v_used[i][3], v_used[i][4]] as used
          from generate_series(1, m) as i where v_touched[i] and v_budget_at[i] is not null offset 0
        ) r where g.ctid = r.at;
        if 'grant' = any (p_change_kind) then
          insert into budgets (tenant, id, parent, granted, held, used, taken, closed)
          select p_tenant, v_budget[i], v_parent[i],
            array[v_granted[i][1], v_granted[i][2], v_granted[i][3], v_granted[i][4]],
            array[v_held[i][1], v_held[i][2], v_held[i][3], v_held[i][4]],
            array[v_used[i][1], v_used[i][2], v_used[i][3], v_used[i][4]],
            array[v_taken[i][1], v_taken[i][2], v_taken[i][3], v_taken[i][4]],
            v_state[i] = 'closed'
          from generate_series(1, m) as i where v_state[i] is not null and v_budget_at[i] is null order by v_budget[i] collate "C";
        end if;
        if cardinality(p_hold) > 0 then
          delete from budget_holds where ctid = any (array(
            select v_hold_at[i] from generate_series(1, cardinality(p_hold)) as i where not v_set[i] and v_hold_at[i] is not null));
          insert into budget_holds (tenant, budget, hold, amounts)
          select p_tenant, p_hold_budget[i], p_hold[i], array[v_amount[i][1], v_amount[i][2], v_amount[i][3], v_amount[i][4]]
          from generate_series(1, cardinality(p_hold)) as i where v_set[i] and v_hold_at[i] is null;
        end if;
        if 'close' = any (p_change_kind) then
          delete from budget_holds h using generate_series(1, m) as i
          where v_state[i] = 'closed' and h.tenant = p_tenant and h.budget = v_budget[i];
        end if;`
