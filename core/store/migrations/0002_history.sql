-- Which series a job holds, so that jobs are found by patient and study without looking at their deliveries.
CREATE TABLE job_series (
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    series_id INTEGER NOT NULL REFERENCES series (id),
    PRIMARY KEY (job_id, series_id)
) WITHOUT ROWID;

CREATE INDEX job_series_series ON job_series (series_id);

INSERT INTO job_series (job_id, series_id)
SELECT DISTINCT d.id / 4294967296, i.series_id FROM deliveries d JOIN instances i ON i.id = d.instance_id;

CREATE INDEX jobs_finished ON jobs (finished_at);

CREATE INDEX deliveries_rejected ON deliveries (id) WHERE state = 4;

-- Set when a person has seen to the failures of a job, or has decided that nothing is to be done about them.
ALTER TABLE jobs ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
