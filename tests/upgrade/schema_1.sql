-- A catalog as schema 1 left it. Never changed: upgrade_test.cpp brings it to the newest schema.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO disc VALUES(4,'dvd-5ca1ab1e00000000000000000000000000000000000000000000000000000001','dvd',0,1,'OLD_FILM','device','/dev/sr0',1700000000000000001);
CREATE TABLE identifier (
  disc_id INTEGER NOT NULL REFERENCES disc (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (disc_id, kind, value)
) STRICT, WITHOUT ROWID;
INSERT INTO identifier VALUES(4,'dvd-disc-id','45E55078D9468F0F2426CC58077ACC11');
INSERT INTO identifier VALUES(4,'amphi','dvd-5ca1ab1e00000000000000000000000000000000000000000000000000000001');
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
INSERT INTO disc_edit VALUES(4,'The "Old" Film, its title; ../ and more 🎬',1968,'tt0062622','62','movie',NULL,NULL,'kept');
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
INSERT INTO track VALUES(11,4,1,0,'main_feature',0.96999999999999997335,'high','["by far the longest"]','dvd:1',8940.5,6123456789,720,576,'16:9',25.0,24,'1-24','VTS_01','[0.0,412.25]','[{"duration_seconds":412.25,"first":0,"last":206124,"number":1}]','[{"channels":6,"codec":"ac3","flags":{"commentary":false,"default":true,"forced":false,"hearing_impaired":false,"visual_impaired":false},"index":0,"language":"eng","name":"","sample_rate":48000,"stream_id":128}]','[{"codec":"dvd_subtitle","flags":{"commentary":false,"default":false,"forced":false,"hearing_impaired":false,"visual_impaired":false},"index":0,"language":"ger","name":"","stream_id":32}]');
INSERT INTO track VALUES(12,4,2,0,'featurettes',0.4000000000000000222,'low','[]','dvd:2',1260.0,456789012,720,576,'4:3',25.0,1,'1','VTS_02','[]','[]','[]','[]');
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
INSERT INTO track_edit VALUES(12,'Interview, 1966','interviews',NULL,NULL,'eng',NULL,NULL,NULL,0);
CREATE TABLE request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  until_stage TEXT NOT NULL CHECK (until_stage IN ('rip', 'transcode', 'insert')),
  jobs INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  cancelled_at INTEGER,
  held_by TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO request VALUES(3,'insert',0,1700000100000000000,NULL,NULL,'');
CREATE TABLE request_track (
  request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  PRIMARY KEY (request_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO request_track VALUES(3,0,11);
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
INSERT INTO intent VALUES(9,'00000000000000aa',11,'transcode','make','{"schema":"amphi.step.spec/1"}','pid 4711',1700000200000000000);
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
INSERT INTO attempt VALUES(21,'00000000000000aa',11,'transcode',3,1700000200000000000,1700000300000000000,'failed','tool','HandBrakeCLI ended with 4','HandBrake 1.6.1','/logs/aa.log',0);
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
INSERT INTO artifact VALUES(31,11,'rip',0,0,'00000000000000a1','/srv/ripped/OLD_FILM-dvd-5ca1ab1/dvd-1.mkv',6120000000,1700000150000000000,NULL,1700000160000000000,'{"schema":"amphi.receipt/1","step_id":"00000000000000a1","stage":"rip","fingerprint":"dvd-5ca1ab1e00000000000000000000000000000000000000000000000000000001","reference":"dvd:1","root":"/srv/ripped","path":"/srv/ripped/OLD_FILM-dvd-5ca1ab1/dvd-1.mkv","size_bytes":6120000000,"mtime_ns":1700000150000000000,"inode":77,"sha256":null,"media":{"duration_seconds":8940.4,"video_streams":1,"audio_streams":1,"subtitle_streams":1,"chapters":24},"bad_sectors":0,"tool":"libdvdread","tool_version":"6.1.3","preset":"","input_step_id":"","same_inode":[],"created_at":"2023-11-14T22:16:00.000Z"}');
INSERT INTO artifact VALUES(32,11,'insert',0,0,'00000000000000a3','/srv/media/Movies/Ünter/Film (1968).mkv',2000000000,1700000170000000000,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',1700000180000000000,'{"schema":"amphi.receipt/1","step_id":"00000000000000a3","stage":"insert","fingerprint":"dvd-5ca1ab1e00000000000000000000000000000000000000000000000000000001","reference":"dvd:1","root":"/srv/media/Movies","path":"/srv/media/Movies/Ünter/Film (1968).mkv","size_bytes":2000000000,"mtime_ns":1700000170000000000,"inode":78,"sha256":null,"media":{"duration_seconds":8940.4,"video_streams":1,"audio_streams":1,"subtitle_streams":1,"chapters":24},"bad_sectors":0,"tool":"link","tool_version":"","preset":"","input_step_id":"00000000000000a2","same_inode":[],"created_at":"2023-11-14T22:16:20.000Z"}');
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
INSERT INTO observation VALUES(11,'insert','missing','absent',0,0,0,'',1700000190000000000);
INSERT INTO observation VALUES(11,'rip','done','there',6120000000,1700000150000000000,77,'',1700000190000000000);
CREATE TABLE folder (
  path TEXT PRIMARY KEY,
  marker TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO folder VALUES('/srv/ripped','00112233445566778899aabbccddeeff');
CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  disc_id INTEGER,
  track_id INTEGER,
  event TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
INSERT INTO history VALUES(1,1700000000000000001,4,NULL,'scanned','{"known":false}');
INSERT INTO history VALUES(2,1700000160000000000,4,11,'ripped','{}');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('disc',4);
INSERT INTO sqlite_sequence VALUES('track',12);
INSERT INTO sqlite_sequence VALUES('request',3);
INSERT INTO sqlite_sequence VALUES('intent',9);
INSERT INTO sqlite_sequence VALUES('attempt',21);
INSERT INTO sqlite_sequence VALUES('history',2);
CREATE INDEX identifier_value ON identifier (value, kind);
CREATE INDEX track_of_disc ON track (disc_id, vanished, number);
CREATE INDEX track_overview ON track (id, disc_id, vanished, type);
CREATE INDEX request_unfinished ON request (id) WHERE finished_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX request_track_track ON request_track (track_id);
CREATE INDEX intent_track ON intent (track_id);
CREATE INDEX attempt_track ON attempt (track_id, stage, id);
CREATE INDEX attempt_step ON attempt (step_id, id);
CREATE INDEX attempt_request ON attempt (request_id);
CREATE INDEX attempt_running ON attempt (id) WHERE outcome = 'running';
CREATE INDEX attempt_failed ON attempt (track_id, stage, id) WHERE outcome = 'failed' AND settled = 0;
CREATE INDEX artifact_path ON artifact (path);
CREATE INDEX history_disc ON history (disc_id);
CREATE INDEX history_track ON history (track_id);
COMMIT;
PRAGMA application_id = 1634562152;
PRAGMA user_version = 1;
