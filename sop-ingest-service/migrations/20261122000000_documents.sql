-- Course requests whose SOPs we read. The whole order is kept: it goes on to the generator when the SOPs are settled.
CREATE TABLE requests (
    request_id uuid PRIMARY KEY,
    client_id  uuid NOT NULL,
    ordered_by uuid NOT NULL,
    -- The envelope of `course_creation.ordered`: the cause of every event that we answer it with.
    ordered    jsonb NOT NULL,
    state      text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'ready', 'failed', 'cancelled')),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- One job for each document of a request; each is settled by itself, whatever becomes of the others.
CREATE TABLE documents (
    document_id uuid PRIMARY KEY,
    request_id  uuid NOT NULL REFERENCES requests,
    client_id   uuid NOT NULL,
    -- As the rep's computer named it: for display only.
    file_name   text NOT NULL,
    upload_key  text NOT NULL,
    size_bytes  bigint NOT NULL,
    sha256      text NOT NULL,
    state       text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'processed', 'failed', 'cancelled')),
    -- Who works on it, until when: a worker that dies stops renewing this, and another takes over.
    lease_until timestamptz,
    claimed_at  timestamptz,
    -- Claims that ended in nothing, not even an error: the document takes its worker down with it.
    crashes     integer NOT NULL DEFAULT 0,
    not_before  timestamptz NOT NULL DEFAULT now(),
    -- Set as soon as the parsed SOP is in S3; a repeated job goes on from there.
    parsed_key  text,
    title       text,
    format      text,
    pages       integer,
    clauses     integer,
    code        text,
    detail      text,
    -- Milliseconds by stage.
    timings     jsonb NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL DEFAULT now(),
    settled_at  timestamptz
);
CREATE INDEX documents_request ON documents (request_id, document_id DESC);
CREATE INDEX documents_client ON documents (client_id, document_id DESC);
CREATE INDEX documents_queue ON documents (created_at) WHERE state = 'queued';
-- Whose turn it is: the client that has waited longest.
CREATE INDEX documents_turns ON documents (client_id, claimed_at DESC) WHERE claimed_at IS NOT NULL;
