"""catalog import amphigory.db: where each value of the Python ancestor's catalogs goes, the first time and again."""

import contextlib
import json
import os
import pathlib
import shutil
import sqlite3

import harness
from ancestor import DISC_ROWS, DISCS, SCHEMAS, Ancestor, columns, make

DATA = pathlib.Path(os.environ.get("AMPHI_TEST_DATA", harness.ROOT / "../shared/data")) / "amphigory-catalogs"


class Values(Ancestor):
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


if __name__ == "__main__":
    harness.main()
