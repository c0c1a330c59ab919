-- A file can be a new version of another one; its number is what ingestion says when it was read.
ALTER TABLE documents
    ADD COLUMN replaces uuid REFERENCES documents ON DELETE SET NULL,
    ADD COLUMN version  integer;
UPDATE documents SET version = 1 WHERE status = 'processed';
-- A version may go back to a file of earlier days.
ALTER TABLE documents DROP CONSTRAINT documents_same_file;
CREATE UNIQUE INDEX documents_same_file ON documents (request_id, sha256, file_name) WHERE replaces IS NULL;
CREATE INDEX documents_replaces ON documents (replaces) WHERE replaces IS NOT NULL;
