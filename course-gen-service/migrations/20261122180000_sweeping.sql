-- What a job without a course left in MongoDB and S3 has been taken away.
ALTER TABLE jobs ADD COLUMN swept boolean NOT NULL DEFAULT false;
CREATE INDEX jobs_unswept ON jobs (finished_at) WHERE state IN ('cancelled', 'failed') AND NOT swept;
