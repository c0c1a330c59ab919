-- Client companies, as their sales rep keeps them.
CREATE TABLE clients (
    client_id  uuid PRIMARY KEY,
    owner_id   uuid NOT NULL,
    name       text NOT NULL,
    industry   text,
    country    text,
    revision   bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX clients_owner ON clients (owner_id, client_id DESC);

-- Course requests. `status` only moves forward, whatever order events come in.
CREATE TABLE requests (
    request_id   uuid PRIMARY KEY,
    client_id    uuid NOT NULL REFERENCES clients,
    owner_id     uuid NOT NULL,
    title        text NOT NULL,
    level        text NOT NULL CHECK (level IN ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')),
    learners     integer NOT NULL,
    hours        real NOT NULL,
    deadline     date,
    languages    text[] NOT NULL,
    notes        text,
    status       text NOT NULL DEFAULT 'draft' CHECK (status IN
        ('draft', 'submitted', 'processing', 'generating', 'in_review', 'published', 'failed', 'cancelled')),
    course_id    uuid,
    revision     bigint NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    submitted_at timestamptz
);
CREATE INDEX requests_owner ON requests (owner_id, request_id DESC);
CREATE INDEX requests_course ON requests (course_id) WHERE course_id IS NOT NULL;

-- SOP files of a request. The bytes go straight to S3; the hash is bound into the upload's signature.
CREATE TABLE documents (
    document_id  uuid PRIMARY KEY,
    request_id   uuid NOT NULL REFERENCES requests ON DELETE CASCADE,
    file_name    text NOT NULL,
    size_bytes   bigint NOT NULL,
    content_type text NOT NULL,
    sha256       text NOT NULL,
    s3_key       text NOT NULL,
    status       text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'uploaded', 'processed', 'failed')),
    -- Why it failed: stable code, and a sentence for the rep.
    code         text,
    detail       text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT documents_same_file UNIQUE (request_id, sha256, file_name)
);

-- What happened to a request. Rows of one request are inserted under its row lock, so their ids grow in the order in
-- which they become visible and can serve as event ids of a stream.
CREATE TABLE timeline (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id  uuid NOT NULL REFERENCES requests ON DELETE CASCADE,
    at          timestamptz NOT NULL,
    kind        text NOT NULL,
    title       text NOT NULL,
    detail      text,
    code        text,
    document_id uuid,
    file_name   text
);
CREATE INDEX timeline_request ON timeline (request_id, id);
