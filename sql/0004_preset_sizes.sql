-- How large a preset's transcodes became, the latest first: for estimating the space that the next one needs.
CREATE INDEX artifact_of_preset ON artifact (preset, created_at) WHERE stage = 'transcode';
