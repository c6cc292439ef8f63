-- The index of the spool: what was received and is kept. The id of an instance is the number of its file.
CREATE TABLE spool_sources (
    id INTEGER PRIMARY KEY,
    calling_ae_title TEXT NOT NULL,
    called_ae_title TEXT NOT NULL,
    peer_address TEXT NOT NULL,
    UNIQUE (calling_ae_title, called_ae_title, peer_address)
);

-- The identity is ID and issuer, or name and birth date where there is no ID.
CREATE TABLE spool_patients (
    id INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    patient_name TEXT NOT NULL COLLATE NOCASE,
    patient_id TEXT NOT NULL,
    issuer_of_patient_id TEXT NOT NULL,
    patient_birth_date TEXT NOT NULL,
    patient_sex TEXT NOT NULL
);

CREATE INDEX spool_patients_name ON spool_patients (patient_name);

CREATE INDEX spool_patients_patient_id ON spool_patients (patient_id);

CREATE TABLE spool_studies (
    id INTEGER PRIMARY KEY,
    patient_row INTEGER NOT NULL REFERENCES spool_patients (id),
    study_instance_uid TEXT NOT NULL UNIQUE,
    study_date TEXT NOT NULL,
    study_time TEXT NOT NULL,
    accession_number TEXT NOT NULL,
    study_id TEXT NOT NULL,
    study_description TEXT NOT NULL COLLATE NOCASE,
    referring_physician_name TEXT NOT NULL COLLATE NOCASE,
    first_received_at INTEGER NOT NULL
);

CREATE INDEX spool_studies_patient ON spool_studies (patient_row);

CREATE INDEX spool_studies_date ON spool_studies (study_date, study_time);

CREATE INDEX spool_studies_accession ON spool_studies (accession_number);

CREATE INDEX spool_studies_received ON spool_studies (first_received_at);

CREATE TABLE spool_series (
    id INTEGER PRIMARY KEY,
    study_row INTEGER NOT NULL REFERENCES spool_studies (id),
    series_instance_uid TEXT NOT NULL,
    modality TEXT NOT NULL,
    series_number TEXT NOT NULL,
    series_description TEXT NOT NULL COLLATE NOCASE,
    series_date TEXT NOT NULL,
    series_time TEXT NOT NULL,
    body_part_examined TEXT NOT NULL,
    protocol_name TEXT NOT NULL,
    station_name TEXT NOT NULL,
    institution_name TEXT NOT NULL,
    manufacturer TEXT NOT NULL,
    UNIQUE (study_row, series_instance_uid)
);

CREATE INDEX spool_series_uid ON spool_series (series_instance_uid);

CREATE TABLE spool_instances (
    id INTEGER PRIMARY KEY,
    series_row INTEGER NOT NULL REFERENCES spool_series (id),
    context_id INTEGER NOT NULL REFERENCES contexts (id),
    source_id INTEGER NOT NULL REFERENCES spool_sources (id),
    sop_instance_uid TEXT NOT NULL,
    version INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0,
    differs INTEGER NOT NULL DEFAULT 0,
    digest TEXT NOT NULL,
    file_bytes INTEGER NOT NULL,
    data_set_offset INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    instance_number TEXT NOT NULL,
    content_date TEXT NOT NULL,
    content_time TEXT NOT NULL,
    number_of_frames INTEGER NOT NULL,
    rows_count INTEGER NOT NULL,
    columns_count INTEGER NOT NULL,
    bits_allocated INTEGER NOT NULL,
    UNIQUE (sop_instance_uid, version)
);

CREATE INDEX spool_instances_series ON spool_instances (series_row);

-- Who knocked and was not let in; bounded, the longest silent one goes first.
CREATE TABLE refused_peers (
    id INTEGER PRIMARY KEY,
    calling_ae_title TEXT NOT NULL,
    called_ae_title TEXT NOT NULL,
    peer_address TEXT NOT NULL,
    certificate_sha256 TEXT NOT NULL,
    certificate_subject TEXT NOT NULL,
    reason INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    UNIQUE (calling_ae_title, called_ae_title, peer_address, certificate_sha256)
);
