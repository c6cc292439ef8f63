-- A delivery that waits may ask the destination first, and is left out where the instance is there.
ALTER TABLE spool_waits ADD COLUMN only_missing INTEGER NOT NULL DEFAULT 0;
