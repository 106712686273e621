-- Ids lie in the order of reception: a sparse index finds the old ones, and costs nothing to keep.
CREATE INDEX tally_event_id_received ON tally_event_id USING brin (received_at);

-- Forgets up to p_limit ids of events received before a time. Returns how many.
CREATE FUNCTION actors_forget_event_ids(p_before timestamptz, p_limit integer) RETURNS bigint LANGUAGE sql AS
$$
  WITH old AS (SELECT ctid FROM tally_event_id WHERE received_at < actors_ticks(p_before) LIMIT p_limit),
  gone AS (DELETE FROM tally_event_id WHERE ctid = ANY (ARRAY(SELECT ctid FROM old)) RETURNING 1)
  SELECT count(*) FROM gone
$$;

-- Drops the months that lie wholly before a time, whose ids are forgotten already; those in which something is not decided
-- stay. Returns how many events they had.
CREATE FUNCTION actors_drop_tally_months(p_before timestamptz) RETURNS bigint LANGUAGE plpgsql AS
$$
DECLARE
  part      text;
  part_rows bigint;
  undecided bigint;
  forgotten bigint := 0;
  month   text := to_char(date_trunc('month', p_before AT TIME ZONE 'UTC'), 'YYYYMM');
BEGIN
  PERFORM pg_advisory_xact_lock(1097823348);
  FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'tally_event'::regclass AND c.relname ~ '^tally_event_[0-9]{6}$' AND right(c.relname, 6) < month ORDER BY 1
  LOOP
    EXECUTE format('SELECT count(*), count(*) FILTER (WHERE position IS NULL) FROM %I', part) INTO part_rows, undecided;
    IF undecided = 0 THEN
      EXECUTE format('DROP TABLE %I', part);
      forgotten := forgotten + part_rows;
    END IF;
  END LOOP;
  DELETE FROM tally_event_rest
    WHERE position IS NOT NULL AND received_at < actors_ticks(date_trunc('month', p_before AT TIME ZONE 'UTC') AT TIME ZONE 'UTC');
  GET DIAGNOSTICS part_rows = ROW_COUNT;
  RETURN forgotten + part_rows;
END
$$;
