-- Which connection of which silo a writer uses, so that whoever evicts a silo can end what it left half sent: a frozen
-- process would hold its rows.
ALTER TABLE storage_writer ADD COLUMN pid integer, ADD COLUMN epoch bigint;

CREATE OR REPLACE FUNCTION actors_begin_batch(p_writer uuid, p_previous bigint, p_next bigint, p_cluster text, p_silo text, p_epoch bigint)
  RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
  IF p_epoch IS NOT NULL THEN
    PERFORM 1 FROM cluster_silo WHERE cluster = p_cluster AND id = p_silo AND epoch = p_epoch AND state IN ('active', 'leaving') FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'silo % is not an active member of cluster % any more', p_silo, p_cluster USING ERRCODE = 'AC001';
    END IF;
  END IF;
  UPDATE storage_writer SET batch = p_next, seen_at = now(), pid = pg_backend_pid(), epoch = p_epoch WHERE id = p_writer AND batch = p_previous;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the writer has given up this batch' USING ERRCODE = 'AC002';
  END IF;
END
$$;

-- Ends the connections by which a silo of this epoch wrote. To be called in a transaction of its own, after the eviction or
-- when it waits too long for a batch.
CREATE FUNCTION actors_end_writers(p_epoch bigint) RETURNS bigint LANGUAGE sql AS
$$
  SELECT count(pg_terminate_backend(a.pid)) FROM storage_writer w
  JOIN pg_stat_activity a ON a.pid = w.pid AND a.backend_start <= w.seen_at AND a.datname = current_database()
  WHERE w.epoch = p_epoch
$$;
