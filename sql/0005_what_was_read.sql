-- Every file of a disc as its file system lists them, for manifests; no rows where they were never listed to the last.
CREATE TABLE disc_file (
  disc_id INTEGER NOT NULL REFERENCES disc (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  PRIMARY KEY (disc_id, path)
) STRICT, WITHOUT ROWID;

ALTER TABLE track ADD COLUMN video_codec TEXT NOT NULL DEFAULT '';

-- Which disc a drive or an image held when it was last read. `state` is what the kernel or the file system says of the
-- medium: as long as it says the same, nothing has to be read again. `identity` is JSON: fingerprint and identifiers.
CREATE TABLE sighting (
  path TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  identity TEXT NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
