"""Databases as the Python ancestor would have left them, of each of its schemas."""

import contextlib
import json
import sqlite3

import harness

# What each schema added. The first one knew no fingerprints; the last was never given a number.
DISCS = {1: "id title year imdb_id disc_type disc_release_year edition_notes processed_at notes",
         2: "fingerprint scan_data scanned_at", 3: "media_type show_name tmdb_id tvdb_id",
         4: "needs_reprocessing reprocessing_type reprocessing_notes"}
TRACKS = {1: "id disc_id track_number track_type original_name final_name duration_seconds size_bytes ripped_path "
             "transcoded_path preset_id status created_at",
          3: "track_name classification_confidence language resolution audio_tracks subtitle_tracks chapter_count "
             "segment_map season_number episode_number episode_end_number air_date",
          4: "preset_name", 5: "makemkv_name classification_score", 6: "inserted_path"}
SCHEMAS = range(1, 7)
OTHERS = ("CREATE TABLE presets (id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, disc_type TEXT, "
          "preset_json TEXT NOT NULL, is_active BOOLEAN DEFAULT TRUE, created_at TIMESTAMP);"
          "CREATE TABLE jobs (id INTEGER PRIMARY KEY, track_id INTEGER, job_type TEXT, status TEXT, progress INTEGER, "
          "priority INTEGER, started_at TIMESTAMP, completed_at TIMESTAMP, error_message TEXT);")
NUMBERS = ("year", "disc_release_year", "needs_reprocessing", "disc_id", "track_number", "duration_seconds", "size_bytes",
           "preset_id", "chapter_count", "season_number", "episode_number", "episode_end_number")

SCAN = {"disc_name": "AMÉLIE", "disc_type": "dvd", "tracks": [
    {"number": 0, "duration": "2:02:03", "size_bytes": 7000000001, "chapters": 20, "resolution": "720x576",
     "classification": "main_feature", "confidence": "high", "score": 0.9, "segment_map": "1-20", "makemkv_name": "B1_t00.mkv",
     "audio_streams": [{"language": "fra", "codec": "AC3", "channels": 6}], "subtitle_streams": []},
    {"number": 1, "duration": "0:02:10", "size_bytes": 1001, "chapters": 1, "resolution": "720x576",
     "classification": "trailers", "confidence": "low", "score": 0.4, "segment_map": "21", "makemkv_name": "B1_t01.mkv",
     "audio_streams": [], "subtitle_streams": [{"language": "eng", "format": "VobSub"}]}]}

DISC_ROWS = [
    {"title": "Howl's \"Moving\" Castle", "year": 2004, "disc_type": "bluray", "edition_notes": "Director's Cut",
     "disc_release_year": 2010, "notes": "scratched, see box 3\nand the sleeve", "processed_at": "2026-11-22 07:59:57",
     "show_name": "A show", "tvdb_id": "77"},
    {"title": "Amélie", "fingerprint": "ab" * 32, "imdb_id": "tt0211843", "disc_type": "dvd", "media_type": "movie",
     "tmdb_id": "194", "scan_data": json.dumps(SCAN), "scanned_at": "2025-12-26T10:11:12.123456",
     "needs_reprocessing": 1, "reprocessing_type": "re-rip", "reprocessing_notes": "sound is off"},
    {"title": "  Spaces  ", "fingerprint": "dvd-" + "cd" * 32, "media_type": "tv", "needs_reprocessing": 0,
     "reprocessing_type": "re-transcode"},
    {"title": "千と千尋の神隠し; DROP TABLE disc", "fingerprint": "uhd-" + "ef" * 32, "disc_type": "uhd4k"},
]
TRACK_ROWS = [
    {"disc_id": 1, "track_number": 0, "track_type": "feature", "original_name": "title_t00.mkv", "final_name": "Howl.mkv",
     "duration_seconds": 7140, "size_bytes": 36754681678, "ripped_path": "/m/r/Howl's \"M\" (None)/t0.mkv",
     "transcoded_path": "/m/t/t0.mp4", "inserted_path": "/m/l/Howl (2004)/Howl.mp4", "preset_id": 1, "status": "complete",
     "created_at": "2026-11-22 07:59:57", "language": "ja", "resolution": "1920x1080", "chapter_count": 28,
     "audio_tracks": '[{"language": "eng", "codec": "DTS-HD MA", "channels": "7.1"}, {"language": "fra", "codec": "AC3", "channels": 6}]',
     "subtitle_tracks": '[{"language": "eng", "format": "PGS"}]', "segment_map": "1,2,4-9", "classification_score": 0.87,
     "classification_confidence": "high", "makemkv_name": "B1_t00.mkv"},
    {"disc_id": 1, "track_number": None, "original_name": "title_t04.mkv", "status": "failed", "track_name": "Scène coupée",
     "track_type": "deleted_scenes", "preset_name": "HQ 1080p", "subtitle_tracks": "[]", "air_date": "2001-02-03"},
    {"disc_id": 3, "track_number": 2, "track_type": "episode", "season_number": 1, "episode_number": 3,
     "episode_end_number": 4, "status": "deselected", "track_name": "Pilot"},
    {"disc_id": 3, "track_number": 2, "track_type": None, "status": "selected"},
]


def columns(of, schema):
    return [name for added in sorted(of) if added <= schema for name in of[added].split()]


def make(path, schema=5, discs=DISC_ROWS, tracks=TRACK_ROWS, extra="", encoding="UTF-8"):
    """A database as the ancestor would have left it: rows get ids from 1, columns that a schema lacks are left out."""
    db = sqlite3.connect(path)
    db.executescript(f"PRAGMA encoding = '{encoding}';" + OTHERS)
    for table, of, rows in (("discs", DISCS, discs), ("tracks", TRACKS, tracks)):
        names = columns(of, schema)
        kinds = ["id INTEGER PRIMARY KEY", *(f"{n} {'INTEGER' if n in NUMBERS else 'REAL' if n.endswith('score') else 'TEXT'}"
                                             for n in names if n != "id")]
        db.execute(f"CREATE TABLE {table} ({', '.join(kinds)})")
        for number, row in enumerate(rows, 1):
            values = [row.get(n, number if n == "id" else None) for n in names]
            db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
    db.execute("INSERT INTO presets VALUES (1, 'HQ 2160p', '3', 'uhd4k', '{\"a\": 1}', 1, '2026-01-01 00:00:00')")
    db.execute("INSERT INTO jobs VALUES (5, 1, 'rip', 'failed', 40, 0, '2026-01-01', NULL, 'disc \"ejected\"')")
    db.executescript(extra)
    db.commit()
    db.close()
    return path


def as_json(value):
    """A value of the ancestor's as the history keeps it."""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return {"hex": value.hex()}
    return value


class Ancestor(harness.AmphiTest):
    def setUp(self):
        super().setUp()
        self.old = self.home / "old/amphigory.db"
        self.old.parent.mkdir()

    def take_in(self, *words, code=0, **kw):
        return self.json("catalog", "import", self.old, *words, code=code, **kw)

    def export(self):
        return self.amphi("catalog", "export").out

    def discs(self):
        return {d["title"]: d for d in self.json("disc", "list")["discs"]}

    def rows_of(self, path):
        """(table, row) for every row of every table."""
        with contextlib.closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as db:
            db.text_factory = bytes
            names = [n.decode() for n, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            for table in names:
                cursor = db.execute(f'SELECT * FROM "{table}"')
                for row in cursor:
                    yield table, {d[0]: as_json(v) for d, v in zip(cursor.description, row)}
