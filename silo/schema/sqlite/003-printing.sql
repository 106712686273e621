-- Surnames and numbers are in upper case. Ids are never used again: prints refer to them.
CREATE TABLE print_member (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  surname        TEXT    NOT NULL,
  union_number   TEXT,
  student_number TEXT
);

CREATE UNIQUE INDEX print_member_union ON print_member (union_number) WHERE union_number IS NOT NULL;
CREATE UNIQUE INDEX print_member_student ON print_member (student_number) WHERE student_number IS NOT NULL;

-- at: when the terminal had it. member is null where nobody's file was printed.
CREATE TABLE print_fact (
  place    INTEGER PRIMARY KEY,
  id       BLOB    NOT NULL,
  file     BLOB    NOT NULL,
  member   INTEGER,
  terminal TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  sheets   INTEGER NOT NULL
);

CREATE UNIQUE INDEX print_fact_id ON print_fact (id);
CREATE INDEX print_fact_member ON print_fact (member, at) WHERE member IS NOT NULL;
