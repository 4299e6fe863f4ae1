/** Writes what the requests that were not refused consume, cause and record. The counter's row is locked here, from now to the commit. */
export const writeRows = `
      delete from pending where ctid = any (array(
        select v_pending[i] from generate_series(1, cardinality(p_named)) as i where answers[p_named_by[i]] = 0 and v_pending[i] is not null));
      if cardinality(p_row_by) > 0 then
        insert into pending (tenant, id, kind, stream, partition, sender, type, control, due_at, expires_at, body,
          lease_token, lease_ms, lease_until, inserted_at)
        select p_tenant, p_row_id[i], p_row_kind[i], p_row_stream[i], p_row_partition[i], p_row_sender[i], p_row_type[i], p_row_control[i],
          p_row_due_at[i], p_row_expires_at[i], p_row_body[i], p_row_lease_token[i], p_row_lease_ms[i], v_now + p_row_lease_ms[i], v_now
        from generate_series(1, cardinality(p_row_by)) as i where answers[p_row_by[i]] = 0 order by i
        on conflict (tenant, id) do nothing;
      end if;
      update heads h set version = r.version, hash = r.hash, final = r.final
      from (
        select v_head[i] as at, p_expected[i] + 1 as version, p_hash[i] as hash, p_final[i] as final
        from generate_series(1, n) as i where answers[i] = 0 offset 0
      ) r where h.ctid = r.at;
      get diagnostics v_changed = row_count;
      if v_changed <> v_count then raise exception 'a stream is named twice in one call' using errcode = 'RS001'; end if;

      update counters k set position = k.position + v_count where k.tenant = p_tenant returning k.position - v_count into strict base;
      insert into records (tenant, position, stream, version, id, correlation_id, kind, at, envelope, body, salt, previous_hash, hash)
      select p_tenant, base + row_number() over (), p_stream[i], p_expected[i] + 1, p_id[i], p_correlation_id[i], p_kind[i], p_at[i],
        p_envelope[i], p_body[i], p_salt[i], p_previous_hash[i], p_hash[i]
      from generate_series(1, n) as i where answers[i] = 0;`
