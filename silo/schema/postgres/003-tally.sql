-- head: the last position given to an event of the campaign.
CREATE TABLE tally_campaign (
  id   integer NOT NULL PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  slug text    COLLATE "C" NOT NULL UNIQUE,
  head bigint  NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

-- head and received_at: the highest sequence and the latest reception of its rows.
CREATE TABLE tally_reader (
  uuid        uuid   NOT NULL PRIMARY KEY,
  head        bigint NOT NULL DEFAULT 0,
  received_at bigint
) WITH (fillfactor = 50);

-- Every event once, whichever part of the log it is in, and where.
CREATE TABLE tally_event_id (
  event       uuid   NOT NULL PRIMARY KEY,
  reader      uuid   NOT NULL,
  sequence    bigint NOT NULL,
  received_at bigint NOT NULL
);

-- sequence: above 0 scans as the reader received them, below 0 reorder rows that its scans caused (minus their position).
-- position: the place in the campaign's order, NULL while there is no decision.
-- In parts by the month of reception: forgetting a month is dropping its part.
CREATE TABLE tally_event (
  reader       uuid     NOT NULL,
  sequence     bigint   NOT NULL,
  campaign     integer  NOT NULL,
  position     bigint,
  type         smallint NOT NULL,
  outcome      smallint NOT NULL,
  event        uuid     NOT NULL,
  certificate  uuid     NOT NULL,
  time         bigint   NOT NULL,
  reader_time  bigint   NOT NULL,
  received_at  bigint   NOT NULL,
  clock_offset bigint   NOT NULL,
  reader_name  text     NOT NULL,
  related      uuid,
  winner       uuid,
  PRIMARY KEY (reader, sequence, received_at)
) PARTITION BY RANGE (received_at);

CREATE INDEX tally_event_order ON tally_event (campaign, position) WHERE position IS NOT NULL;
CREATE INDEX tally_event_undecided ON tally_event (reader, received_at) WHERE position IS NULL;

-- What is received at times for which there is no part yet.
CREATE TABLE tally_event_rest PARTITION OF tally_event DEFAULT;

CREATE FUNCTION actors_ticks(p_time timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT (extract(epoch FROM p_time) * 10000000)::bigint $$;

-- Makes the part of a month; nothing when it is there, or when rows of that month lie in the rest already.
CREATE FUNCTION actors_add_tally_month(p_time timestamptz) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
  first timestamp := date_trunc('month', p_time AT TIME ZONE 'UTC');
  part  text := 'tally_event_' || to_char(first, 'YYYYMM');
  since bigint := actors_ticks(first AT TIME ZONE 'UTC');
  until bigint := actors_ticks((first + interval '1 month') AT TIME ZONE 'UTC');
BEGIN
  IF to_regclass(part) IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(1097823348);
  IF to_regclass(part) IS NULL AND NOT EXISTS (SELECT 1 FROM tally_event_rest WHERE received_at >= since AND received_at < until) THEN
    EXECUTE format('CREATE TABLE %I PARTITION OF tally_event FOR VALUES FROM (%s) TO (%s)', part, since, until);
  END IF;
END
$$;

SELECT actors_add_tally_month(now()), actors_add_tally_month(now() + interval '1 month');

-- Drops the months that lie wholly before a time. Returns how many events were forgotten.
CREATE FUNCTION actors_forget_tally(p_before timestamptz) RETURNS bigint LANGUAGE plpgsql AS
$$
DECLARE
  part      text;
  part_rows bigint;
  forgotten bigint := 0;
  month     text := to_char(date_trunc('month', p_before AT TIME ZONE 'UTC'), 'YYYYMM');
BEGIN
  PERFORM pg_advisory_xact_lock(1097823348);
  FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'tally_event'::regclass AND c.relname ~ '^tally_event_[0-9]{6}$' AND right(c.relname, 6) < month ORDER BY 1
  LOOP
    EXECUTE format('DELETE FROM tally_event_id i USING %I e WHERE i.event = e.event', part);
    GET DIAGNOSTICS part_rows = ROW_COUNT;
    EXECUTE format('DROP TABLE %I', part);
    forgotten := forgotten + part_rows;
  END LOOP;
  WITH gone AS (DELETE FROM tally_event_rest WHERE received_at < actors_ticks(date_trunc('month', p_before AT TIME ZONE 'UTC') AT TIME ZONE 'UTC') RETURNING event)
  DELETE FROM tally_event_id i USING gone WHERE i.event = gone.event;
  GET DIAGNOSTICS part_rows = ROW_COUNT;
  RETURN forgotten + part_rows;
END
$$;

-- head: the last change number given to a certificate of the campaign.
CREATE TABLE tally_roster (
  id   integer NOT NULL PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  slug text    COLLATE "C" NOT NULL UNIQUE,
  head bigint  NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

CREATE TABLE tally_certificate (
  certificate    uuid    NOT NULL PRIMARY KEY,
  roster         integer NOT NULL,
  change         bigint  NOT NULL,
  code           text    COLLATE "C" NOT NULL,
  version        bigint  NOT NULL,
  revoked        boolean NOT NULL,
  validity_start bigint,
  validity_end   bigint,
  data           text    NOT NULL
);

CREATE UNIQUE INDEX tally_certificate_order ON tally_certificate (roster, change);
CREATE INDEX tally_certificate_code ON tally_certificate (roster, code);
