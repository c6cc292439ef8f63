-- Times are milliseconds since 1970 UTC, states and codes the numbers of the enumerations in LedgerTypes.h and Error.h.

CREATE TABLE destinations (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    paused INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    destination_id INTEGER NOT NULL REFERENCES destinations (id),
    title TEXT NOT NULL,
    contract TEXT NOT NULL,
    options TEXT NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0,
    state INTEGER NOT NULL DEFAULT 0,
    growth INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    stop_code INTEGER,
    stop_retry INTEGER,
    stop_status INTEGER,
    stop_detail TEXT
);

-- Of jobs that came to their end, so that lists need not count their deliveries again.
CREATE TABLE job_totals (
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    state INTEGER NOT NULL,
    deliveries INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (job_id, state)
);

CREATE TABLE contexts (
    id INTEGER PRIMARY KEY,
    sop_class_uid TEXT NOT NULL,
    transfer_syntax_uid TEXT NOT NULL,
    UNIQUE (sop_class_uid, transfer_syntax_uid)
);

CREATE TABLE job_contexts (
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    context_id INTEGER NOT NULL REFERENCES contexts (id),
    PRIMARY KEY (job_id, context_id)
);

CREATE TABLE folders (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL
);

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    patient_name TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    patient_birth_date TEXT NOT NULL,
    patient_sex TEXT NOT NULL,
    study_instance_uid TEXT NOT NULL,
    study_date TEXT NOT NULL,
    study_time TEXT NOT NULL,
    study_description TEXT NOT NULL,
    accession_number TEXT NOT NULL,
    series_instance_uid TEXT NOT NULL,
    modality TEXT NOT NULL,
    series_description TEXT NOT NULL,
    series_number INTEGER NOT NULL
);

CREATE TABLE instances (
    id INTEGER PRIMARY KEY,
    folder_id INTEGER NOT NULL REFERENCES folders (id),
    file_name TEXT NOT NULL,
    source_path TEXT,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    data_set_offset INTEGER NOT NULL,
    data_set_length INTEGER NOT NULL,
    context_id INTEGER NOT NULL REFERENCES contexts (id),
    series_id INTEGER NOT NULL REFERENCES series (id),
    sop_instance_uid TEXT NOT NULL
);

-- id = job * 2^32 + ordinal: the deliveries of a job are one range of the primary key.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    instance_id INTEGER NOT NULL REFERENCES instances (id),
    state INTEGER NOT NULL DEFAULT 0,
    proof INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0,
    deaths INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER
);

CREATE INDEX deliveries_waiting ON deliveries (id / 4294967296, retry_at) WHERE state = 1;

CREATE TABLE associations (
    id INTEGER PRIMARY KEY,
    destination_id INTEGER NOT NULL REFERENCES destinations (id),
    peer_address TEXT NOT NULL,
    peer_implementation TEXT NOT NULL,
    outstanding_window INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    error_code INTEGER,
    detail TEXT
);

CREATE TABLE attempts (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    number INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration_us INTEGER NOT NULL,
    association_id INTEGER REFERENCES associations (id),
    dimse_status INTEGER,
    error_code INTEGER,
    bytes INTEGER NOT NULL,
    detail TEXT,
    error_comment TEXT,
    offending_element TEXT,
    note TEXT,
    PRIMARY KEY (delivery_id, number)
) WITHOUT ROWID;

CREATE TABLE skipped_files (
    id INTEGER PRIMARY KEY,
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    source_path TEXT NOT NULL,
    reason INTEGER NOT NULL,
    detail TEXT NOT NULL
);

CREATE INDEX skipped_files_job ON skipped_files (job_id);

CREATE TABLE duplicate_files (
    id INTEGER PRIMARY KEY,
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    source_path TEXT NOT NULL,
    first_source_path TEXT NOT NULL,
    sop_instance_uid TEXT NOT NULL,
    kind INTEGER NOT NULL
);

CREATE INDEX duplicate_files_job ON duplicate_files (job_id);
