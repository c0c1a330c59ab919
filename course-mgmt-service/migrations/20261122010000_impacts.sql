-- What new versions of SOPs mean for courses. No foreign key: an event may be here before its course.
CREATE TABLE impacts (
    course_id   uuid NOT NULL,
    -- Of the course that was looked at.
    version     bigint NOT NULL,
    document_id uuid NOT NULL,
    to_version  bigint NOT NULL,
    client_id   uuid NOT NULL,
    sop_title   text NOT NULL,
    impact      jsonb NOT NULL,
    told_at     timestamptz NOT NULL,
    PRIMARY KEY (course_id, version, document_id, to_version)
);
