-- A SOP has versions: each upload is one, and the first one's id names them all.
ALTER TABLE documents
    ADD COLUMN lineage_id   uuid,
    -- Known once the file was read. A number that was given is never given again, whatever becomes of its upload.
    ADD COLUMN version      integer CHECK (version > 0),
    -- The upload that this one was compared to, and what came of it (`SopDiff` in S3, its summary here).
    ADD COLUMN previous_id  uuid REFERENCES documents,
    ADD COLUMN diff_key     text,
    ADD COLUMN diff_summary jsonb,
    -- Pages that there is a picture of; NULL until the stage was run.
    ADD COLUMN pictures     integer,
    -- When nothing was left of a cancelled document in S3 and in the index.
    ADD COLUMN purged_at    timestamptz;
UPDATE documents SET lineage_id = document_id, version = CASE WHEN parsed_key IS NOT NULL THEN 1 END;
ALTER TABLE documents ALTER COLUMN lineage_id SET NOT NULL;
CREATE INDEX documents_lineage ON documents (lineage_id, version DESC);
CREATE INDEX documents_purge ON documents (document_id) WHERE state = 'cancelled' AND purged_at IS NULL;
