"""Bad input: one clear line with a hint, the right exit code, nothing changed."""

import json
import os
import pathlib
import shutil
import sqlite3
import subprocess

import harness


class Sources(harness.AmphiTest):
    def refused(self, source, code, *words):
        error = self.error("disc", "scan", source, code=code)
        for word in words:
            self.assertIn(word, error["message"] + " " + error["hint"])
        self.assertEqual(self.json("disc", "list")["discs"], [])
        return error

    def test_no_such_file(self):
        self.refused(self.home / "nothing.iso", 6, "nothing.iso")

    def test_a_file_that_is_no_disc(self):
        path = self.home / "letter.iso"
        path.write_bytes(b"Dear Sir or Madam,\n" * 100000)
        error = self.error("disc", "scan", path, code=2)
        self.assertIn("letter.iso", error["message"])

    def test_an_empty_image(self):
        path = self.home / "empty.iso"
        path.touch()
        error = self.amphi("disc", "scan", path, code=None)
        self.assertIn(error.code, (2, 6))
        self.assertIn("empty.iso", error.err)

    def test_a_truncated_image(self):
        image = self.image
        for size in (1 << 15, 1 << 18, 600 * 1024):
            os.truncate(image, size)
            result = self.amphi("disc", "scan", image, code=None)
            self.assertIn(result.code, (2, 6), repr(result))
            self.assertEqual(result.out, "")
            self.copy_of_disc()

    def test_a_video_ts_without_ifos(self):
        folder = self.home / "VIDEO_TS"
        folder.mkdir()
        (folder / "VTS_01_1.VOB").write_bytes(b"\0" * 2048)
        result = self.amphi("disc", "scan", folder, code=None)
        self.assertIn(result.code, (2, 6), repr(result))

    def test_a_table_of_titles_that_was_cut(self):
        """libdvdread frees such a table twice unless it is kept from doing so."""
        shutil.copytree(harness.PAL / "dvd/VIDEO_TS", self.home / "cut/VIDEO_TS")
        (self.home / "cut/VIDEO_TS/VIDEO_TS.BUP").unlink()
        for size in (3972, 3000, 2317):
            os.truncate(self.home / "cut/VIDEO_TS/VIDEO_TS.IFO", size)
            result = self.amphi("disc", "scan", self.home / "cut", code=6)
            self.assertIn("VIDEO_TS.IFO", result.err)

    def test_a_log_that_ends_in_the_middle(self):
        log = self.home / "scan.log"
        log.write_text('MSG:1005,0,1,"MakeMKV v1.18.3 linux(x64-release) started","%1 started","MakeMKV"\nDRV:0,2,9')
        result = self.amphi("disc", "scan", "--from-makemkv-log", log, code=2)
        self.assertEqual(result.out, "")
        self.assertIn("scan.log", result.err)


class Edits(harness.AmphiTest):
    def setUp(self):
        super().setUp()
        self.disc = self.scan()
        self.before = self.json("disc", "show", self.disc, "--no-verify")

    def refused(self, *args, code=2, stdin=None):
        result = self.amphi(*args, "--json", code=code, stdin=stdin)
        self.assertEqual(result.out, "")
        error = json.loads(result.err)
        self.assertTrue(error["message"])
        self.assertEqual(self.json("disc", "show", self.disc, "--no-verify"), self.before)
        return error

    def patch(self, document, code=2):
        text = document if isinstance(document, str) else json.dumps(document)
        return self.refused("disc", "edit", self.disc, "--patch", "-", code=code, stdin=text)

    def test_patches_that_are_wrong(self):
        track = self.before["tracks"][0]["id"]
        self.patch("{not json")
        self.refused("disc", "edit", self.disc, "--patch", self.home, code=6)
        self.patch("[]")
        self.patch({"disc": {"year": "2001"}})
        self.patch({"disc": {"title": 7}})
        self.patch({"disc": {"titel": "x"}})
        self.patch({"disk": {}})
        self.patch({"tracks": [{"track_name": "no id"}]})
        self.patch({"tracks": [{"id": "1", "track_name": "x"}]})
        self.patch({"tracks": [{"id": track, "ripped_path": "/etc/passwd"}]})
        self.patch({"tracks": [{"id": track, "track_type": "blooper"}]})
        self.patch({"disc": {"title": "kept?"}, "tracks": [{"id": 9999, "track_name": "x"}]}, code=4)

    def test_a_year_of_99999(self):
        error = self.refused("disc", "edit", self.disc, "--year", "99999")
        self.assertIn("1900", error["message"] + error["hint"])

    def test_an_unknown_preset_names_the_nearest(self):
        track = self.before["tracks"][0]["id"]
        error = self.refused("track", "edit", track, "--preset-name", "tinyy")
        self.assertIn("tiny", error["hint"])

    def test_unknown_disc_and_track(self):
        self.refused("disc", "show", "dvd-0000000", code=4)
        self.refused("track", "show", "99999", code=4)
        self.refused("track", "show", f"{self.disc}:77", code=4)

    def test_unknown_option_and_verb(self):
        self.refused("disc", "edit", self.disc, "--titel", "x")
        self.refused("disc", "shwo")

    def test_titles_that_would_break_a_careless_program(self):
        titles = ['He said "no", twice', "a,b;c|d", "line\nbreak", "../../etc/passwd", "🎬 émoji ✓", "x" * 300, "CON",
                  "-rf", "$(reboot)", "a/b\\c", ".hidden", "\u202eevil", "tab\there", "'", "100%", "AC/DC: Live?"]
        track = self.track(self.disc, 4)["id"]
        self.amphi("track", "edit", track, "--track-type", "main_feature", "--preset-name", "copy")
        self.process(self.disc, "--tracks", "4", "--until", "rip")
        for title in titles:
            with self.subTest(title=title):
                self.amphi("disc", "edit", self.disc, f"--title={title}")
                self.assertEqual(self.json("disc", "show", self.disc)["disc"]["title"], title)
                self.process(self.disc, "--tracks", "4")
                path = pathlib.Path(self.track(self.disc, 4)["inserted_path"])
                self.assertTrue(path.exists())
                self.assertEqual(path.parents[1], self.home / "movies")
                for part in path.relative_to(self.home).parts:
                    self.assertLessEqual(len(part.encode()), 255)
                    self.assertFalse(part.startswith("."), part)
                    self.assertNotRegex(part, r'[\x00-\x1f/\\:*?"<>|\u202e]')
                self.assertNotIn("\n" + title, self.amphi("disc", "show", self.disc).out if "\n" in title else "")
                self.amphi("track", "reset", track, "--from", "insert", "--yes")
        self.assertEqual(sorted(p.name for p in self.home.iterdir() if "passwd" in p.name), [])


class Catalogs(harness.AmphiTest):
    def untouched(self, path, word):
        before = path.read_bytes()
        result = self.amphi("--catalog", path, "disc", "list", code=8)
        self.assertIn(word, result.err)
        result = self.amphi("--catalog", path, "disc", "scan", harness.PAL / "disc.iso", code=8)
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual([p for p in self.home.glob(path.name + "*") if p.suffix not in (".db", ".lock")
                          and p != path], [])

    def test_a_foreign_database(self):
        path = self.home / "foreign.db"
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY, cake TEXT)")
        db.close()
        self.untouched(path, "foreign.db")

    def test_the_ancestors_catalog(self):
        path = self.home / "amphigory.db"
        with sqlite3.connect(path) as db:
            db.executescript("CREATE TABLE discs (id INTEGER PRIMARY KEY, fingerprint TEXT UNIQUE, title TEXT NOT NULL);"
                             "CREATE TABLE tracks (id INTEGER PRIMARY KEY, disc_id INTEGER);"
                             "CREATE TABLE presets (id INTEGER PRIMARY KEY); CREATE TABLE jobs (id INTEGER PRIMARY KEY);")
        db.close()
        self.untouched(path, "amphigory")

    def test_a_file_that_is_no_database(self):
        path = self.home / "text.db"
        path.write_text("this is not a database, only a long enough text\n" * 100)
        self.untouched(path, "text.db")

    def test_a_newer_schema(self):
        self.scan()
        path = self.home / "catalog.db"
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA user_version = 99")
        db.close()
        self.untouched(path, "99")


class Places(harness.AmphiTest):
    def test_a_library_that_cannot_be_written(self):
        disc = self.scan()
        self.want_only(disc, 4)
        (self.home / "movies").rmdir()
        (self.home / "movies").symlink_to("/proc/1")   # a folder nobody can write, root included
        self.process(disc, code=5)
        reason = [s["reason"] for s in self.json("plan", disc, code=None)["steps"]]
        self.assertTrue(any("movies" in r for r in reason), reason)

    def test_no_space(self):
        small = self.home / "small"
        small.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small]).returncode != 0:
            self.fail("cannot mount a tmpfs: this test needs root")
        self.addCleanup(subprocess.run, ["umount", "-l", small])
        self.write_config(**{f"{self.home}/ripped": str(small)})
        disc = self.scan()
        events = self.process(disc, "--tracks", "2", code=5)
        self.assertEqual([e for e in events if e["event"] == "step_started"], [])
        reasons = [s["reason"] for s in self.json("plan", disc)["steps"] if s["stage"] == "rip" and s["track_number"] == 2]
        self.assertRegex(reasons[0], r"needs about 17\.\d MB, .*/small has room for 2\.1 MB")
        self.assertEqual([p for p in small.rglob("*.mkv")], [])

    def test_a_tool_that_is_missing_names_its_package(self):
        disc = self.scan()
        only = self.home / "bare"
        only.mkdir()
        for name in ("sh", "env", "mkvpropedit"):
            found = shutil.which(name)
            if found:
                (only / name).symlink_to(found)
        result = self.amphi("process", disc, "--tracks", "4", code=None, env={"PATH": str(only)})
        self.assertIn(result.code, (5, 6), repr(result))
        self.assertIn("ffmpeg", result.err)
        shown = result.err + self.amphi("plan", disc, code=None).out
        self.assertIn("apt install ffmpeg", shown)

    def test_a_wrong_configuration_names_file_line_and_key(self):
        self.config.write_text('[folders]\nriped = "/x"\n')
        error = self.error("disc", "list", code=2)
        self.assertIn("config.toml:2", error["message"])
        self.assertIn("riped", error["message"])
        self.assertIn("ripped", error["hint"])


if __name__ == "__main__":
    harness.main()
