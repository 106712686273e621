-- What was copied here from an embedded database, a table each: a copy that was broken off goes on with the next table,
-- and one that is repeated has nothing to do. source is the embedded database's own id.
CREATE TABLE storage_migration (
  name        text        COLLATE "C" NOT NULL PRIMARY KEY,
  source      uuid        NOT NULL,
  rows        bigint      NOT NULL,
  hash        text        NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT now()
);
