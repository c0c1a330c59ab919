-- A job may wait for a course manager to approve its outline.
ALTER TABLE jobs ADD COLUMN approve_outline boolean NOT NULL DEFAULT false;
ALTER TABLE jobs DROP CONSTRAINT jobs_state_check;
ALTER TABLE jobs ADD CONSTRAINT jobs_state_check
    CHECK (state IN ('queued', 'awaiting_approval', 'done', 'failed', 'cancelled'));
-- What the manager said, once for each version; it may be here before the outline.
CREATE TABLE outline_approvals (
    request_id  uuid NOT NULL,
    version     integer NOT NULL,
    approval    jsonb NOT NULL,
    PRIMARY KEY (request_id, version)
);
