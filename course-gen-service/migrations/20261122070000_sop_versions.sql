-- The newest version of each SOP that had more than one: what a regeneration is made from.
CREATE TABLE sop_versions (
    client_id   uuid NOT NULL,
    document_id uuid NOT NULL,
    version     bigint NOT NULL,
    sop         jsonb NOT NULL,
    PRIMARY KEY (client_id, document_id)
);

-- Changes of SOPs, each told to the courses that it touches.
CREATE TABLE sop_changes (
    event_id   uuid PRIMARY KEY,
    cause      jsonb NOT NULL,
    done       boolean NOT NULL DEFAULT false,
    not_before timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sop_changes_open ON sop_changes (not_before) WHERE NOT done;
