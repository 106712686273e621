-- offline: the page answered its scan by itself, 1; gate: the reader's gate at that time.
ALTER TABLE tally_event ADD COLUMN offline INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tally_event ADD COLUMN gate TEXT;
