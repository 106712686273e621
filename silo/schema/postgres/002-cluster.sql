-- The clock of leases and claims is the database's. Tests shift it.
CREATE TABLE cluster_clock (
  one   boolean  NOT NULL PRIMARY KEY DEFAULT true CHECK (one),
  shift interval NOT NULL DEFAULT '0'
);

INSERT INTO cluster_clock DEFAULT VALUES;

CREATE FUNCTION actors_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
$$ SELECT clock_timestamp() + shift FROM cluster_clock $$;

-- A silo of one life: epoch is random, so that the same name started again is another row. A silo that leaves still
-- writes the state of what it closes; one that is joining or dead writes nothing.
CREATE TABLE cluster_silo (
  cluster    text        COLLATE "C" NOT NULL,
  id         text        COLLATE "C" NOT NULL,
  epoch      uuid        NOT NULL,
  state      text        NOT NULL CHECK (state IN ('joining', 'active', 'leaving', 'dead')),
  address    text        NOT NULL,
  version    text        NOT NULL DEFAULT '',
  started_at timestamptz NOT NULL DEFAULT actors_now(),
  changed_at timestamptz NOT NULL DEFAULT actors_now(),
  PRIMARY KEY (cluster, id, epoch)
) WITH (fillfactor = 50);

-- Apart from cluster_silo, whose rows every write transaction locks: a renewal waits for none of them.
CREATE TABLE cluster_lease (
  cluster    text        COLLATE "C" NOT NULL,
  id         text        COLLATE "C" NOT NULL,
  epoch      uuid        NOT NULL,
  expires_at timestamptz NOT NULL,
  renewals   bigint      NOT NULL DEFAULT 0,
  PRIMARY KEY (cluster, id, epoch)
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
  PERFORM pg_notify('actors_view', p_cluster || ' ' || bumped);
  RETURN bumped;
END
$$;

-- The first statement of every write transaction. It names the batch, and requires the writer's membership until the
-- commit: an eviction waits for the lock, and no batch that begins after the eviction gets any further.
-- AC001: not a member. AC002: the writer has put another number meanwhile.
CREATE FUNCTION actors_begin_batch(p_writer uuid, p_previous bigint, p_next bigint, p_cluster text, p_silo text, p_epoch uuid)
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
