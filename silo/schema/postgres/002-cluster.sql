-- The clock of leases and claims is the database's. Tests shift it.
CREATE TABLE cluster_clock (
  one   boolean  NOT NULL PRIMARY KEY DEFAULT true CHECK (one),
  shift interval NOT NULL DEFAULT '0'
);

INSERT INTO cluster_clock DEFAULT VALUES;

CREATE FUNCTION actors_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
$$ SELECT clock_timestamp() + shift FROM cluster_clock $$;

-- A silo of one life: epoch is random, so that the same name started again is another row. A silo that leaves still
-- writes the state of what it closes; one that is joining or dead writes nothing. The dead are kept for a day, to be
-- looked at.
CREATE TABLE cluster_silo (
  cluster    text        COLLATE "C" NOT NULL,
  id         text        COLLATE "C" NOT NULL,
  epoch      bigint      NOT NULL,
  state      text        NOT NULL CHECK (state IN ('joining', 'active', 'leaving', 'dead')),
  address    text        NOT NULL,
  version    text        NOT NULL DEFAULT '',
  started_at timestamptz NOT NULL DEFAULT actors_now(),
  changed_at timestamptz NOT NULL DEFAULT actors_now(),
  PRIMARY KEY (cluster, id, epoch)
) WITH (fillfactor = 50);

-- Of silos that are not dead. Apart from cluster_silo, whose rows every write transaction locks: a renewal waits for none
-- of them. held_since: since when the lease was never over. suspected_at: since when somebody says that he does not hear
-- the silo, unless it has renewed since.
CREATE TABLE cluster_lease (
  cluster      text        COLLATE "C" NOT NULL,
  id           text        COLLATE "C" NOT NULL,
  epoch        bigint      NOT NULL,
  expires_at   timestamptz NOT NULL,
  length       interval    NOT NULL,
  held_since   timestamptz NOT NULL,
  suspected_at timestamptz,
  renewals     bigint      NOT NULL DEFAULT 0,
  PRIMARY KEY (cluster, id, epoch)
) WITH (fillfactor = 50);

-- Which silo does not hear which. insists: it has said so again after the time to refute.
CREATE TABLE cluster_suspicion (
  cluster  text        COLLATE "C" NOT NULL,
  id       text        COLLATE "C" NOT NULL,
  epoch    bigint      NOT NULL,
  by_id    text        COLLATE "C" NOT NULL,
  by_epoch bigint      NOT NULL,
  first_at timestamptz NOT NULL,
  last_at  timestamptz NOT NULL,
  insists  boolean     NOT NULL DEFAULT false,
  PRIMARY KEY (cluster, id, epoch, by_id)
) WITH (fillfactor = 50);

CREATE TABLE cluster_view (
  cluster    text        COLLATE "C" NOT NULL PRIMARY KEY,
  version    bigint      NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT actors_now()
) WITH (fillfactor = 50);

-- To be called in the transaction that changes a state: the new version of the view, which also tells who listens.
CREATE FUNCTION actors_change_view(p_cluster text) RETURNS bigint LANGUAGE plpgsql AS
$$
DECLARE
  bumped bigint;
BEGIN
  INSERT INTO cluster_view AS v (cluster, version) VALUES (p_cluster, 1)
    ON CONFLICT (cluster) DO UPDATE SET version = v.version + 1, changed_at = actors_now()
    RETURNING version INTO bumped;
  UPDATE storage_generation SET counter = counter + 1;
  PERFORM pg_notify('actors_membership', p_cluster);
  RETURN bumped;
END
$$;

-- The first statement of every write transaction. It names the batch, and requires the writer's membership until the
-- commit: an eviction waits for the lock, and no batch that begins after the eviction gets any further.
-- AC001: not a member. AC002: the writer has put another number meanwhile.
CREATE FUNCTION actors_begin_batch(p_writer uuid, p_previous bigint, p_next bigint, p_cluster text, p_silo text, p_epoch bigint)
  RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
  IF p_epoch IS NOT NULL THEN
    PERFORM 1 FROM cluster_silo WHERE cluster = p_cluster AND id = p_silo AND epoch = p_epoch AND state IN ('active', 'leaving') FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'silo % is not an active member of cluster % any more', p_silo, p_cluster USING ERRCODE = 'AC001';
    END IF;
  END IF;
  UPDATE storage_writer SET batch = p_next, seen_at = now() WHERE id = p_writer AND batch = p_previous;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the writer has given up this batch' USING ERRCODE = 'AC002';
  END IF;
END
$$;

-- Ends what the writer sent before on a connection that it lost: waits for what runs, and lets nothing that comes later
-- commit. Returns the number of the last batch that did, or NULL when the writer is unknown here. Can be repeated.
CREATE FUNCTION actors_seal_writer(p_writer uuid, p_seal bigint) RETURNS bigint LANGUAGE plpgsql AS
$$
DECLARE
  last bigint;
BEGIN
  UPDATE storage_writer SET sealed = CASE WHEN batch = p_seal THEN sealed ELSE batch END, batch = p_seal, seen_at = now()
    WHERE id = p_writer RETURNING sealed INTO last;
  RETURN last;
END
$$;

-- The acts of membership, each one statement and one transaction. Whoever changes states locks the view first, then
-- leases, then silos: the majority is counted by one at a time, and nobody waits in a circle.
CREATE FUNCTION actors_lock_view(p_cluster text) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
  INSERT INTO cluster_view (cluster, version) VALUES (p_cluster, 1) ON CONFLICT (cluster) DO NOTHING;
  PERFORM 1 FROM cluster_view WHERE cluster = p_cluster FOR UPDATE;
END
$$;

-- All that are not dead, and what there is to say against each: 0 nothing; 1 its lease is over; 2 it is suspected and has
-- not renewed since; 3 more than half of the live silos insist that they do not hear it. What was said before the clock
-- was put back does not count.
CREATE FUNCTION actors_members(p_cluster text, p_at timestamptz)
  RETURNS TABLE (id text, epoch bigint, address text, state text, lease_left interval, doubt integer) LANGUAGE sql STABLE AS
$$
  WITH member AS (
    SELECT s.id, s.epoch, s.address, s.state, l.expires_at, l.length, l.suspected_at
    FROM cluster_silo s JOIN cluster_lease l ON l.cluster = s.cluster AND l.id = s.id AND l.epoch = s.epoch
    WHERE s.cluster = p_cluster AND s.state <> 'dead'
  ), live AS (
    SELECT m.id, m.epoch FROM member m WHERE m.state = 'active' AND m.expires_at > p_at
  )
  SELECT m.id, m.epoch, m.address, m.state, m.expires_at - p_at,
    CASE
      WHEN 2 * (SELECT count(*) FROM cluster_suspicion v JOIN live ON live.id = v.by_id AND live.epoch = v.by_epoch
                WHERE v.cluster = p_cluster AND v.id = m.id AND v.epoch = m.epoch
                  AND v.insists AND v.last_at <= p_at AND v.last_at > p_at - m.length) > (SELECT count(*) FROM live) THEN 3
      WHEN m.suspected_at IS NOT NULL THEN 2
      WHEN m.expires_at <= p_at THEN 1
      ELSE 0
    END
  FROM member m
$$;

-- Ends a life: its lease goes, and its row waits for the writes that run. Returns the state that it had.
CREATE FUNCTION actors_bury(p_cluster text, p_id text, p_epoch bigint) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
  had text;
BEGIN
  DELETE FROM cluster_lease WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch;
  SELECT state INTO had FROM cluster_silo WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch FOR UPDATE;
  UPDATE cluster_silo SET state = 'dead', changed_at = actors_now() WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch;
  DELETE FROM cluster_suspicion WHERE cluster = p_cluster AND ((id = p_id AND epoch = p_epoch) OR (by_id = p_id AND by_epoch = p_epoch));
  RETURN had;
END
$$;

CREATE FUNCTION actors_join(p_cluster text, p_id text, p_epoch bigint, p_address text, p_version text, p_lease interval)
  RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
  earlier record;
  changed boolean := false;
  moment timestamptz;
BEGIN
  PERFORM actors_lock_view(p_cluster);
  FOR earlier IN SELECT s.id, s.epoch FROM cluster_silo s
    WHERE s.cluster = p_cluster AND s.state <> 'dead' AND (s.id = p_id OR s.address = p_address) ORDER BY s.id, s.epoch
  LOOP
    changed := actors_bury(p_cluster, earlier.id, earlier.epoch) = 'active' OR changed;
  END LOOP;
  moment := actors_now();
  DELETE FROM cluster_silo WHERE cluster = p_cluster AND state = 'dead' AND changed_at < moment - interval '1 day';
  INSERT INTO cluster_silo (cluster, id, epoch, state, address, version) VALUES (p_cluster, p_id, p_epoch, 'joining', p_address, p_version);
  INSERT INTO cluster_lease (cluster, id, epoch, expires_at, length, held_since) VALUES (p_cluster, p_id, p_epoch, moment + p_lease, p_lease, moment);
  IF changed THEN
    PERFORM actors_change_view(p_cluster);
  END IF;
END
$$;

CREATE FUNCTION actors_activate(p_cluster text, p_id text, p_epoch bigint) RETURNS boolean LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM actors_lock_view(p_cluster);
  UPDATE cluster_silo SET state = 'active', changed_at = actors_now()
    WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch AND state = 'joining';
  IF FOUND THEN
    PERFORM actors_change_view(p_cluster);
    RETURN true;
  END IF;
  RETURN EXISTS (SELECT FROM cluster_silo WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch AND state = 'active');
END
$$;

-- A crash of the server may take back renewals (all of them), which costs nobody his membership; so they do not wait for
-- the disk. Leases that end later than they can, because the clock was put back, are shortened; rows that others hold are
-- left to them.
CREATE FUNCTION actors_renew(p_cluster text, p_id text, p_epoch bigint, p_lease interval)
  RETURNS TABLE (is_member boolean, view_version bigint, has_doubtful boolean) LANGUAGE plpgsql AS
$$
DECLARE
  moment timestamptz;
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM 1 FROM cluster_lease WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch FOR UPDATE;
  is_member := FOUND;
  moment := actors_now();
  UPDATE cluster_lease
    SET held_since = CASE WHEN expires_at <= moment OR held_since > moment THEN moment ELSE held_since END,
        expires_at = moment + p_lease, length = p_lease, suspected_at = NULL, renewals = renewals + 1
    WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch;
  UPDATE cluster_lease l SET expires_at = moment + l.length
    FROM (SELECT o.id, o.epoch FROM cluster_lease o
          WHERE o.cluster = p_cluster AND o.expires_at > moment + o.length + interval '1 second' FOR UPDATE SKIP LOCKED) late
    WHERE l.cluster = p_cluster AND l.id = late.id AND l.epoch = late.epoch;
  view_version := coalesce((SELECT v.version FROM cluster_view v WHERE v.cluster = p_cluster), 0);
  has_doubtful := EXISTS (SELECT FROM actors_members(p_cluster, moment) m WHERE m.doubt > 0 AND NOT (m.id = p_id AND m.epoch = p_epoch));
  RETURN NEXT;
END
$$;

CREATE FUNCTION actors_retire(p_cluster text, p_id text, p_epoch bigint) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM actors_lock_view(p_cluster);
  UPDATE cluster_silo SET state = 'leaving', changed_at = actors_now()
    WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch AND state IN ('joining', 'active');
  IF FOUND THEN
    PERFORM actors_change_view(p_cluster);
  END IF;
END
$$;

CREATE FUNCTION actors_leave(p_cluster text, p_id text, p_epoch bigint) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM actors_lock_view(p_cluster);
  IF actors_bury(p_cluster, p_id, p_epoch) = 'active' THEN
    PERFORM actors_change_view(p_cluster);
  END IF;
END
$$;

-- p_by is null for a process that only calls: what it says shortens the lease, which a renewal undoes, and is no vote.
CREATE FUNCTION actors_suspect(p_cluster text, p_id text, p_epoch bigint, p_by text, p_by_epoch bigint, p_patience interval)
  RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
  lease cluster_lease;
  held timestamptz;
  moment timestamptz;
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  SELECT * INTO lease FROM cluster_lease WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  -- What was said before the one who says it now held his lease gives him no ground; GREATEST ignores null.
  SELECT held_since INTO held FROM cluster_lease WHERE cluster = p_cluster AND id = p_by AND epoch = p_by_epoch;
  moment := actors_now();
  UPDATE cluster_lease
    SET expires_at = LEAST(expires_at, moment + p_patience),
        suspected_at = CASE WHEN suspected_at BETWEEN GREATEST(moment - length, held) AND moment THEN suspected_at ELSE moment END
    WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch;
  IF p_by IS NOT NULL THEN
    INSERT INTO cluster_suspicion AS s (cluster, id, epoch, by_id, by_epoch, first_at, last_at)
      VALUES (p_cluster, p_id, p_epoch, p_by, p_by_epoch, moment, moment)
      ON CONFLICT (cluster, id, epoch, by_id) DO UPDATE SET
        by_epoch = excluded.by_epoch,
        first_at = CASE WHEN s.by_epoch = p_by_epoch AND s.last_at BETWEEN moment - lease.length AND moment THEN s.first_at ELSE moment END,
        insists = s.by_epoch = p_by_epoch AND s.last_at BETWEEN moment - lease.length AND moment AND moment >= s.first_at + p_patience,
        last_at = moment;
  END IF;
  PERFORM pg_notify('actors_membership', p_cluster);
END
$$;

-- The ground is judged under the locks. Who has not held his own lease for long cannot know whether the other was able to
-- renew: after an outage, or a jump of the clock, all leases are over at once.
CREATE FUNCTION actors_evict(p_cluster text, p_id text, p_epoch bigint, p_by text, p_by_epoch bigint, p_patience interval)
  RETURNS boolean LANGUAGE plpgsql AS
$$
DECLARE
  lease cluster_lease;
  own cluster_lease;
  moment timestamptz;
  ground integer;
BEGIN
  PERFORM set_config('lock_timeout', '500ms', true);
  PERFORM actors_lock_view(p_cluster);
  SELECT * INTO lease FROM cluster_lease WHERE cluster = p_cluster AND id = p_id AND epoch = p_epoch FOR UPDATE;
  SELECT * INTO own FROM cluster_lease WHERE cluster = p_cluster AND id = p_by AND epoch = p_by_epoch;
  moment := actors_now();
  IF lease.id IS NULL OR own.id IS NULL OR own.expires_at <= moment OR own.held_since > moment THEN
    RETURN false;
  END IF;
  SELECT m.doubt INTO ground FROM actors_members(p_cluster, moment) m WHERE m.id = p_id AND m.epoch = p_epoch;
  IF ground = 3
    OR (ground > 0 AND lease.expires_at <= moment AND own.held_since <= moment - own.length)
    OR (ground = 2 AND lease.expires_at <= moment AND own.held_since <= lease.suspected_at AND lease.suspected_at <= moment - p_patience)
  THEN
    PERFORM actors_bury(p_cluster, p_id, p_epoch);
    PERFORM actors_change_view(p_cluster);
    RETURN true;
  END IF;
  RETURN false;
END
$$;
