-- What a course from the file will take: lessons and hours, as ingestion says when it has read it.
ALTER TABLE documents ADD COLUMN quote jsonb;
