-- What a reviewer wants to be different in one element; without it, a job makes the whole course.
ALTER TABLE jobs ADD COLUMN wish jsonb;
