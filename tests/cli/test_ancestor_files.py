"""catalog import amphigory.db: nothing of the file changes, what is wrong in it is told, and what becomes of its discs and
paths later."""

import contextlib
import pathlib
import shutil
import sqlite3
import subprocess

import harness
from ancestor import DISC_ROWS, TRACK_ROWS, Ancestor, make
from catalog_care import Care


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
        old = make(self.home / "old.db")

        def look(other, _):
            self.amphi("--catalog", other, "catalog", "import", old)
            self.assertEqual(len(self.json("--catalog", other, "disc", "list")["discs"]), 4)

        self.assertEqual(set(self.kill_import(old, look)), {0, 4}, "half of it was there, or the kills met only one side")


if __name__ == "__main__":
    harness.main()
