-- What silos tell of themselves every few seconds: for operators, nothing decides by it. Rows of those that are gone go later.
CREATE TABLE cluster_statistics (
  cluster          text               COLLATE "C" NOT NULL,
  id               text               COLLATE "C" NOT NULL,
  epoch            bigint             NOT NULL,
  version          text               NOT NULL,
  started_at       bigint             NOT NULL,
  told_at          timestamptz        NOT NULL DEFAULT now(),
  memory           bigint             NOT NULL,
  grain_types      text[]             NOT NULL,
  activations      integer[]          NOT NULL,
  calls_per_second double precision[] NOT NULL,
  PRIMARY KEY (cluster, id, epoch)
) WITH (fillfactor = 50);
