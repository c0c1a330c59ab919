-- Courses. `version` is the newest version, `published_version` the one that is taught and learned; neither goes back.
CREATE TABLE courses (
    course_id         uuid PRIMARY KEY,
    client_id         uuid NOT NULL,
    request_id        uuid NOT NULL,
    version           bigint NOT NULL,
    published_version bigint
);
CREATE INDEX courses_client ON courses (client_id, course_id DESC);

-- Versions of a course. The content lies in MongoDB under `sha256`; here is what lists, search and review need of it.
CREATE TABLE versions (
    course_id    uuid NOT NULL REFERENCES courses,
    version      bigint NOT NULL,
    state        text NOT NULL DEFAULT 'in_review' CHECK (state IN
        ('in_review', 'changes_requested', 'approved', 'published')),
    title        text NOT NULL,
    level        text NOT NULL CHECK (level IN ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')),
    -- Whose order made it: this person may not approve it.
    ordered_by   uuid NOT NULL,
    lessons      bigint NOT NULL,
    bucket       text NOT NULL,
    prefix       text NOT NULL,
    sha256       text NOT NULL,
    created_at   timestamptz NOT NULL,
    -- Whether the package was fetched from S3: 'broken' with the reason when it is not what the event promised.
    content      text NOT NULL DEFAULT 'pending' CHECK (content IN ('pending', 'ready', 'broken')),
    content_fault text,
    quality      jsonb,
    -- Ids that a comment may stand on.
    element_ids  uuid[] NOT NULL DEFAULT '{}',
    -- Titles of units and lessons, one a line.
    outline      text NOT NULL DEFAULT '',
    search       tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', outline), 'B')) STORED,
    changes_note text,
    reviewed_by  uuid,
    reviewed_at  timestamptz,
    published_by uuid,
    published_at timestamptz,
    PRIMARY KEY (course_id, version)
);
CREATE INDEX versions_search ON versions USING gin (search);

-- Packages still to be fetched. A worker locks a row while it works on it; a crash gives the row back.
CREATE TABLE fetches (
    course_id uuid NOT NULL,
    version   bigint NOT NULL,
    attempts  integer NOT NULL DEFAULT 0,
    run_after timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (course_id, version),
    FOREIGN KEY (course_id, version) REFERENCES versions
);
CREATE INDEX fetches_due ON fetches (run_after);

-- What reviewers say about one element of a version.
CREATE TABLE comments (
    comment_id  uuid PRIMARY KEY,
    course_id   uuid NOT NULL,
    version     bigint NOT NULL,
    element_id  uuid NOT NULL,
    text        text NOT NULL,
    author_id   uuid NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    resolved_by uuid,
    resolved_at timestamptz,
    FOREIGN KEY (course_id, version) REFERENCES versions
);
CREATE INDEX comments_version ON comments (course_id, version, comment_id DESC);

-- Who teaches and who learns a course. Rows stay when an assignment is taken back.
CREATE TABLE assignments (
    assignment_id uuid PRIMARY KEY,
    course_id     uuid NOT NULL REFERENCES courses,
    user_id       uuid NOT NULL,
    role          text NOT NULL CHECK (role IN ('trainer', 'student')),
    -- The published version at that time.
    version       bigint NOT NULL,
    due_on        date,
    assigned_by   uuid NOT NULL,
    assigned_at   timestamptz NOT NULL DEFAULT now(),
    unassigned_at timestamptz
);
CREATE UNIQUE INDEX assignments_once ON assignments (course_id, user_id, role) WHERE unassigned_at IS NULL;
CREATE INDEX assignments_course ON assignments (course_id, assignment_id DESC) WHERE unassigned_at IS NULL;

-- What learners did, from events that may come twice and in any order: every update is one that may be repeated and
-- swapped (the earliest start, the better result). No foreign keys: an event may be here before its course.
CREATE TABLE progress (
    course_id   uuid NOT NULL,
    student_id  uuid NOT NULL,
    started_at  timestamptz NOT NULL,
    -- First time that the assessment was handed in.
    finished_at timestamptz,
    -- Of the best attempt at the assessment: one that passed, then the higher score.
    score       real,
    passed      boolean,
    PRIMARY KEY (course_id, student_id)
);
CREATE TABLE completed_lessons (
    course_id    uuid NOT NULL,
    student_id   uuid NOT NULL,
    lesson_id    uuid NOT NULL,
    score        real NOT NULL,
    completed_at timestamptz NOT NULL,
    PRIMARY KEY (course_id, student_id, lesson_id)
);

-- Attendance of classes, as it was last reported.
CREATE TABLE sessions_held (
    session_id  uuid PRIMARY KEY,
    course_id   uuid NOT NULL,
    present     uuid[] NOT NULL,
    absent      uuid[] NOT NULL,
    reported_at timestamptz NOT NULL
);
CREATE INDEX sessions_held_course ON sessions_held (course_id);

-- Feedback about a course. What a trainer writes to a learner is theirs and is not kept here.
CREATE TABLE feedback (
    feedback_id uuid PRIMARY KEY,
    course_id   uuid NOT NULL,
    lesson_id   uuid,
    from_role   text NOT NULL,
    text        text NOT NULL,
    at          timestamptz NOT NULL
);
CREATE INDEX feedback_course ON feedback (course_id, at DESC);
