-- A cluster that runs Microsoft Orleans: what Orleans keeps of each silo, beside the row in cluster_silo whose state every
-- write transaction requires, as of the built-in engine. id is address:port; epoch is made of the generation, and unique.
-- What Orleans often changes is not in cluster_silo, where it would wait for the writes that run.
CREATE TABLE cluster_orleans (
  cluster    text        COLLATE "C" NOT NULL,
  id         text        COLLATE "C" NOT NULL,
  epoch      bigint      NOT NULL,
  generation integer     NOT NULL,
  status     smallint    NOT NULL,
  gateway    integer     NOT NULL,
  host       text        NOT NULL,
  name       text        NOT NULL,
  suspicions text        NOT NULL DEFAULT '',
  started_at timestamptz NOT NULL,
  alive_at   timestamptz NOT NULL,
  PRIMARY KEY (cluster, id, epoch)
) WITH (fillfactor = 50);

-- Puts a silo as it shall be, if nobody has changed the view since p_version; p_known tells whether its row must be there
-- already. Who is put dead waits for its writes that run, and none comes after.
CREATE FUNCTION actors_put_orleans(
  p_cluster text, p_id text, p_epoch bigint, p_known boolean, p_version bigint, p_state text, p_generation integer, p_status smallint,
  p_gateway integer, p_host text, p_name text, p_suspicions text, p_started_at timestamptz, p_alive_at timestamptz, p_program text)
  RETURNS boolean LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM actors_lock_view(p_cluster);
  IF (SELECT v.version FROM cluster_view v WHERE v.cluster = p_cluster) <> p_version
    OR p_known <> EXISTS (SELECT FROM cluster_orleans o WHERE o.cluster = p_cluster AND o.id = p_id AND o.epoch = p_epoch)
  THEN
    RETURN false;
  END IF;
  INSERT INTO cluster_silo (cluster, id, epoch, state, address, version) VALUES (p_cluster, p_id, p_epoch, p_state, p_id, p_program)
    ON CONFLICT (cluster, id, epoch) DO NOTHING;
  -- Only what changes: an unchanged row need not be waited for. A frozen process may have begun a batch whose end never comes.
  BEGIN
    UPDATE cluster_silo s SET state = p_state, changed_at = actors_now()
      WHERE s.cluster = p_cluster AND s.id = p_id AND s.epoch = p_epoch AND s.state <> p_state;
  EXCEPTION WHEN lock_not_available THEN
    IF p_state <> 'dead' THEN
      RAISE;
    END IF;
    PERFORM actors_end_writers(p_epoch);
    UPDATE cluster_silo s SET state = p_state, changed_at = actors_now()
      WHERE s.cluster = p_cluster AND s.id = p_id AND s.epoch = p_epoch;
  END;
  INSERT INTO cluster_orleans VALUES (p_cluster, p_id, p_epoch, p_generation, p_status, p_gateway, p_host, p_name, p_suspicions, p_started_at, p_alive_at)
    ON CONFLICT (cluster, id, epoch) DO UPDATE SET status = p_status, gateway = p_gateway, host = p_host, name = p_name,
      suspicions = p_suspicions, started_at = p_started_at, alive_at = p_alive_at;
  PERFORM actors_change_view(p_cluster);
  RETURN true;
END
$$;

-- Forgets the dead that were last heard of before p_before.
CREATE FUNCTION actors_forget_orleans(p_cluster text, p_before timestamptz) RETURNS void LANGUAGE sql AS
$$
  WITH gone AS (
    DELETE FROM cluster_orleans o USING cluster_silo s
    WHERE o.cluster = p_cluster AND o.alive_at < p_before AND s.cluster = o.cluster AND s.id = o.id AND s.epoch = o.epoch AND s.state = 'dead'
    RETURNING o.id, o.epoch)
  DELETE FROM cluster_silo s USING gone WHERE s.cluster = p_cluster AND s.id = gone.id AND s.epoch = gone.epoch;
$$;
