-- Times are ticks of 100 ns since the Unix epoch, as in the embedded database: nothing is lost by a copy.
-- Texts that are looked up compare by their bytes ("C"), whatever the database's own collation.

-- One row, made with the schema: whose database it is. counter rises with every change of membership; a database in which
-- it is lower than a process has seen was restored from a backup behind that process.
CREATE TABLE storage_generation (
  one     boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (one),
  id      uuid    NOT NULL DEFAULT gen_random_uuid(),
  counter bigint  NOT NULL DEFAULT 1
);

INSERT INTO storage_generation DEFAULT VALUES;

-- The number of the last batch of each writer. A batch names its predecessor: after a lost connection the writer puts a
-- new number, and what it sent before can no longer commit. sealed: the number that was there before that.
CREATE TABLE storage_writer (
  id      uuid        NOT NULL PRIMARY KEY,
  batch   bigint      NOT NULL,
  sealed  bigint,
  seen_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 20);

-- id: the first 16 bytes of SHA-256 over name and key, so that the index stays small whatever the keys are.
CREATE TABLE grain_state (
  id      uuid   NOT NULL PRIMARY KEY,
  name    text   COLLATE "C" NOT NULL,
  key     text   COLLATE "C" NOT NULL,
  etag    bigint NOT NULL,
  payload bytea  NOT NULL
) WITH (fillfactor = 80);

-- attempt_at: when to try, which is due_at or the end of the claim that is on the row.
CREATE TABLE reminder (
  grain_type text   COLLATE "C" NOT NULL,
  grain_key  text   COLLATE "C" NOT NULL,
  name       text   COLLATE "C" NOT NULL,
  start_at   bigint NOT NULL,
  period     bigint NOT NULL,
  due_at     bigint NOT NULL,
  attempt_at bigint NOT NULL,
  etag       bigint NOT NULL,
  PRIMARY KEY (grain_type, grain_key, name)
);

CREATE INDEX reminder_attempt ON reminder (attempt_at);

-- scopes: separated by blanks.
CREATE TABLE api_token (
  id         text    COLLATE "C" NOT NULL PRIMARY KEY,
  number     bigint  NOT NULL GENERATED ALWAYS AS IDENTITY,
  name       text    NOT NULL,
  scopes     text    NOT NULL,
  hash       bytea   NOT NULL UNIQUE,
  created_at bigint  NOT NULL,
  revoked_at bigint
);

CREATE TABLE mail (
  id              text     COLLATE "C" NOT NULL PRIMARY KEY,
  state           smallint NOT NULL,
  tries           integer  NOT NULL,
  next_attempt_at bigint   NOT NULL,
  last_error      text,
  payload         bytea    NOT NULL
);

CREATE INDEX mail_queued ON mail (next_attempt_at) WHERE state = 1;
CREATE INDEX mail_done ON mail (next_attempt_at) WHERE state <> 1;

CREATE TABLE setting (
  name  text  COLLATE "C" NOT NULL PRIMARY KEY,
  value bytea NOT NULL
);
