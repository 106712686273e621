-- What is said, once for all who get it. user_id: the one user that it is for; group_id: the group; else its users are
-- listed below. told and last: how far it is done.
CREATE TABLE push_message (
  id          TEXT    NOT NULL PRIMARY KEY,
  fingerprint BLOB    NOT NULL,
  content     BLOB    NOT NULL,
  created     INTEGER NOT NULL,
  due         INTEGER NOT NULL,
  group_id    TEXT,
  user_id     TEXT,
  total       INTEGER NOT NULL,
  told        INTEGER NOT NULL,
  last        TEXT,
  done        INTEGER NOT NULL
);

CREATE INDEX push_message_unfinished ON push_message (due) WHERE done = 0;
CREATE INDEX push_message_done ON push_message (created) WHERE done = 1;

-- A thousand users a row, as a JSON array, in the order in which they were given: 100,000 are stored while a caller waits.
CREATE TABLE push_message_users (
  message TEXT    NOT NULL,
  chunk   INTEGER NOT NULL,
  users   BLOB    NOT NULL
);

CREATE UNIQUE INDEX push_message_users_chunk ON push_message_users (message, chunk);

-- mark: 0 new, 1 acknowledged, 2 forgotten. Rows lie in the order in which they came, which is nearly that of created.
CREATE TABLE notification (
  place     INTEGER PRIMARY KEY,
  user_id   TEXT    NOT NULL,
  id        TEXT    NOT NULL,
  message   TEXT    NOT NULL,
  created   INTEGER NOT NULL,
  valid_to  INTEGER,
  mark      INTEGER NOT NULL DEFAULT 0,
  marked_at INTEGER
);

CREATE UNIQUE INDEX notification_id ON notification (user_id, id);
CREATE INDEX notification_list ON notification (user_id, created, id) WHERE mark < 2;
CREATE INDEX notification_new ON notification (user_id, created, id) WHERE mark = 0;

-- kind: 0 to show, 1 to take away. lane: 0 to one user, 1 to many. state: 0 pending, 1 retrying; from 2 upwards nothing
-- is to be sent any more: 2 sent, 3 failed, 4 expired, 5 gone.
CREATE TABLE push_delivery (
  place        INTEGER PRIMARY KEY,
  notification TEXT    NOT NULL,
  device       TEXT    NOT NULL,
  kind         INTEGER NOT NULL,
  user_id      TEXT    NOT NULL,
  message      TEXT    NOT NULL,
  lane         INTEGER NOT NULL,
  origin       TEXT    NOT NULL,
  part         INTEGER NOT NULL,
  endpoint     TEXT    NOT NULL,
  p256dh       BLOB    NOT NULL,
  auth         BLOB    NOT NULL,
  queued       INTEGER NOT NULL,
  due          INTEGER NOT NULL,
  expires      INTEGER NOT NULL,
  state        INTEGER NOT NULL DEFAULT 0,
  attempts     INTEGER NOT NULL DEFAULT 0,
  last_status  INTEGER,
  last_attempt INTEGER,
  shown_at     INTEGER
);

CREATE UNIQUE INDEX push_delivery_id ON push_delivery (notification, device, kind);
CREATE INDEX push_delivery_due ON push_delivery (origin, part, lane, due, queued) WHERE state < 2;
CREATE INDEX push_delivery_message ON push_delivery (message, state) WHERE kind = 0;
CREATE INDEX push_delivery_user ON push_delivery (user_id, device, state, last_attempt);

CREATE TABLE push_group_member (
  group_id TEXT    NOT NULL,
  user_id  TEXT    NOT NULL,
  added    INTEGER NOT NULL,
  PRIMARY KEY (group_id, user_id)
) WITHOUT ROWID;
