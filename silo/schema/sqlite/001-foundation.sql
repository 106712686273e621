-- Times are ticks of 100 ns since the Unix epoch, uuids are 16 bytes in the order of their text.

-- The number of the last batch: after a connection lost at COMMIT, one read tells whether the batch is in.
CREATE TABLE writer (
  id    INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL
);

CREATE TABLE probe (
  id      INTEGER PRIMARY KEY,
  content BLOB NOT NULL
);

-- Rows lie in the order of their first write and are found by a hash of (name, key), whose index stays a third of the
-- size of one over the texts: keys are random, so every insert touches another page of whatever is ordered by them.
CREATE TABLE grain_state (
  id      INTEGER PRIMARY KEY,
  hash    INTEGER NOT NULL,
  name    TEXT    NOT NULL,
  key     TEXT    NOT NULL,
  etag    INTEGER NOT NULL,
  payload BLOB    NOT NULL
);

CREATE INDEX grain_state_key ON grain_state (hash);

-- head: the last position given to an event; certificate_head: the last change number given to a certificate.
CREATE TABLE tally_campaign (
  id               INTEGER PRIMARY KEY,
  slug             TEXT    NOT NULL UNIQUE,
  head             INTEGER NOT NULL DEFAULT 0,
  certificate_head INTEGER NOT NULL DEFAULT 0
);

-- head and received_at: the highest sequence and the latest reception of its rows; reorders: how many rows below 0.
CREATE TABLE tally_reader (
  id          INTEGER PRIMARY KEY,
  uuid        BLOB    NOT NULL UNIQUE,
  head        INTEGER NOT NULL DEFAULT 0,
  received_at INTEGER,
  reorders    INTEGER NOT NULL DEFAULT 0
);

-- sequence: from 1 upwards scans as the reader received them, from -1 downwards reorder rows that its scans caused.
-- position: the place in the campaign's order, NULL while there is no decision.
-- Rows lie in the order of reception, so that what is written together shares pages whatever the number of readers.
CREATE TABLE tally_event (
  id          INTEGER PRIMARY KEY,
  reader      INTEGER NOT NULL,
  sequence    INTEGER NOT NULL,
  campaign    INTEGER NOT NULL,
  position    INTEGER,
  type        INTEGER NOT NULL,
  outcome     INTEGER NOT NULL,
  event       BLOB    NOT NULL,
  certificate BLOB    NOT NULL,
  time        INTEGER NOT NULL,
  reader_time INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  offset      INTEGER NOT NULL,
  reader_name TEXT    NOT NULL,
  related     BLOB,
  winner      BLOB
);

CREATE UNIQUE INDEX tally_event_sequence ON tally_event (reader, sequence);
CREATE UNIQUE INDEX tally_event_uuid ON tally_event (event);
CREATE UNIQUE INDEX tally_event_order ON tally_event (campaign, position) WHERE position IS NOT NULL;
CREATE INDEX tally_event_undecided ON tally_event (reader, received_at) WHERE position IS NULL;

CREATE TABLE tally_certificate (
  certificate    BLOB    NOT NULL PRIMARY KEY,
  campaign       INTEGER NOT NULL,
  change         INTEGER NOT NULL,
  code           TEXT    NOT NULL,
  version        INTEGER NOT NULL,
  revoked        INTEGER NOT NULL,
  validity_start INTEGER,
  validity_end   INTEGER,
  data           TEXT    NOT NULL
);

CREATE UNIQUE INDEX tally_certificate_order ON tally_certificate (campaign, change);
CREATE INDEX tally_certificate_code ON tally_certificate (campaign, code);

-- attempt_at: when to try, which is due_at or the end of the claim that is on the row.
CREATE TABLE reminder (
  grain_type TEXT    NOT NULL,
  grain_key  TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  start_at   INTEGER NOT NULL,
  period     INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  attempt_at INTEGER NOT NULL,
  etag       INTEGER NOT NULL,
  PRIMARY KEY (grain_type, grain_key, name)
) WITHOUT ROWID;

CREATE INDEX reminder_attempt ON reminder (attempt_at);

-- scopes: separated by blanks.
CREATE TABLE api_token (
  id         TEXT    NOT NULL PRIMARY KEY,
  name       TEXT    NOT NULL,
  scopes     TEXT    NOT NULL,
  hash       BLOB    NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
);

CREATE TABLE mail (
  id              TEXT    NOT NULL PRIMARY KEY,
  state           INTEGER NOT NULL,
  tries           INTEGER NOT NULL,
  next_attempt_at INTEGER NOT NULL,
  last_error      TEXT,
  payload         BLOB    NOT NULL
);

CREATE INDEX mail_queued ON mail (next_attempt_at) WHERE state = 1;
CREATE INDEX mail_done ON mail (next_attempt_at) WHERE state <> 1;

CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;
