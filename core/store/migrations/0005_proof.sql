-- What counts as evidence of a job's deliveries: ProofWanted.
ALTER TABLE jobs ADD COLUMN proof_wanted INTEGER NOT NULL DEFAULT 0;

-- Of deliveries that somebody was asked about: how often, when to ask (again), and why the last answer was no.
CREATE TABLE proofs (
    delivery_id INTEGER PRIMARY KEY REFERENCES deliveries (id),
    rounds INTEGER NOT NULL DEFAULT 0,
    ask_at INTEGER,
    failure_reason INTEGER,
    error_code INTEGER,
    told_at INTEGER
);

CREATE INDEX proofs_due ON proofs (ask_at) WHERE ask_at IS NOT NULL;

CREATE INDEX deliveries_missing ON deliveries (id) WHERE proof = 3;

-- Transactions of storage commitment that we began (PS3.4 J.3.2).
CREATE TABLE commitments (
    id INTEGER PRIMARY KEY,
    transaction_uid TEXT NOT NULL UNIQUE,
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    state INTEGER NOT NULL DEFAULT 0,
    asked_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    ended_at INTEGER,
    error_code INTEGER,
    dimse_status INTEGER
);

CREATE INDEX commitments_open ON commitments (job_id) WHERE state < 2;

CREATE TABLE commitment_deliveries (
    commitment_id INTEGER NOT NULL REFERENCES commitments (id),
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    PRIMARY KEY (commitment_id, delivery_id)
) WITHOUT ROWID;

-- Requests for commitment that others made: the report is owed until it was taken (PS3.4 J.3.3).
CREATE TABLE commitment_requests (
    id INTEGER PRIMARY KEY,
    transaction_uid TEXT NOT NULL,
    calling_ae_title TEXT NOT NULL,
    called_ae_title TEXT NOT NULL,
    peer_address TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    instances TEXT NOT NULL,
    UNIQUE (calling_ae_title, transaction_uid)
);
