-- Facts only; states, icons and selections are computed. Times are nanoseconds since 1970-01-01 UTC.
-- Ids of discs and tracks are never used again: locks, receipts and the history hang on them.

CREATE TABLE disc (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('dvd', 'bluray', 'uhd', 'cd')),
  provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
  encrypted INTEGER NOT NULL CHECK (encrypted IN (0, 1)),
  volume_label TEXT NOT NULL,
  source_kind TEXT NOT NULL CHECK (source_kind IN ('device', 'image', 'folder', 'log')),
  source_path TEXT NOT NULL,
  scanned_at INTEGER NOT NULL
) STRICT;

-- The fingerprint is in here too, as kind 'amphi', together with provisional ones that it took the place of.
CREATE TABLE identifier (
  disc_id INTEGER NOT NULL REFERENCES disc (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (disc_id, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX identifier_value ON identifier (value, kind);

CREATE TABLE disc_edit (
  disc_id INTEGER PRIMARY KEY REFERENCES disc (id) ON DELETE CASCADE,
  title TEXT,
  year INTEGER,
  imdb_id TEXT,
  tmdb_id TEXT,
  media_type TEXT CHECK (media_type IN ('movie', 'tv', 'music')),
  show_name TEXT,
  edition TEXT,
  notes TEXT
) STRICT;

-- chapters, segments, audio, subtitles, reasons: JSON arrays.
CREATE TABLE track (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  disc_id INTEGER NOT NULL REFERENCES disc (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  vanished INTEGER NOT NULL CHECK (vanished IN (0, 1)),
  type TEXT NOT NULL,
  score REAL NOT NULL,
  confidence TEXT NOT NULL,
  reasons TEXT NOT NULL,
  reference TEXT NOT NULL,
  duration_seconds REAL NOT NULL,
  size_bytes INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  aspect TEXT NOT NULL,
  frame_rate REAL NOT NULL,
  chapter_count INTEGER NOT NULL,
  segment_map TEXT NOT NULL,
  source_name TEXT NOT NULL,
  chapters TEXT NOT NULL,
  segments TEXT NOT NULL,
  audio TEXT NOT NULL,
  subtitles TEXT NOT NULL
) STRICT;
CREATE INDEX track_of_disc ON track (disc_id, vanished, number);
-- Listings read this instead of the wide rows.
CREATE INDEX track_overview ON track (id, disc_id, vanished, type);

CREATE TABLE track_edit (
  track_id INTEGER PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE,
  track_name TEXT,
  track_type TEXT,
  preset_name TEXT,
  edition TEXT,
  language TEXT,
  season INTEGER,
  episode INTEGER,
  episode_end INTEGER,
  wanted INTEGER CHECK (wanted IN (0, 1))
) STRICT;

-- What was asked for. `held_by` is for telling people; the locks decide.
CREATE TABLE request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  until_stage TEXT NOT NULL CHECK (until_stage IN ('rip', 'transcode', 'insert')),
  jobs INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  cancelled_at INTEGER,
  held_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX request_unfinished ON request (id) WHERE finished_at IS NULL AND cancelled_at IS NULL;

CREATE TABLE request_track (
  request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  PRIMARY KEY (request_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_track_track ON request_track (track_id);

-- Written before a step makes or deletes anything; a track with one cannot be forgotten.
CREATE TABLE intent (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  step_id TEXT NOT NULL,
  track_id INTEGER NOT NULL REFERENCES track (id),
  stage TEXT NOT NULL CHECK (stage IN ('rip', 'transcode', 'insert')),
  kind TEXT NOT NULL CHECK (kind IN ('make', 'adopt', 'delete')),
  spec TEXT NOT NULL,
  held_by TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX intent_track ON intent (track_id);

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  step_id TEXT NOT NULL,
  track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  stage TEXT NOT NULL CHECK (stage IN ('rip', 'transcode', 'insert')),
  request_id INTEGER REFERENCES request (id) ON DELETE SET NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  outcome TEXT NOT NULL CHECK (outcome IN ('running', 'done', 'failed', 'interrupted')),
  cause TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL DEFAULT '',
  circumstance TEXT NOT NULL DEFAULT '',
  log_path TEXT NOT NULL DEFAULT '',
  settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)) -- a later success, request or reset: counts no more
) STRICT;
CREATE INDEX attempt_track ON attempt (track_id, stage, id);
CREATE INDEX attempt_step ON attempt (step_id, id);
CREATE INDEX attempt_request ON attempt (request_id);
CREATE INDEX attempt_running ON attempt (id) WHERE outcome = 'running';
CREATE INDEX attempt_failed ON attempt (track_id, stage, id) WHERE outcome = 'failed' AND settled = 0;

-- `receipt` is the whole document "amphi.receipt/1"; the columns are what is searched for.
CREATE TABLE artifact (
  id INTEGER PRIMARY KEY,
  track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  stage TEXT NOT NULL CHECK (stage IN ('rip', 'transcode', 'insert')),
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  unverified INTEGER NOT NULL CHECK (unverified IN (0, 1)),
  step_id TEXT NOT NULL,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  sha256 TEXT,
  created_at INTEGER NOT NULL,
  receipt TEXT NOT NULL,
  UNIQUE (track_id, stage)
) STRICT;
CREATE INDEX artifact_path ON artifact (path);

-- The last look at each artifact, and the verdict it led to.
CREATE TABLE observation (
  track_id INTEGER NOT NULL,
  stage TEXT NOT NULL,
  verdict TEXT NOT NULL,
  presence TEXT NOT NULL CHECK (presence IN ('there', 'absent', 'unreadable')),
  size_bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  trouble TEXT NOT NULL,
  checked_at INTEGER NOT NULL,
  PRIMARY KEY (track_id, stage),
  FOREIGN KEY (track_id, stage) REFERENCES artifact (track_id, stage) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE folder (
  path TEXT PRIMARY KEY,
  marker TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- No foreign keys: what happened stays when the disc is forgotten.
CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  disc_id INTEGER,
  track_id INTEGER,
  event TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX history_disc ON history (disc_id);
CREATE INDEX history_track ON history (track_id);
