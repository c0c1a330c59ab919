-- Tables that every service has in its own database; owned by crates/platform.

-- Events to send: a row is written in the transaction of the change that it tells of.
CREATE TABLE outbox (
    id           uuid PRIMARY KEY,
    -- Order within the table. Transactions commit out of this order, so nothing may use it as a cursor.
    seq          bigint GENERATED ALWAYS AS IDENTITY,
    topic        text NOT NULL,
    key          uuid NOT NULL,
    envelope     jsonb NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz
);
CREATE INDEX outbox_unpublished ON outbox (seq) WHERE published_at IS NULL;
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

-- Events that took effect: written in the transaction of the effect, so that a repetition has none.
CREATE TABLE inbox (
    event_id    uuid PRIMARY KEY,
    event_type  text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX inbox_received ON inbox (received_at);

-- Projection of the compacted topic `user-accounts`.
CREATE TABLE members (
    user_id      uuid PRIMARY KEY,
    revision     bigint NOT NULL,
    email        text NOT NULL,
    display_name text NOT NULL,
    language     text NOT NULL,
    phone        text,
    roles        text[] NOT NULL,
    client_ids   uuid[] NOT NULL,
    disabled     boolean NOT NULL
);
CREATE INDEX members_clients ON members USING gin (client_ids);

-- Answers to creating requests, so that a repeated one gets the first one's answer.
CREATE TABLE idempotency_keys (
    user_id      uuid NOT NULL,
    operation    text NOT NULL,
    key          text NOT NULL,
    request_hash bytea NOT NULL,
    status       smallint,
    body         jsonb,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, operation, key)
);
CREATE INDEX idempotency_created ON idempotency_keys (created_at);
