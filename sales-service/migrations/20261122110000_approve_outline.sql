-- Whether a course manager approves the outline before the lessons are written.
ALTER TABLE requests ADD COLUMN approve_outline boolean NOT NULL DEFAULT false;
