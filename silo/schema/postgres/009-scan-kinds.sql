-- offline: the page answered its scan by itself; gate: the reader's gate at that time.
ALTER TABLE tally_event ADD COLUMN offline boolean NOT NULL DEFAULT false, ADD COLUMN gate text;
