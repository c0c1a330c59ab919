-- One row for each person. Cognito holds the password; who a person is to us stands here.
CREATE TABLE profiles (
    -- Cognito's `sub`.
    user_id      uuid PRIMARY KEY,
    -- UUIDv7, made here: Cognito's ids are random, and lists are shown newest first.
    list_id      uuid NOT NULL UNIQUE,
    -- Grows with every change: ETag, and the order of account events.
    revision     bigint NOT NULL DEFAULT 1,
    -- Lower case: Cognito's user names differ by case, people do not.
    email        text NOT NULL CONSTRAINT profiles_email_key UNIQUE CHECK (email = lower(email)),
    display_name text NOT NULL,
    language     text NOT NULL,
    phone        text,
    roles        text[] NOT NULL,
    client_ids   uuid[] NOT NULL,
    disabled     boolean NOT NULL DEFAULT false,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX profiles_clients ON profiles USING gin (client_ids);

-- What an administrator asked for, committed before Cognito is told. A row that stays means that the invitation stopped half
-- way: the same invitation again, or the person's first sign-in, completes it.
CREATE TABLE invitations (
    email        text PRIMARY KEY,
    display_name text NOT NULL,
    role         text NOT NULL,
    client_ids   uuid[] NOT NULL,
    language     text NOT NULL,
    phone        text,
    invited_by   uuid NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now()
);

-- Who did what to whom, and when. No passwords, codes or tokens.
CREATE TABLE audit (
    -- UUIDv7: newest last.
    audit_id uuid PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT now(),
    actor_id uuid NOT NULL,
    action   text NOT NULL,
    user_id  uuid NOT NULL,
    details  jsonb NOT NULL
);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END
$$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
