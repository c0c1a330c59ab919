-- A course that a student was given. The content is immutable and named by its hash.
CREATE TABLE enrolments (
    assignment_id  uuid PRIMARY KEY,
    student_id     uuid NOT NULL,
    course_id      uuid NOT NULL,
    client_id      uuid NOT NULL,
    version        integer NOT NULL,
    title          text NOT NULL,
    level          text NOT NULL,
    bucket         text NOT NULL,
    prefix         text NOT NULL,
    sha256         text NOT NULL,
    due_on         date,
    assigned_at    timestamptz NOT NULL,
    started_at     timestamptz,
    -- Where the student was last.
    resume_lesson  uuid,
    resume_item    uuid
);
CREATE INDEX enrolments_student ON enrolments (student_id, course_id);

-- Assignments that were taken back; kept apart, so that it does not matter which event comes first.
CREATE TABLE unassigned (assignment_id uuid PRIMARY KEY);

-- Every answer that was given. An open answer is pending until a trainer grades it.
CREATE TABLE attempts (
    attempt_id uuid PRIMARY KEY,
    student_id uuid NOT NULL,
    course_id  uuid NOT NULL,
    version    integer NOT NULL,
    -- NULL for an item of the assessment.
    lesson_id  uuid,
    item_id    uuid NOT NULL,
    response   jsonb NOT NULL,
    score      real NOT NULL,
    max_points integer NOT NULL,
    verdict    text NOT NULL CHECK (verdict IN ('correct', 'partly', 'wrong', 'pending')),
    comment    text,
    -- The clauses that decide the item: what a full score is evidence of.
    proofs     jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    graded_at  timestamptz
);
CREATE INDEX attempts_item ON attempts (student_id, course_id, item_id, attempt_id DESC);
CREATE INDEX attempts_lesson ON attempts (student_id, lesson_id);

CREATE TABLE lesson_completions (
    student_id   uuid NOT NULL,
    course_id    uuid NOT NULL,
    lesson_id    uuid NOT NULL,
    score        real NOT NULL,
    completed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (student_id, course_id, lesson_id)
);

CREATE TABLE assessment_submissions (
    submission_id uuid PRIMARY KEY,
    student_id    uuid NOT NULL,
    course_id     uuid NOT NULL,
    version       integer NOT NULL,
    score         real NOT NULL,
    passed        boolean NOT NULL,
    submitted_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX assessment_submissions_student ON assessment_submissions (student_id, course_id, submission_id DESC);

-- "Understood this clause of this SOP version, in English, at this level": one row for each clause and item, the first time
-- that the student got it fully right.
CREATE TABLE evidence (
    evidence_id uuid PRIMARY KEY,
    student_id  uuid NOT NULL,
    course_id   uuid NOT NULL,
    document_id uuid NOT NULL,
    sop_version integer NOT NULL,
    clause_id   text NOT NULL,
    quote       text NOT NULL,
    level       text NOT NULL,
    item_id     uuid NOT NULL,
    score       real NOT NULL,
    shown_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT evidence_once UNIQUE (student_id, document_id, clause_id, item_id)
);
