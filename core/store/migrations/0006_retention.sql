-- What refers to a row, found without a walk over the whole table: jobs that are older than anybody wants to keep leave
-- the ledger, and each row that goes is looked for in the tables that refer to it.
CREATE INDEX deliveries_instance ON deliveries (instance_id);

CREATE INDEX instances_folder ON instances (folder_id);

CREATE INDEX instances_series ON instances (series_id);

CREATE INDEX attempts_association ON attempts (association_id);
