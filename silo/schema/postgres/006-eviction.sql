-- As before, but whoever evicts does not wait for what the other left half sent: a frozen process may have begun a batch
-- whose end never comes, and that batch holds its row. Judged first: only the connections of one that goes are ended.
CREATE OR REPLACE FUNCTION actors_bury(p_cluster text, p_id text, p_epoch bigint) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
  had text;
BEGIN
  DELETE FROM cluster_lease WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch;
  BEGIN
    SELECT state INTO had FROM cluster_silo WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch FOR UPDATE;
  EXCEPTION WHEN lock_not_available THEN
    PERFORM actors_end_writers(p_epoch);
    SELECT state INTO had FROM cluster_silo WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch FOR UPDATE;
  END;
  UPDATE cluster_silo SET state = 'dead', changed_at = actors_now() WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch;
  DELETE FROM cluster_suspicion WHERE cluster = p_cluster AND ((id = p_id AND epoch = p_epoch) OR (by_id = p_id AND by_epoch = p_epoch));
  RETURN had;
END
$$;
