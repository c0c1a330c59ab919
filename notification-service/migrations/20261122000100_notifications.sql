-- News that has not reached its person yet: written by events, taken away when deliveries are made of it. It waits here for as
-- long as the person, or the order that says who they are, is not known.
CREATE TABLE announcements (
    -- UUIDv7.
    announcement_id uuid PRIMARY KEY,
    event_id        uuid NOT NULL,
    kind            text NOT NULL,
    -- To this person ...
    user_id         uuid,
    -- ... or to whoever ordered this.
    request_id      uuid,
    params          jsonb NOT NULL,
    link            text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CHECK (user_id IS NOT NULL OR request_id IS NOT NULL),
    UNIQUE NULLS NOT DISTINCT (event_id, user_id, request_id)
);

-- Who ordered what: some events name only the request.
CREATE TABLE orders (
    request_id uuid PRIMARY KEY,
    ordered_by uuid NOT NULL,
    title      text NOT NULL
);

-- What a person wants; without a row, the defaults of the columns.
CREATE TABLE preferences (
    user_id  uuid PRIMARY KEY,
    revision bigint NOT NULL DEFAULT 1,
    email    boolean NOT NULL DEFAULT true,
    sms      boolean NOT NULL DEFAULT false,
    in_app   boolean NOT NULL DEFAULT true
);

-- One row for each event, person and channel, ever. The log of what was sent, and the queue of what is to be sent.
CREATE TABLE deliveries (
    -- UUIDv7; goes out with the message.
    delivery_id     uuid PRIMARY KEY,
    event_id        uuid NOT NULL,
    user_id         uuid NOT NULL,
    channel         text NOT NULL CHECK (channel IN ('email', 'sms', 'in_app')),
    kind            text NOT NULL,
    -- queued -> sending -> sent | queued (again) | failed | uncertain; queued -> dropped. `uncertain`: the process or the
    -- connection ended while sending, so the message may or may not have left. It is not sent again.
    state           text NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'uncertain', 'dropped')),
    subject         text NOT NULL,
    body            text NOT NULL,
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    claimed_at      timestamptz,
    sent_at         timestamptz,
    error_code      text,
    -- What SES or SNS calls it.
    provider_id     text,
    CONSTRAINT deliveries_once UNIQUE (event_id, user_id, channel)
);
CREATE INDEX deliveries_queued ON deliveries (next_attempt_at) WHERE state = 'queued';
CREATE INDEX deliveries_sending ON deliveries (claimed_at) WHERE state = 'sending';
CREATE INDEX deliveries_user ON deliveries (user_id, delivery_id);

-- The inbox in the portals.
CREATE TABLE notifications (
    -- UUIDv7; the id of its delivery.
    notification_id uuid PRIMARY KEY REFERENCES deliveries (delivery_id),
    user_id         uuid NOT NULL,
    -- 1, 2, 3 ... for each person, given out under a lock, so that a stream never passes over a late commit.
    position        bigint NOT NULL,
    kind            text NOT NULL,
    title           text NOT NULL,
    body            text NOT NULL,
    link            text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    read_at         timestamptz,
    UNIQUE (user_id, position)
);
