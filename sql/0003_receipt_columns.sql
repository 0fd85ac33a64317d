-- A receipt is columns, each fact once: no document has to be read to say where a file lies.
CREATE TABLE artifact_by_columns (
  track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  stage TEXT NOT NULL CHECK (stage IN ('rip', 'transcode', 'insert')),
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  unverified INTEGER NOT NULL CHECK (unverified IN (0, 1)),
  step_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  reference TEXT NOT NULL,
  root TEXT NOT NULL,
  path TEXT NOT NULL,
  folded_path TEXT,
  size_bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  sha256 TEXT,
  duration_seconds REAL NOT NULL,
  video_streams INTEGER NOT NULL,
  audio_streams INTEGER NOT NULL,
  subtitle_streams INTEGER NOT NULL,
  chapters INTEGER NOT NULL,
  bad_sectors INTEGER NOT NULL,
  tool TEXT NOT NULL,
  tool_version TEXT NOT NULL,
  preset TEXT NOT NULL,
  input_step_id TEXT NOT NULL,
  same_inode TEXT NOT NULL, -- JSON array of paths
  created_at INTEGER NOT NULL,
  PRIMARY KEY (track_id, stage)
) STRICT;

-- JSON gives an inode above 2^63 as a real number, which is none; it only tells people about hard links.
INSERT INTO artifact_by_columns
SELECT track_id, stage, removed, unverified, step_id, receipt ->> 'fingerprint', receipt ->> 'reference',
  receipt ->> 'root', path, folded_path, size_bytes, mtime_ns,
  iif(typeof(receipt ->> 'inode') = 'integer', receipt ->> 'inode', 0), sha256,
  CAST(receipt ->> '$.media.duration_seconds' AS REAL), receipt ->> '$.media.video_streams',
  receipt ->> '$.media.audio_streams', receipt ->> '$.media.subtitle_streams', receipt ->> '$.media.chapters',
  coalesce(receipt ->> 'bad_sectors', 0), receipt ->> 'tool', coalesce(receipt ->> 'tool_version', ''),
  coalesce(receipt ->> 'preset', ''), coalesce(receipt ->> 'input_step_id', ''),
  coalesce(receipt -> 'same_inode', '[]'), created_at
FROM artifact;

DROP TABLE artifact;
ALTER TABLE artifact_by_columns RENAME TO artifact;
CREATE INDEX artifact_path ON artifact (path);
CREATE INDEX artifact_folded_path ON artifact (folded_path) WHERE stage = 'insert';
