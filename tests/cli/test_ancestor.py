"""catalog import amphigory.db: the catalogs of the Python ancestor, of each of its schemas."""

import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess

import harness
from test_catalog import Care

DATA = pathlib.Path(os.environ.get("AMPHI_TEST_DATA", harness.ROOT / "../shared/data")) / "amphigory-catalogs"

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

    # --- where a value is to be found

    def check_every_value(self, path):
        """Walks every column of every row of the file: it is in the history as it was, and in the field that it has."""
        kept = {}
        for entry in self.json("history", "--limit", "0")["history"]:
            if entry["event"] == "imported":
                detail = entry["detail"]
                kept[detail["table"], detail["row"].get("id")] = (entry, detail["row"])
        count = 0
        for table, row in self.rows_of(path):
            entry, there = kept[table, row.get("id")]
            self.assertEqual(there, row)
            count += len(row)
            if table == "discs":
                self.check_disc(row, self.json("disc", "show", entry["disc_id"], "--no-verify"))
            if table == "tracks" and entry["track_id"]:
                shown = self.json("disc", "show", entry["disc_id"], "--no-verify")["tracks"]
                self.check_track(row, next(t for t in shown if t["id"] == entry["track_id"]))
        self.assertGreater(count, 100)

    def same(self, row, name, there, convert=lambda value: value):
        if row.get(name) is not None:
            self.assertEqual(there, convert(row[name]), (name, row))

    def check_disc(self, row, shown):
        disc = shown["disc"]
        for column in ("title", "year", "imdb_id", "media_type", "show_name", "tmdb_id", "notes"):
            self.same(row, column, disc[column])
        self.same(row, "edition_notes", disc["edition"])
        self.same(row, "disc_type", disc["kind"], lambda kind: {"uhd4k": "uhd"}.get(kind, kind))
        self.same(row, "scanned_at", disc["scanned_at"][:23], lambda at: at.replace(" ", "T")[:23])
        if row.get("scanned_at") is None:
            self.same(row, "processed_at", disc["scanned_at"][:19], lambda at: at.replace(" ", "T")[:19])
        self.same(row, "needs_reprocessing", disc["needs_reprocessing"], bool)
        if row.get("needs_reprocessing"):
            self.same(row, "reprocessing_type", disc["reprocessing_type"])
        if row.get("fingerprint"):
            values = [i["value"] for i in disc["identifiers"] if i["kind"] == "amphigory"]
            self.assertIn(row["fingerprint"], values)
            self.assertIn(row["fingerprint"][-64:], values)
            self.assertEqual(self.json("disc", "show", row["fingerprint"], "--no-verify")["disc"]["id"], disc["id"])
        try:
            scan = json.loads(row.get("scan_data") or "{}")
        except json.JSONDecodeError:
            return
        self.assertEqual(disc["volume_label"], scan.get("disc_name"))
        in_rows = {r["track_number"]: r for t, r in self.rows_of(self.old) if t == "tracks" and r["disc_id"] == row["id"]}
        numbers = [t["track_number"] for t in shown["tracks"]]
        for entry in scan.get("tracks", []):
            self.assertEqual(numbers.count(entry["number"]), 1)
            if entry["number"] not in in_rows:
                self.check_scanned(entry, shown["tracks"][numbers.index(entry["number"])])

    def check_scanned(self, entry, track):
        hours, minutes, seconds = map(int, entry["duration"].split(":"))
        self.assertEqual(track["duration_seconds"], hours * 3600 + minutes * 60 + seconds)
        for there, said in (("size_bytes", "size_bytes"), ("chapter_count", "chapters"), ("resolution", "resolution"),
                            ("track_type", "classification"), ("segment_map", "segment_map")):
            self.assertEqual(track[there], entry[said], said)
        self.assertEqual(track["classification"]["score"], entry["score"])
        self.assertEqual(track["classification"]["confidence"], entry["confidence"])
        self.check_streams(entry["audio_streams"], track["audio_tracks"])
        self.check_streams(entry["subtitle_streams"], track["subtitle_tracks"])

    def check_streams(self, said, there):
        codecs = {"AC3": "ac3", "DTS-HD MA": "dts", "PGS": "hdmv_pgs_subtitle", "VobSub": "dvd_subtitle"}
        self.assertEqual(len(said), len(there))
        for one, stream in zip(said, there):
            codec = one.get("codec", one.get("format"))
            self.assertEqual(stream["codec"], codecs[codec])
            self.assertEqual(stream["name"], codec if codec == "DTS-HD MA" else None)   # more than the codec's name says
            self.assertEqual(stream["language"], {"fra": "fre"}.get(one["language"], one["language"]))
            if "channels" in one:
                self.assertEqual(stream["channels"], {"7.1": 8}.get(one["channels"], one["channels"]))

    def check_track(self, row, track):
        for column in ("track_number", "duration_seconds", "size_bytes", "resolution", "chapter_count", "segment_map",
                       "track_name", "ripped_path", "transcoded_path", "inserted_path", "preset_name"):
            self.same(row, column, track[column])
        self.same(row, "track_type", track["track_type"], lambda t: {"feature": "main_feature"}.get(t, t))
        self.same(row, "language", track["language"], lambda code: {"en": "eng", "ja": "jpn"}[code])
        self.same(row, "classification_confidence", track["classification"]["confidence"])
        self.same(row, "classification_score", track["classification"]["score"])
        for column, name in (("season_number", "season"), ("episode_number", "episode"), ("episode_end_number", "episode_end")):
            self.same(row, column, track[name])
        for column, name in (("audio_tracks", "audio_tracks"), ("subtitle_tracks", "subtitle_tracks")):
            if row.get(column):
                self.check_streams(json.loads(row[column]), track[name])
        for stage, column in (("rip", "ripped_path"), ("transcode", "transcoded_path"), ("insert", "inserted_path")):
            if row.get(column):
                self.assertEqual(track["stages"][stage]["state"], "unverified")


class Values(Ancestor):
    def test_every_value_of_every_schema(self):
        for schema in SCHEMAS:
            with self.subTest(schema=schema):
                self.old.unlink(missing_ok=True)
                for path in self.home.glob("catalog.db*"):
                    path.unlink()
                make(self.old, schema)
                answer = self.take_in()
                self.assertEqual((answer["added_discs"], answer["bad_rows"]), (4, []))
                self.check_every_value(self.old)
                self.amphi("catalog", "check", "--full", "--no-files")

    def test_every_value_of_the_real_ones(self):
        files = sorted(DATA.glob("schema-*.db"))
        if not files:
            self.skipTest(f"{DATA} is not there")
        for path in files:
            with self.subTest(path=path.name):
                for old in self.home.glob("catalog.db*"):
                    old.unlink()
                shutil.copyfile(path, self.old)
                answer = self.take_in(code=3)
                self.assertEqual(answer["added_discs"], 12)
                self.assertIn({"table": "discs", "row": 8, "columns": ["scan_data"],
                               "why": "scan_data is not JSON: error at byte 3"},
                              [{**bad, "columns": bad["columns"][:1], "why": bad["why"].split(";")[0]} for bad in answer["bad_rows"]])
                self.check_every_value(self.old)
                before = self.export()
                self.assertEqual(self.take_in(code=3)["added_discs"], 0)
                self.assertEqual(self.export(), before)

    def test_all_the_real_ones_in_one_catalog(self):
        files = sorted(DATA.glob("schema-*.db"))
        if not files:
            self.skipTest(f"{DATA} is not there")
        for path in files:
            self.json("catalog", "import", path, code=3)
        self.assertEqual(len(self.json("disc", "list")["discs"]), 12 * len(files))

    def test_where_things_go(self):
        make(self.old)
        answer = self.take_in()
        self.assertEqual({k: answer[k] for k in ("from", "export_schema", "discs", "added_tracks", "added_paths", "rows")},
                         {"from": "amphigory", "export_schema": None, "discs": 4, "added_tracks": 6, "added_paths": 2, "rows": 10})
        schema = self.json("schema", "catalog.import")
        self.assertEqual(set(answer), set(schema["properties"]))
        discs = self.discs()
        howl = self.json("disc", "show", discs['Howl\'s "Moving" Castle']["id"], "--no-verify")
        self.assertEqual([(t["track_number"], t["track_type"], t["preset_name"]) for t in howl["tracks"]],
                         [(0, "main_feature", "HQ 2160p"), (4, "deleted_scenes", "HQ 1080p")])
        self.assertEqual(howl["tracks"][0]["stages"]["transcode"]["preset"], "HQ 2160p")
        self.assertEqual(discs["  Spaces  "]["kind"], "dvd")              # by its fingerprint
        self.assertIsNone(discs["  Spaces  "]["reprocessing_type"])       # said, but not flagged
        twins = self.json("disc", "show", discs["  Spaces  "]["id"])["tracks"]
        self.assertEqual([(t["track_number"], t["wanted"]) for t in twins], [(2, False), (2, True)])
        self.assertEqual(len({t["reference"] for t in twins}), 2)

    def test_what_it_says(self):
        make(self.old, discs=[*DISC_ROWS, {"title": "Odd", "year": 3}])
        result = self.amphi("catalog", "import", self.old, code=3)
        self.assertIn("5 discs, 6 tracks, 2 paths new; 11 rows read, 1 with something that does not fit", result.out)
        self.assertEqual(result.err, "amphi: discs 5: year takes a whole number from 1900 to 2100, not '3'\n")


class Again(Ancestor):
    def test_nothing_changes(self):
        make(self.old)
        self.take_in()
        before = self.export()
        answer = self.take_in()
        self.assertEqual((answer["added_discs"], answer["added_tracks"], answer["added_paths"]), (0, 0, 0))
        self.assertEqual(self.export(), before)

    def test_what_was_said_since_stays(self):
        make(self.old)
        self.take_in()
        disc = self.discs()["Amélie"]["id"]
        track = self.json("disc", "show", disc)["tracks"][0]["id"]
        self.amphi("disc", "edit", disc, "--patch", "-", stdin=json.dumps(
            {"disc": {"title": "Le Fabuleux Destin", "imdb_id": None}, "tracks": [{"id": track, "track_type": "other"}]}))
        self.amphi("disc", "flag", disc, "none")
        before = self.export()
        self.take_in()
        self.assertEqual(self.export(), before)

    def test_a_row_that_changed_fills_in_what_is_missing(self):
        make(self.old)
        self.take_in()
        amelie = self.discs()["Amélie"]["id"]
        self.amphi("disc", "edit", amelie, "--year", "2001")
        with contextlib.closing(sqlite3.connect(self.old)) as db:
            db.execute("UPDATE discs SET year = 1999, notes = 'lent to Ann', title = 'Other' WHERE id = 2")
            db.execute("UPDATE tracks SET ripped_path = '/m/r/t4.mkv', track_name = 'Other' WHERE id = 2")
            db.execute("UPDATE tracks SET ripped_path = '/m/elsewhere.mkv' WHERE id = 1")
            db.execute("INSERT INTO tracks (disc_id, track_number, track_name) VALUES (1, 9, 'New one')")
            db.commit()
        answer = self.take_in()
        self.assertEqual((answer["added_discs"], answer["added_tracks"], answer["added_paths"]), (0, 1, 1))
        disc = self.json("disc", "show", amelie)["disc"]
        self.assertEqual((disc["title"], disc["year"], disc["notes"]), ("Amélie", 2001, "lent to Ann"))
        tracks = self.json("disc", "show", self.discs()['Howl\'s "Moving" Castle']["id"])["tracks"]
        self.assertEqual([(t["track_number"], t["track_name"], t["ripped_path"]) for t in tracks],
                         [(0, None, '/m/r/Howl\'s "M" (None)/t0.mkv'), (4, "Scène coupée", "/m/r/t4.mkv"), (9, "New one", None)])
        before = self.export()
        self.take_in()
        self.assertEqual(self.export(), before)

    def test_after_the_ancestor_was_upgraded(self):
        make(self.old, 1)
        self.take_in()
        before = {d["id"]: d for d in self.json("disc", "list")["discs"]}
        with contextlib.closing(sqlite3.connect(self.old)) as db:
            for column in columns(DISCS, 4):
                if column not in DISCS[1].split():
                    default = " DEFAULT 'movie'" if column == "media_type" else ""
                    db.execute(f"ALTER TABLE discs ADD COLUMN {column} TEXT{default}")
            db.commit()
        self.assertEqual(self.take_in()["added_discs"], 0)
        after = {d["id"]: d for d in self.json("disc", "list")["discs"]}
        self.assertEqual({i: {**d, "media_type": None} for i, d in after.items()},
                         {i: {**d, "media_type": None} for i, d in before.items()})

    def test_a_disc_that_was_forgotten_comes_back_when_asked_for(self):
        make(self.old)
        self.take_in()
        self.amphi("disc", "forget", self.discs()["Amélie"]["id"], "--yes")
        self.assertEqual(self.take_in()["added_discs"], 1)
        self.assertEqual(self.discs()["Amélie"]["imdb_id"], "tt0211843")

    def test_without_fingerprints_two_databases_are_two_collections(self):
        make(self.old, 1)
        self.take_in()
        self.old.unlink()
        make(self.old, 1, [{**DISC_ROWS[0], "year": 2005}])
        self.take_in(code=3)   # tracks of discs that are not in this one
        titles = [d["title"] for d in self.json("disc", "list")["discs"]]
        self.assertEqual(titles.count(DISC_ROWS[0]["title"]), 2)


class Untouched(Ancestor):
    """The file, and what lies beside it, stay as they are."""

    def state(self):
        return {p.name: (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_mode) for p in self.old.parent.iterdir()}

    def check(self, discs, code=0):
        before, scratch = self.state(), self.home / "tmp"
        scratch.mkdir(exist_ok=True)
        self.assertEqual(self.take_in(code=code, env={"TMPDIR": str(scratch)})["discs"], discs)
        self.assertEqual(self.state(), before)
        self.assertEqual(list(scratch.iterdir()), [])

    def test_the_file(self):
        make(self.old)
        self.check(4)

    def test_in_a_folder_that_cannot_be_written(self):
        if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", self.old.parent]).returncode != 0:
            self.fail("cannot mount a tmpfs: this test needs root")
        self.addCleanup(subprocess.run, ["umount", "-l", self.old.parent])
        make(self.old)
        db = sqlite3.connect(self.old)
        db.execute("PRAGMA journal_mode = WAL")
        db.close()
        for mode in ("WAL", "DELETE"):
            with contextlib.closing(sqlite3.connect(self.old)) as db:
                db.execute(f"PRAGMA journal_mode = {mode}")
            subprocess.run(["mount", "-o", "remount,ro", self.old.parent], check=True)
            self.check(4)
            subprocess.run(["mount", "-o", "remount,rw", self.old.parent], check=True)

    def as_left_by_a_crash(self, prepare, act):
        """The database and what lies beside it at a moment when nothing had been cleaned up."""
        work = self.home / "work"
        work.mkdir()
        make(work / "amphigory.db")
        with contextlib.closing(sqlite3.connect(work / "amphigory.db", isolation_level=None)) as db:
            db.execute(prepare)
            act(db)
            for path in work.iterdir():
                if not path.name.endswith("-shm"):
                    shutil.copyfile(path, self.old.parent / path.name)

    def test_what_a_write_ahead_log_holds_is_taken_in(self):
        def act(db):
            db.execute("PRAGMA wal_autocheckpoint = 0")
            db.execute("INSERT INTO discs (title) VALUES ('In the log')")
        self.as_left_by_a_crash("PRAGMA journal_mode = WAL", act)
        self.assertGreater((self.old.parent / "amphigory.db-wal").stat().st_size, 0)
        self.check(5)
        self.assertIn("In the log", self.discs())
        link = self.home / "link.db"
        link.symlink_to(self.old)   # the log lies beside the file itself
        self.assertEqual(self.json("--catalog", self.home / "new.db", "catalog", "import", link)["discs"], 5)

    def test_what_was_half_written_is_not_taken_in(self):
        def act(db):
            db.execute("PRAGMA cache_size = 1")
            db.execute("BEGIN")
            db.execute("UPDATE discs SET title = 'half-written', notes = hex(zeroblob(50000))")
        self.as_left_by_a_crash("PRAGMA journal_mode = DELETE", act)
        self.assertIn(b"half-written", self.old.read_bytes())
        self.check(4)
        self.assertIn("Amélie", self.discs())

    def test_while_somebody_writes(self):
        make(self.old)
        with contextlib.closing(sqlite3.connect(self.old, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("UPDATE discs SET title = 'not yet'")
            self.check(4)   # what was before
        self.assertIn("Amélie", self.discs())


class BadInput(Ancestor):
    def test_bad_rows_are_told_and_the_rest_is_taken_in(self):
        make(self.old, discs=[*DISC_ROWS,
                              {"title": b"Am\xe9lie 2", "year": 2004, "fingerprint": "11" * 32},
                              {"title": "Odd", "year": "MMIV", "imdb_id": "0211843", "scan_data": "{not json",
                               "scanned_at": "yesterday", "media_type": "film", "disc_type": "laserdisc",
                               "needs_reprocessing": 1, "reprocessing_type": "again"},
                              {"title": "Deep", "scan_data": "[" * 5000 + "]" * 5000},
                              {"title": "List", "scan_data": '{"tracks": [1, {"number": "x", "duration": "soon"}]}'}],
             tracks=[*TRACK_ROWS,
                     {"disc_id": 99, "track_number": 1, "track_name": "lost"},
                     {"disc_id": 1, "track_number": 7, "ripped_path": "t7.mkv", "audio_tracks": "{", "track_type": "bonus",
                      "resolution": "wide", "chapter_count": -1, "preset_id": 9, "episode_end_number": 3,
                      "track_name": b"\xff\xfe", "language": "xx", "transcoded_path": "/m/t/t7.mp4"}],
             extra="UPDATE discs SET title = CAST(x'416de96c69652032' AS TEXT) WHERE id = 5;"
                   "UPDATE tracks SET track_name = CAST(x'fffe' AS TEXT) WHERE id = 6;")
        result = self.amphi("catalog", "import", self.old, code=3)
        lines = result.err.splitlines()
        told = {line.split(":")[1].strip(): line for line in lines}
        self.assertEqual(set(told), {"discs 5", "discs 6", "discs 7", "discs 8", "tracks 5", "tracks 6"})
        self.assertEqual(len(lines), len(told))   # a line for each
        self.assertIn("title is not UTF-8", told["discs 5"])
        for word in ("year takes", "'MMIV'", "imdb_id takes", "scan_data is not JSON", "scanned_at is no time", "media_type takes",
                     "disc_type is no kind of disc: 'laserdisc'", "reprocessing_type is no flag: 'again'"):
            self.assertIn(word, told["discs 6"])
        self.assertIn("nested too deeply", told["discs 7"])
        self.assertIn("scan_data.tracks[0] is no object", told["discs 8"])
        self.assertIn("scan_data.tracks[1].duration is no duration: 'soon'", told["discs 8"])
        self.assertIn("disc_id is no disc: 99", told["tracks 5"])
        for word in ("ripped_path is no absolute path: 't7.mkv'", "audio_tracks is not JSON", "track_type is no type of track",
                     "resolution is no resolution", "chapter_count is a whole number from 0", "preset_id is no preset: 9",
                     "episode_end_number has no episode_number", "track_name is not UTF-8", "language takes"):
            self.assertIn(word, told["tracks 6"])
        discs = self.json("disc", "list")["discs"]
        self.assertEqual(len(discs), 8)
        without = self.json("disc", "show", "11" * 32)["disc"]
        self.assertEqual((without["title"], without["year"]), (None, 2004))
        track = next(t for t in self.json("disc", "show", self.discs()['Howl\'s "Moving" Castle']["id"])["tracks"]
                     if t["track_number"] == 7)
        self.assertEqual((track["transcoded_path"], track["ripped_path"]), ("/m/t/t7.mp4", None))
        kept = {(e["detail"]["table"], e["detail"]["row"]["id"]): e["detail"]["row"]
                for e in self.json("history", "--limit", "0")["history"] if e["event"] == "imported"}
        for table, row in self.rows_of(self.old):
            self.assertEqual(kept[table, row["id"]], row)

    def test_a_database_in_utf_16(self):
        for encoding in ("UTF-16le", "UTF-16be"):
            self.old.unlink(missing_ok=True)
            make(self.old, encoding=encoding)
            self.assertEqual(self.take_in()["discs"], 4)
        self.assertIn("千と千尋の神隠し; DROP TABLE disc", self.discs())

    def test_other_databases(self):
        self.old.write_bytes(b"")
        with contextlib.closing(sqlite3.connect(self.old)) as db:
            db.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY, cake TEXT)")
        self.assertIn("but not amphigory's", self.error("catalog", "import", self.old, code=2)["message"])
        self.assertFalse((self.home / "catalog.db").exists())
        self.scan()
        other = self.home / "other.db"
        error = self.error("--catalog", other, "catalog", "import", self.home / "catalog.db", code=2)
        self.assertIn("a catalog of amphi itself", error["message"])
        self.assertIn("restore", error["hint"])
        self.assertFalse(other.exists())

    def test_the_ancestors_as_the_catalog_names_the_way(self):
        make(self.old)
        before = self.old.read_bytes()
        self.assertIn(f"amphi catalog import {self.old}", self.error("--catalog", self.old, "disc", "list", code=8)["hint"])
        self.error("--catalog", self.old, "catalog", "import", self.old, code=8)
        self.assertEqual(self.old.read_bytes(), before)

    def test_what_is_cut_or_damaged(self):
        make(self.old)
        whole = self.old.read_bytes()
        self.take_in()
        before = self.export()
        cuts = [whole[:size] for size in (16, 20, 99, 100, 512, 4096, 4097, len(whole) // 2, len(whole) - 1)]
        zeroed = [whole[:at] + bytes(256) + whole[at + 256:] for at in range(100, len(whole), 4096)]
        for content in cuts + zeroed:
            self.old.write_bytes(content)
            result = self.amphi("catalog", "import", self.old, code=None)
            self.assertIn(result.code, (0, 2, 3), repr(result))
            after = self.export()
            if result.code == 2:
                self.assertEqual(len(result.err.splitlines()), 1, repr(result))
                self.assertEqual(after, before)
            before = after


class Later(Ancestor):
    """What becomes of it when the discs and the files are looked at."""

    def amphigory_fingerprint(self):
        found = self.json("disc", "fingerprint", self.image)["identifiers"]
        return [i["value"] for i in found if i["kind"] == "amphigory"][0]

    def old_of_fixture(self, **track):
        """The fixture as the ancestor knew it: makemkvcon's numbers, which begin with 0, and one wrong kind."""
        tracks = self.json("disc", "scan", self.image, "--catalog", self.home / "other.db")["tracks"]
        rows = [{"disc_id": 1, "track_number": t["track_number"] - 1, "duration_seconds": round(t["duration_seconds"]),
                 "track_type": "trailers" if t["track_number"] == 2 else None, "track_name": f"Name {t['track_number']}",
                 **(track if t["track_number"] == 4 else {})} for t in tracks]
        make(self.old, discs=[{"title": "The Old Title", "year": 1999, "fingerprint": self.amphigory_fingerprint(),
                               "disc_type": "bluray"}], tracks=rows)

    def names(self, disc):
        return [(t["track_number"], t["track_name"], t["track_type"]) for t in self.json("disc", "show", disc)["tracks"]]

    def test_a_scan_leads_to_it(self):
        self.old_of_fixture()
        self.take_in()
        old = self.json("disc", "list")["discs"][0]["id"]
        scanned = self.json("disc", "scan", self.image)
        self.assertEqual((scanned["disc"]["id"], scanned["known"]), (old, True))
        self.assertTrue(scanned["disc"]["fingerprint"].startswith("dvd-"))
        self.assertEqual((scanned["disc"]["title"], scanned["disc"]["year"], scanned["disc"]["kind"]), ("The Old Title", 1999, "dvd"))
        self.assertEqual([n for n in self.names(old) if n[1]],
                         [(n, f"Name {n}", "trailers" if n == 2 else t["track_type"])
                          for n, t in ((t["track_number"], t) for t in scanned["tracks"])])
        before = self.export()
        self.take_in()
        self.assertEqual(self.export(), before)

    def test_a_disc_that_amphi_knows_gets_what_it_lacks(self):
        disc = self.json("disc", "scan", self.image)["disc"]["id"]
        self.amphi("disc", "edit", disc, "--title", "The New Title")
        self.old_of_fixture(ripped_path="/m/r/t3.mkv")
        answer = self.take_in()
        self.assertEqual((answer["added_discs"], answer["added_tracks"], answer["added_paths"]), (0, 0, 1))
        shown = self.json("disc", "show", disc)
        self.assertEqual((shown["disc"]["title"], shown["disc"]["year"]), ("The New Title", 1999))
        self.assertEqual([t["track_name"] for t in shown["tracks"]], [f"Name {n}" for n in range(1, 6)])
        self.assertEqual(shown["tracks"][3]["ripped_path"], "/m/r/t3.mkv")

    def test_a_rip_of_the_ancestors_is_probed_and_taken_over(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "rip")
        made = pathlib.Path(self.track(disc, 4)["ripped_path"])
        kept = self.home / "ripped/Old (1999)/t3.mkv"
        kept.parent.mkdir()
        made.rename(kept)
        made.parent.rmdir()
        for path in (*self.home.glob("catalog.db*"), *self.home.glob("*/.amphi")):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.old_of_fixture(ripped_path=str(kept))
        self.take_in()
        old = self.json("disc", "list")["discs"][0]["id"]
        self.assertEqual(self.states(old, 3)[0], "unverified")   # though its folder has no marker yet
        self.json("disc", "scan", self.image)
        events = self.process(old, "--tracks", "4", "--until", "rip")
        self.assertEqual([e["stage"] for e in events if e["event"] == "step_finished"], ["rip"])
        self.assertEqual(self.track(old, 4)["ripped_path"], str(kept))
        self.assertEqual(self.states(old, 4)[0], "done")
        self.assertEqual(sorted(p.name for p in self.home.glob("ripped/*")), [".amphi", "Old (1999)"])

    def test_a_rip_that_was_cut_short_is_not(self):
        kept = self.home / "ripped/t3.mkv"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=96x80:rate=25:duration=2", kept], check=True)
        self.old_of_fixture(ripped_path=str(kept))
        self.take_in()
        disc = self.json("disc", "scan", self.image)["disc"]["id"]
        self.process(disc, "--tracks", "4", "--until", "rip", code=5)
        self.assertEqual(self.states(disc, 4)[0], "unverified")

    def test_a_file_of_unknown_length_is_not(self):
        kept = self.home / "ripped/t3.mkv"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=96x80:rate=25:duration=2", kept], check=True)
        make(self.old, discs=[{"title": "Old"}], tracks=[{"disc_id": 1, "track_number": 1, "ripped_path": str(kept)}])
        self.take_in()
        disc = self.json("disc", "list")["discs"][0]["id"]
        events = self.process(disc, "--until", "rip", code=5)
        self.assertIn("how long", [e for e in events if e["event"] == "step_failed"][0]["message"])
        self.assertEqual(self.states(disc, 1)[0], "unverified")

    def test_a_folder_with_none_of_its_files_may_not_be_mounted(self):
        make(self.old, discs=[{"title": "Old"}],
             tracks=[{"disc_id": 1, "track_number": 1, "ripped_path": f"{self.home}/ripped/Old/t1.mkv"}])
        self.take_in()
        disc = self.json("disc", "list")["discs"][0]["id"]
        self.assertEqual(self.states(disc, 1)[0], "unreadable")
        (self.home / "ripped/Old").mkdir()
        (self.home / "ripped/Old/t1.mkv").write_bytes(b"x")
        self.assertEqual(self.states(disc, 1)[0], "unverified")


class Killed(Care):
    def test_at_any_call(self):
        old, other = make(self.home / "old.db"), self.home / "other.db"
        ends = []

        def prepare():
            for path in self.home.glob("other.db*"):
                path.unlink()

        def look():
            discs = self.json("--catalog", other, "disc", "list")["discs"]   # undoes what is half-written
            ends.append(len(discs))
            self.amphi("--catalog", other, "catalog", "import", old)
            self.assertEqual(len(self.json("--catalog", other, "disc", "list")["discs"]), 4)

        self.kill_everywhere(prepare, look, "--catalog", other, "catalog", "import", old)
        self.assertEqual(set(ends), {0, 4}, "half of it was there, or the kills met only one side")


if __name__ == "__main__":
    harness.main()
