-- Discs can be flagged for reprocessing: receipts older than `reprocessing_since` are stale then.
ALTER TABLE disc ADD COLUMN reprocessing TEXT CHECK (reprocessing IN ('re-rip', 're-transcode', 'missing-tracks'));
ALTER TABLE disc ADD COLUMN reprocessing_since INTEGER;

-- Library files that a case-folding file system would take for one are found without reading all of them.
ALTER TABLE artifact ADD COLUMN folded_path TEXT;
UPDATE artifact SET folded_path = amphi_fold(path) WHERE stage = 'insert';
CREATE INDEX artifact_folded_path ON artifact (folded_path) WHERE stage = 'insert';
