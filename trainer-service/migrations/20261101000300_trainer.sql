-- Published courses: the newest version that an event told of, and the materials that are here.
CREATE TABLE courses (
    course_id         uuid PRIMARY KEY,
    client_id         uuid NOT NULL,
    version           bigint NOT NULL,
    title             text NOT NULL,
    level             text NOT NULL CHECK (level IN ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')),
    bucket            text NOT NULL,
    prefix            text NOT NULL,
    sha256            text NOT NULL,
    -- Content of an older version serves until the new one is fetched. It lies in MongoDB under its hash.
    materials_version bigint,
    materials_sha256  text,
    lesson_ids        uuid[] NOT NULL DEFAULT '{}',
    -- Why the newest package cannot be used.
    materials_fault   text
);

-- Packages still to be fetched. A worker locks a row while it works on it; a crash gives the row back.
CREATE TABLE fetches (
    course_id uuid PRIMARY KEY REFERENCES courses,
    attempts  integer NOT NULL DEFAULT 0,
    run_after timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX fetches_due ON fetches (run_after);

-- Who teaches and who learns a course. An end may be told before its beginning: no foreign key, and an ended row stays.
CREATE TABLE assignments (
    assignment_id uuid PRIMARY KEY,
    course_id     uuid NOT NULL,
    user_id       uuid NOT NULL,
    role          text NOT NULL CHECK (role IN ('trainer', 'student')),
    due_on        date,
    assigned_at   timestamptz NOT NULL,
    unassigned_at timestamptz
);
CREATE INDEX assignments_user ON assignments (user_id, role, course_id);
CREATE INDEX assignments_course ON assignments (course_id, role, user_id);

-- The one place that says which courses a trainer may see: assigned now, and still a member of the course's client.
CREATE VIEW teaching AS
    SELECT a.user_id AS trainer_id, a.course_id, min(a.assigned_at) AS assigned_at
    FROM assignments a
    JOIN courses c ON c.course_id = a.course_id
    JOIN members m ON m.user_id = a.user_id AND c.client_id = ANY (m.client_ids)
    WHERE a.role = 'trainer' AND a.unassigned_at IS NULL
    GROUP BY a.user_id, a.course_id;

-- Classes.
CREATE TABLE sessions (
    session_id uuid PRIMARY KEY,
    course_id  uuid NOT NULL REFERENCES courses,
    trainer_id uuid NOT NULL,
    title      text NOT NULL,
    starts_at  timestamptz NOT NULL,
    minutes    integer NOT NULL,
    place      text,
    lesson_id  uuid,
    -- Attendance was taken.
    held_at    timestamptz,
    revision   bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sessions_course ON sessions (course_id, session_id DESC);

CREATE TABLE attendance (
    session_id uuid NOT NULL REFERENCES sessions,
    user_id    uuid NOT NULL,
    present    boolean NOT NULL,
    PRIMARY KEY (session_id, user_id)
);

-- Open answers that a trainer grades, once. An answer may be here before its course.
CREATE TABLE submissions (
    submission_id uuid PRIMARY KEY,
    course_id     uuid NOT NULL,
    client_id     uuid NOT NULL,
    lesson_id     uuid,
    item_id       uuid NOT NULL,
    student_id    uuid NOT NULL,
    prompt        text NOT NULL,
    answer        text NOT NULL,
    model_answer  text NOT NULL,
    rubric        jsonb NOT NULL,
    max_score     bigint NOT NULL,
    received_at   timestamptz NOT NULL,
    score         bigint,
    comment       text,
    graded_by     uuid,
    graded_at     timestamptz,
    CHECK ((score IS NULL) = (graded_at IS NULL)),
    CHECK (score BETWEEN 0 AND max_score)
);
CREATE INDEX submissions_course ON submissions (course_id, submission_id DESC);

-- What trainers wrote, to a learner or about the course.
CREATE TABLE feedback (
    feedback_id uuid PRIMARY KEY,
    course_id   uuid NOT NULL REFERENCES courses,
    trainer_id  uuid NOT NULL,
    student_id  uuid,
    text        text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX feedback_course ON feedback (course_id, trainer_id, feedback_id DESC);
