-- What the rules made of each instance of the spool: RoutingState. A new row is not routed, so that an instance is
-- remembered as such in the transaction that lets its sender have the answer.
ALTER TABLE spool_instances ADD COLUMN routing INTEGER NOT NULL DEFAULT 0;

-- The watch folder by which it came; empty: an association.
ALTER TABLE spool_instances ADD COLUMN source_name TEXT NOT NULL DEFAULT '';

-- Only rules behind this one are looked at: a person let it go on. Empty: all.
ALTER TABLE spool_instances ADD COLUMN after_rule TEXT NOT NULL DEFAULT '';

CREATE INDEX spool_instances_unrouted ON spool_instances (id) WHERE routing = 0;

CREATE INDEX spool_instances_unmatched ON spool_instances (id) WHERE routing = 2;

-- Deliveries to come: for completeness of a series or study while due_at is null, then for the time it says. level and
-- priority are the numbers of config::Trigger and config::Priority. Nothing here refers to spool_instances: it has to
-- stay when the index is made anew.
CREATE TABLE spool_waits (
    spool_id INTEGER NOT NULL,
    destination TEXT NOT NULL,
    rule TEXT NOT NULL,
    level INTEGER NOT NULL,
    uid TEXT NOT NULL,
    quiet_ms INTEGER,
    max_wait_ms INTEGER,
    expected INTEGER NOT NULL,
    announced INTEGER NOT NULL,
    delay_ms INTEGER NOT NULL,
    hours TEXT NOT NULL,
    priority INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,
    due_at INTEGER,
    PRIMARY KEY (spool_id, destination)
) WITHOUT ROWID;

CREATE INDEX spool_waits_key ON spool_waits (rule, level, uid) WHERE due_at IS NULL;

CREATE INDEX spool_waits_due ON spool_waits (due_at) WHERE due_at IS NOT NULL;

-- What waits for a person.
CREATE TABLE spool_holds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    spool_id INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    rule TEXT NOT NULL,
    text TEXT NOT NULL,
    destination TEXT NOT NULL,
    after_rule TEXT NOT NULL,
    held_at INTEGER NOT NULL
);

CREATE INDEX spool_holds_instance ON spool_holds (spool_id);

-- The deliveries that the forwarder made of an instance: it is kept until each of them is final.
CREATE TABLE spool_deliveries (
    spool_id INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL,
    PRIMARY KEY (spool_id, delivery_id)
) WITHOUT ROWID;
