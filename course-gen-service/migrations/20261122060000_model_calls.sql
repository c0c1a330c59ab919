-- Every call to a language model, written down before it is made: what was answered is kept and never paid for again, and
-- what a crash left in doubt counts as spent.
CREATE TABLE model_calls (
    call_id           uuid PRIMARY KEY,
    -- No foreign keys: a worker holds the job's row while its calls are written here, and what was spent outlives the job.
    job_id            uuid NOT NULL,
    client_id         uuid NOT NULL,
    -- SHA-256 of everything that was asked: the same question has the same answer.
    question          text NOT NULL,
    provider          text NOT NULL,
    model             text NOT NULL,
    state             text NOT NULL DEFAULT 'started' CHECK (state IN ('started', 'answered', 'failed', 'in_doubt')),
    -- The most that the call could cost, in millionths of a US dollar; it counts until the cost is known.
    reserved          bigint NOT NULL CHECK (reserved >= 0),
    cost              bigint CHECK (cost >= 0),
    input_tokens      bigint,
    output_tokens     bigint,
    answer            text,
    failure           text,
    started_at        timestamptz NOT NULL DEFAULT now(),
    ended_at          timestamptz,
    CONSTRAINT model_calls_answered CHECK (state <> 'answered' OR answer IS NOT NULL AND cost IS NOT NULL)
);
CREATE UNIQUE INDEX model_calls_one_answer ON model_calls (job_id, question) WHERE state = 'answered';
CREATE INDEX model_calls_job ON model_calls (job_id);
CREATE INDEX model_calls_day ON model_calls (started_at, client_id);
