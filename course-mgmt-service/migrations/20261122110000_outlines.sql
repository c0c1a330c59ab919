-- Outlines that wait for a course manager, and what the manager said. No foreign key: the course comes after its outline.
CREATE TABLE outlines (
    course_id   uuid NOT NULL,
    -- Of the course that will be made.
    version     bigint NOT NULL,
    request_id  uuid NOT NULL,
    client_id   uuid NOT NULL,
    title       text NOT NULL,
    -- The announcement as it came.
    outline     jsonb NOT NULL,
    told_at     timestamptz NOT NULL,
    approval    jsonb,
    approved_by uuid,
    approved_at timestamptz,
    PRIMARY KEY (course_id, version)
);
CREATE INDEX outlines_client ON outlines (client_id, course_id DESC) WHERE approved_at IS NULL;
