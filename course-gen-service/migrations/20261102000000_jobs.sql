-- One job makes one version of the course of a request. A worker holds the row's lock while it runs one step and commits
-- the step's result with it: a worker that dies leaves the job at the step it was in.
CREATE TABLE jobs (
    job_id          uuid PRIMARY KEY,
    request_id      uuid NOT NULL,
    client_id       uuid NOT NULL,
    course_id       uuid NOT NULL,
    version         integer NOT NULL CHECK (version > 0),
    ordered_by      uuid NOT NULL,
    state           text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'done', 'failed', 'cancelled')),
    -- The step to run next.
    step            text NOT NULL DEFAULT 'plan' CHECK (step IN ('plan', 'outline', 'author', 'forge', 'verify', 'assemble', 'package')),
    -- What was ordered, with the notes of the reviewers so far, and where the parsed SOPs lie.
    brief           jsonb NOT NULL,
    sops            jsonb NOT NULL,
    -- The event that this job answers.
    cause           jsonb NOT NULL,
    lessons_done    integer NOT NULL DEFAULT 0,
    lessons_total   integer NOT NULL DEFAULT 0,
    quality         jsonb,
    package_prefix  text,
    package_sha256  text,
    failure_code    text,
    failure_detail  text,
    -- Why the step could not be finished yet, and when to try again.
    attempts        integer NOT NULL DEFAULT 0,
    waiting_for     text,
    not_before      timestamptz NOT NULL DEFAULT now(),
    created_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,
    CONSTRAINT jobs_one_per_version UNIQUE (request_id, version)
);
CREATE INDEX jobs_queued ON jobs (not_before) WHERE state = 'queued';
CREATE INDEX jobs_client ON jobs (client_id, job_id DESC);

-- Steps that are finished, with what they leave to the next one: small results here, drafts in MongoDB by their hash.
CREATE TABLE job_steps (
    job_id      uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
    step        text NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    result      jsonb NOT NULL,
    PRIMARY KEY (job_id, step)
);

-- When a client's jobs were last worked on: the one that waited longest comes next.
CREATE TABLE client_turns (
    client_id uuid PRIMARY KEY,
    served_at timestamptz NOT NULL
);

-- Requests that were taken back, perhaps before their SOPs were read.
CREATE TABLE cancelled_requests (
    request_id   uuid PRIMARY KEY,
    cancelled_at timestamptz NOT NULL DEFAULT now()
);
