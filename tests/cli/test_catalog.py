"""Looking after the catalog: check, backup, restore, export, import; also while another works and when killed."""

import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess

import harness

HOSTILE = ["a \"quote\" and 'another'", "two\nlines\tand a tab", "🎬 émoji \u202e turned", "back\\slash; DROP TABLE disc;--"]
NOT_UTF8 = b"/srv/\xff\xfe/caf\xe9.mkv"


CALLS = ("pwrite64", "fsync", "fdatasync", "ftruncate", "link", "linkat", "renameat", "renameat2", "unlink", "unlinkat")


class Care(harness.AmphiTest):
    """A catalog with one real disc, three more rows of everything, and text that a careless program would break."""

    def setUp(self):
        super().setUp()
        self.catalog = self.home / "catalog.db"
        self.disc = self.scan()
        self.amphi("disc", "edit", self.disc, "--title", HOSTILE[0], "--notes", "\n".join(HOSTILE))
        self.sql("INSERT INTO folder (path, marker) VALUES (CAST(? AS TEXT), 'odd')", NOT_UTF8)

    def sql(self, statement, *values, path=None):
        with sqlite3.connect(path or self.catalog, timeout=20) as db:
            rows = db.execute(statement, values).fetchall()
        db.close()
        return rows

    def content(self, path=None):
        """Every row of every table, as SQLite itself has it."""
        db = sqlite3.connect(f"file:{path or self.catalog}?mode=ro", uri=True, timeout=20)
        db.text_factory = bytes
        names = [n.decode() for n, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        found = {n: sorted(map(repr, db.execute(f'SELECT * FROM "{n}"'))) for n in names}
        version = db.execute("PRAGMA user_version").fetchone()
        db.close()
        return found, version

    def beside(self, pattern):
        return sorted(p for p in self.home.glob(pattern) if not p.name.endswith((".lock", "-journal")))

    def backups(self):
        return self.beside("catalog.db.backup-*")

    def damage(self, path=None):
        path = path or self.catalog
        data = bytearray(path.read_bytes())
        data[8 * 4096:] = b"\xff" * (len(data) - 8 * 4096)
        path.write_bytes(data)
        return bytes(data)

    def fill(self, count=3000):
        """Rows enough that there is something to write."""
        db = sqlite3.connect(self.catalog)
        db.execute("WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO history "
                   "(at, event, detail) SELECT i, 'filled', json_quote(hex(randomblob(60))) FROM n", (count,))
        db.commit()
        db.close()

    def traced(self, *args, inject=()):
        """Runs amphi under strace; gives how often it made each call that changes something on the disk."""
        log = self.home / "calls.log"
        options = ["-e", "trace=" + ",".join(CALLS), *[o for i in inject for o in ("-e", "inject=" + i)]]
        subprocess.run(["strace", "-f", "-qq", "-o", log, *options, harness.BIN, "--config", str(self.config),
                        *map(str, args)], env={**self.env, "ASAN_OPTIONS": "detect_leaks=0"},
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        text = log.read_text()
        return {call: text.count(f" {call}(") for call in CALLS}

    def kill_import(self, file, look):
        """An import into a catalog of its own, killed anywhere. `look` is given that catalog and its discs after each kill;
        answers how many there were."""
        other, ends = self.home / "other.db", []

        def prepare():
            for path in self.home.glob("other.db*"):
                path.unlink()

        def count_and_look():
            discs = self.json("--catalog", other, "disc", "list")["discs"]   # undoes what is half-written
            ends.append(len(discs))
            look(other, discs)

        self.kill_everywhere(prepare, count_and_look, "--catalog", other, "catalog", "import", file)
        return ends

    def kill_everywhere(self, prepare, look, *args, most=12):
        """Kills amphi at its first, second ... call of each kind (of many: some); `look` says what is there then."""
        prepare()
        counts = self.traced(*args)
        self.assertGreater(sum(counts.values()), 10, counts)
        for call, count in counts.items():
            points = range(1, count + 1)
            for when in points if count <= most else sorted(random.sample(points, most)):
                with self.subTest(call=call, when=when, of=count):
                    prepare()
                    self.traced(*args, inject=[f"{call}:signal=KILL:when={when}"])
                    look()


class Check(Care):
    def test_a_sound_catalog(self):
        for options in ([], ["--full"], ["--no-files"], ["--full", "--no-files"]):
            found = self.json("catalog", "check", *options)
            self.assertEqual(found["damaged"], False)
            self.assertEqual(found["depth"], "full" if "--full" in options else "quick")
            self.assertEqual(found["files"] is None, "--no-files" in options)
        self.assertIn("sound", self.amphi("catalog", "check").out)

    def test_files_that_do_not_stand(self):
        self.process(self.disc, "--tracks", "4", "--until", "transcode")
        found = self.json("catalog", "check")
        self.assertEqual((found["files"]["done"], found["files"]["missing"], found["file_faults"]), (2, 0, []))
        path = self.track(self.disc, 4)["transcoded_path"]
        os.unlink(path)
        found = self.json("catalog", "check", code=3)
        self.assertEqual((found["files"]["done"], found["files"]["missing"]), (1, 1))
        self.assertEqual([(f["stage"], f["verdict"], f["path"]) for f in found["file_faults"]],
                         [("transcode", "missing", path)])
        self.amphi("catalog", "check", "--no-files")
        rip = pathlib.Path(self.track(self.disc, 4)["ripped_path"])
        rip.write_bytes(b"short")
        found = self.json("catalog", "check", code=3)
        self.assertEqual({f["verdict"] for f in found["file_faults"]}, {"missing", "changed"})
        self.assertIn("changed", self.amphi("catalog", "check", code=3).out)

    def test_damage_is_exit_8_and_names_the_way_back(self):
        backup = self.json("catalog", "backup")["backup"]
        before = self.damage()
        found = self.json("catalog", "check", code=8)
        self.assertTrue(found["damaged"] and found["problems"])
        self.assertIn(f"amphi --catalog {self.catalog} catalog restore {backup}", found["hint"])
        self.assertIn(backup, self.amphi("catalog", "check", code=8).out)
        self.assertEqual(self.catalog.read_bytes(), before)

    def test_rows_that_refer_to_nothing(self):
        self.sql("INSERT INTO disc_edit (disc_id, title) VALUES (77, 'nobody''s')")
        found = self.json("catalog", "check", code=8)
        self.assertEqual(found["broken_references"], [{"table": "disc_edit", "row": 77, "refers_to": "disc"}])

    def test_a_schema_that_is_not_amphis(self):
        self.sql("CREATE TRIGGER evil AFTER INSERT ON disc BEGIN DELETE FROM history; END")
        found = self.json("catalog", "check", code=8)
        self.assertEqual(found["schema_differences"], [{"name": "trigger evil", "difference": "added"}])

    def test_an_abandoned_step_is_told_and_no_error(self):
        track = self.track(self.disc, 4)["id"]
        self.sql("INSERT INTO intent (step_id, track_id, stage, kind, spec, held_by, created_at) "
                 "VALUES ('0123456789abcdef', ?, 'rip', 'make', '{}', 'nobody', 0)", track)
        found = self.json("catalog", "check")
        self.assertEqual([(a["step_id"], a["track_id"], a["ended_by"]) for a in found["abandoned"]],
                         [("0123456789abcdef", track, f"amphi track reset {track}")])
        self.assertIn(f"amphi track reset {track}", self.amphi("catalog", "check").out)

    def test_no_catalog(self):
        self.error("--catalog", self.home / "nothing.db", "catalog", "check", code=8)
        self.assertFalse((self.home / "nothing.db").exists())


class Backup(Care):
    def test_beside_the_catalog_and_elsewhere(self):
        made = self.json("catalog", "backup")
        self.assertRegex(pathlib.Path(made["backup"]).name, r"^catalog\.db\.backup-v\d+-\d{8}T\d{9}Z\.saved$")
        self.assertEqual(self.content(made["backup"]), self.content())
        elsewhere = self.home / "a folder's name" / "mine.db"
        elsewhere.parent.mkdir()
        self.amphi("catalog", "backup", elsewhere)
        self.assertEqual(self.content(elsewhere), self.content())
        self.assertEqual(self.sql("PRAGMA integrity_check", path=elsewhere), [("ok",)])
        error = self.error("catalog", "backup", elsewhere, code=2)
        self.assertIn("mine.db", error["message"])
        error = self.error("catalog", "backup", self.home / "no" / "folder.db", code=6)
        self.assertIn(f"no folder {self.home}/no", error["message"])
        self.assertEqual(self.leftovers(), [])

    def test_elsewhere_makes_nothing_beside_the_catalog(self):
        """So that a catalog on a medium that is read-only has a backup, too."""
        for path in self.home.glob("catalog.db?*"):
            path.unlink()
        self.amphi("catalog", "backup", self.home / "mine.db")
        self.assertEqual(list(self.home.glob("catalog.db?*")), [])

    def test_keep(self):
        others = [self.home / name for name in ("catalog.db.backup-v2-20200101T000000000Z",
                                                "catalog.db.backup-v3-20200101T000000000Z.replaced",
                                                "catalog.db.backup-v3-20200101T000000000Z.saved.gz",
                                                "catalog.db.backup-v3-20200101T000000000Z.saved~")]
        for path in others:
            path.write_text("not to be deleted")
        made = [self.json("catalog", "backup")["backup"] for _ in range(4)]
        last = self.json("catalog", "backup", "--keep", "2")
        self.assertEqual(last["deleted"], made[:3])
        self.assertEqual({str(p) for p in self.backups()}, {made[3], last["backup"], *map(str, others)})
        self.error("catalog", "backup", "--keep", "0", code=2)

    def test_while_another_writes_500_edits(self):
        (year_before,), = self.sql("SELECT year FROM disc_edit")
        writer = subprocess.Popen(["python3", "-c", WRITER, str(self.catalog)])
        made = []
        while writer.poll() is None:
            made.append(self.json("catalog", "backup", self.home / f"copy{len(made)}.db")["backup"])
        self.assertEqual(writer.returncode, 0, "the writer was disturbed")
        self.assertEqual(self.sql("SELECT count(*) FROM history WHERE event = 'written'"), [(500,)])
        self.assertGreater(len(made), 2)
        seen = set()
        for path in made:
            self.assertEqual(self.sql("PRAGMA integrity_check", path=path), [("ok",)])
            (pairs,), = self.sql("SELECT count(*) FROM history WHERE event = 'written'", path=path)
            (year,), = self.sql("SELECT year FROM disc_edit", path=path)
            self.assertEqual(year, 1000 + pairs if pairs else year_before, "a half of a transaction was copied")
            seen.add(pairs)
        self.assertGreater(len(seen), 1, "no edit came between two backups: the test shows nothing")

    def test_while_amphi_processes(self):
        worker = subprocess.Popen([harness.BIN, "--config", str(self.config), "process", str(self.disc), "--tracks",
                                   "2,3", "--json"], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        made = 0
        while worker.poll() is None:
            self.amphi("catalog", "backup")
            made += 1
        self.assertEqual(worker.returncode, 0)
        self.assertGreater(made, 0)
        self.assertEqual({self.states(self.disc, n) for n in (2, 3)}, {("done",) * 3})

    def test_a_damaged_catalog_gives_none(self):
        self.damage()
        self.error("catalog", "backup", code=8)
        self.error("catalog", "backup", self.home / "mine.db", code=8)
        self.assertEqual(self.backups() + self.beside("mine*") + self.temporary_files(), [])

    def test_two_at_once(self):
        children = [subprocess.Popen([harness.BIN, "--config", str(self.config), "--wait", "catalog", "backup"],
                                     env=self.env, stdout=subprocess.DEVNULL) for _ in range(4)]
        self.assertEqual([c.wait() for c in children], [0] * 4)
        self.assertEqual(len(self.backups()), 4)
        for path in self.backups():
            self.assertEqual(self.content(path), self.content())


# Both change in one transaction, or neither.
WRITER = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
db.execute("UPDATE disc_edit SET year = 1000")
for i in range(1, 501):
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO history (at, event, detail) VALUES (?, 'written', '{}')", (i,))
    db.execute("UPDATE disc_edit SET year = ?", (1000 + i,))
    db.execute("COMMIT")
    time.sleep(0.01)
"""


class Restore(Care):
    def setUp(self):
        super().setUp()
        self.backup = pathlib.Path(self.json("catalog", "backup", self.home / "backup.db")["backup"])
        self.saved = self.content()
        self.amphi("disc", "edit", self.disc, "--title", "changed since")
        self.assertNotEqual(self.content(), self.saved)

    def refused(self, path, word):
        before, given = self.content(), path.read_bytes()
        error = self.error("catalog", "restore", path, code=8)
        self.assertIn(word, error["message"])
        self.assertEqual(self.content(), before)
        self.assertEqual(path.read_bytes(), given)
        self.assertEqual(self.backups() + self.beside("*damaged*") + self.leftovers(), [])

    def test_over_a_good_catalog(self):
        before = self.content()
        restored = self.json("catalog", "restore", self.backup)
        self.assertEqual(self.content(), self.saved)
        self.assertEqual(self.content(restored["kept"]), before)
        self.assertEqual(restored["set_aside"], False)
        self.amphi("catalog", "restore", restored["kept"])   # and back again
        self.assertEqual(self.content(), before)
        self.assertEqual(self.leftovers(), [])

    def test_over_a_corrupt_one(self):
        before = self.damage()
        restored = self.json("catalog", "restore", self.backup)
        self.assertEqual(self.content(), self.saved)
        self.assertEqual(pathlib.Path(restored["kept"]).read_bytes(), before)
        self.assertEqual(restored["set_aside"], True)
        self.amphi("catalog", "check", "--full")

    def test_over_an_empty_a_missing_a_newer_and_a_foreign_one(self):
        self.catalog.write_bytes(b"")
        self.assertIsNone(self.json("catalog", "restore", self.backup)["kept"])
        self.assertEqual(self.content(), self.saved)
        self.catalog.unlink()
        self.assertIsNone(self.json("catalog", "restore", self.backup)["kept"])
        self.assertEqual(self.content(), self.saved)
        self.sql("PRAGMA user_version = 99")
        newer = self.content()
        kept = self.json("catalog", "restore", self.backup)["kept"]
        self.assertEqual((self.content(), self.content(kept)), (self.saved, newer))
        self.catalog.write_text("no database at all\n" * 100)
        kept = self.json("catalog", "restore", self.backup)["kept"]
        self.assertEqual(pathlib.Path(kept).read_text(), "no database at all\n" * 100)
        self.assertEqual(self.content(), self.saved)

    def test_what_is_no_sound_backup_is_refused(self):
        foreign, newer, text = (self.home / name for name in ("foreign.db", "newer.db", "text.db"))
        self.sql("CREATE TABLE cakes (x)", path=foreign)
        self.refused(foreign, "foreign.db")
        shutil.copyfile(self.backup, newer)
        self.sql("PRAGMA user_version = 99", path=newer)
        self.refused(newer, "99")
        text.write_text("this is no database" * 100)
        self.refused(text, "text.db")
        self.damage(self.backup)
        self.refused(self.backup, "damaged")
        self.error("catalog", "restore", self.home / "nothing.db", code=6)
        self.error("catalog", "restore", self.catalog, code=2)

    def test_not_while_amphi_works(self):
        worker = subprocess.Popen([harness.BIN, "--config", str(self.config), "process", str(self.disc), "--tracks",
                                   "2", "--json"], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  text=True)
        for line in worker.stdout:
            if json.loads(line)["event"] == "step_started":
                break
        self.error("catalog", "restore", self.backup, code=7)
        self.assertEqual(self.backups(), [])
        worker.communicate()
        self.assertEqual(worker.returncode, 0)
        self.amphi("catalog", "restore", self.backup)

    def test_wait_outlasts_one_who_reads_for_long(self):
        """SQLite itself gives up after 20 seconds."""
        reader = sqlite3.connect(self.catalog, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM disc").fetchall()
        worker = subprocess.Popen([harness.BIN, "--config", str(self.config), "--wait", "catalog", "restore", self.backup],
                                  env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with self.assertRaises(subprocess.TimeoutExpired):
            worker.wait(timeout=25)
        reader.close()
        self.assertEqual(worker.wait(timeout=60), 0)
        self.assertEqual(self.content(), self.saved)

    def test_over_a_corrupt_one_where_there_are_no_links_and_no_exchange(self):
        before = self.damage()
        self.catalog.chmod(0o640)
        self.traced("catalog", "restore", self.backup, inject=["link,linkat:error=EPERM", "renameat2:error=EINVAL"])
        self.assertEqual(self.content(), self.saved)
        aside, = self.beside("*damaged*")
        self.assertEqual((aside.read_bytes(), aside.stat().st_mode & 0o777), (before, 0o640))
        self.assertEqual(self.temporary_files(), [])

    def test_a_copy_does_not_let_go_of_the_lock(self):
        """Who closes any descriptor of the file drops SQLite's locks on it: SQLite's own must be the first."""
        self.damage()
        log = self.home / "calls.log"
        subprocess.run(["strace", "-f", "-qq", "-y", "-o", log, "-e", "trace=link,linkat,openat2,close", "-e",
                        "inject=link,linkat:error=EPERM", harness.BIN, "--config", str(self.config), "catalog",
                        "restore", self.backup], env={**self.env, "ASAN_OPTIONS": "detect_leaks=0"}, check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        calls = [line for line in log.read_text().splitlines() if f"<{self.catalog}>" in line]
        opened = [i for i, line in enumerate(calls) if "openat2(" in line]
        self.assertEqual(len(opened), 1, calls)
        descriptor = calls[opened[0]].rsplit("= ", 1)[1].split("<")[0]
        closed = [line.split("close(")[1].split("<")[0] for line in calls[opened[0] + 1:] if "close(" in line]
        self.assertIn(descriptor, closed[1:], calls)

    def test_no_folder_for_the_catalog(self):
        nowhere = self.home / "not" / "mounted.db"
        dump = self.home / "dump.jsonl"
        self.amphi("catalog", "export", "--output", dump)
        for command in (["restore", self.backup], ["import", dump]):
            error = self.error("--catalog", nowhere, "catalog", *command, code=8)
            self.assertIn(f"no folder {nowhere.parent}", error["message"])

    def put(self, content):
        for path in self.beside("catalog.db.*") + self.beside(".catalog.db.*") + list(self.home.glob("catalog.db-*")):
            path.unlink()
        self.catalog.write_bytes(content)

    def test_killed_at_any_call(self):
        """The old content or the new, never a mixture, and never nothing; the next restore works."""
        before = self.catalog.read_bytes()
        small = self.content()
        self.fill()
        full = self.content()
        filled = self.home / "filled.db"
        self.amphi("catalog", "backup", filled)
        ends = []

        def look():
            self.amphi("disc", "list")   # undoes what is half-written
            content = self.content()
            self.assertIn(content, (small, full), "neither the old nor the new")
            ends.append(content == full)
            if content == full:
                self.assertEqual([self.content(p) for p in self.backups()], [small])

        self.kill_everywhere(lambda: self.put(before), look, "catalog", "restore", filled)
        self.assertEqual(set(ends), {False, True}, "the kills met only one side")
        self.amphi("catalog", "restore", self.backup)
        self.assertEqual(self.content(), self.saved)
        self.assertEqual(self.leftovers(), [])

    def test_killed_while_a_corrupt_one_is_set_aside(self):
        before = self.damage()
        journal = b"a journal that may be worth something" * 20
        ends = []

        def prepare():
            self.put(before)
            (self.home / "catalog.db-journal").write_bytes(journal)

        def look():
            holders = [p.read_bytes() for p in [self.catalog, *self.beside("*damaged*")]]
            self.assertIn(before, holders, "the damaged file is lost")
            self.assertIn(journal, [p.read_bytes() for p in self.home.glob("catalog.db*-journal")])
            ends.append(self.catalog.read_bytes() != before)
            if ends[-1]:
                self.assertEqual(self.content(), self.saved)
            self.amphi("catalog", "restore", self.backup)
            self.assertEqual(self.content(), self.saved)
            self.assertEqual(self.leftovers(), [])

        self.kill_everywhere(prepare, look, "catalog", "restore", self.backup)
        self.assertEqual(set(ends), {False, True}, "the kills met only one side")


class Transfer(Care):
    def test_there_and_back(self):
        self.process(self.disc, "--tracks", "4", "--until", "rip")
        text = self.amphi("catalog", "export").out
        self.assertEqual(self.amphi("catalog", "export", "--json").out, text)
        other = self.home / "other.db"
        self.amphi("--catalog", other, "catalog", "import", "-", stdin=text)
        self.assertEqual(self.content(other), self.content())
        self.assertEqual(self.amphi("--catalog", other, "catalog", "export").out, text)
        shown = self.json("--catalog", other, "disc", "show", self.disc, code=None)
        self.assertEqual(shown["disc"]["title"], HOSTILE[0])
        self.assertEqual(shown["disc"]["notes"], "\n".join(HOSTILE))
        self.assertIn({"hex": NOT_UTF8.hex()}, [json.loads(l).get("row", {}).get("path") for l in text.splitlines()])
        self.amphi("--catalog", other, "catalog", "check", "--full", "--no-files")

    def test_through_a_file(self):
        dump = self.home / "dump.jsonl"
        made = self.json("catalog", "export", "--output", dump)
        self.assertEqual((made["schema"], made["catalog"], made["output"]),
                         ("amphi.catalog.export/1", str(self.catalog), str(dump)))
        counts = made["rows"]
        self.assertEqual(counts["disc"], 1)
        self.assertTrue(self.error("--catalog", self.home / "new.db", "catalog", "import", self.home, code=6)["hint"])
        self.assertEqual(dump.read_text(), self.amphi("catalog", "export").out)
        self.error("catalog", "export", "--output", dump, code=2)
        other = self.home / "other.db"
        answer = self.json("--catalog", other, "catalog", "import", dump)
        self.assertEqual((answer["discs"], answer["rows"]), (1, sum(counts.values())))
        self.assertEqual(self.content(other), self.content())

    def test_through_jq(self):
        out = subprocess.run(f"set -o pipefail; {harness.BIN} --config {self.config} catalog export | jq -c . | "
                             f"{harness.BIN} --config {self.config} --catalog {self.home}/other.db catalog import - --json | "
                             f"jq -r .discs", shell=True, executable="/bin/bash", env=self.env, capture_output=True, text=True)
        self.assertEqual((out.returncode, out.stdout), (0, "1\n"), out.stderr)
        self.assertEqual(self.content(self.home / "other.db"), self.content())

    def test_a_catalog_that_is_not_empty(self):
        dump = self.home / "dump.jsonl"
        self.amphi("catalog", "export", "--output", dump)
        before = self.content()
        error = self.error("catalog", "import", dump, code=2)
        self.assertIn("not empty", error["message"])
        self.assertIn("--catalog", error["hint"])
        self.assertEqual(self.content(), before)

    def test_an_export_that_was_cut(self):
        text = self.amphi("catalog", "export").out
        other = self.home / "other.db"
        lines = text.splitlines(keepends=True)
        cuts = ["", "".join(lines[:1]), "".join(lines[:-1]), text[:-5], text[:len(text) // 2], text[:len(text) // 3]]
        for cut in cuts + [text[:random.randrange(len(text) - 2)] for _ in range(5)]:
            result = self.amphi("--catalog", other, "catalog", "import", "-", stdin=cut, code=2)
            self.assertRegex(result.err, r"standard input, line \d+: ")
            self.assertFalse(other.exists())
        swapped = lines[:-1] + ['{"table":"disk","row":{}}\n', lines[-1]]
        result = self.amphi("--catalog", other, "catalog", "import", "-", stdin="".join(swapped), code=2)
        self.assertIn(f"line {len(lines)}: there is no table disk", result.err)

    def test_an_older_schema(self):
        old, other = self.home / "old.db", self.home / "other.db"
        db = sqlite3.connect(old)
        db.executescript((harness.ROOT / "tests/upgrade/schema_1.sql").read_text())
        db.close()
        before = old.read_bytes()
        text = self.amphi("--catalog", old, "catalog", "export").out
        self.assertEqual(json.loads(text.splitlines()[0])["catalog_schema"], 1)
        self.assertEqual(old.read_bytes(), before)
        self.assertEqual(self.json("--catalog", other, "catalog", "import", "-", stdin=text)["export_schema"], 1)
        self.assertEqual(self.json("--catalog", other, "disc", "list")["discs"],
                         self.json("--catalog", old, "disc", "list")["discs"])

    def test_killed_while_importing(self):
        self.fill()
        dump = self.home / "dump.jsonl"
        self.amphi("catalog", "export", "--output", dump)

        def look(other, discs):
            if not discs:
                self.amphi("--catalog", other, "catalog", "import", dump)
            self.assertEqual(self.content(other), self.content())

        ends = self.kill_import(dump, look)
        self.assertEqual({count > 0 for count in ends}, {False, True}, "the kills met only one side")


class Unusable(Care):
    def test_every_verb_names_the_way_back_and_touches_nothing(self):
        backup = self.json("catalog", "backup")["backup"]
        verbs = [["disc", "list"], ["disc", "show", "1"], ["disc", "edit", "1", "--title", "x"], ["status"], ["history"],
                 ["process", "--resume"], ["plan"], ["track", "verify", "--all"], ["catalog", "export"], ["catalog", "backup"]]
        whole = self.catalog.read_bytes()
        head = bytearray(whole)
        head[100:4096] = b"\xff" * 3996
        for content in (b"x", b"no database at all" * 500, bytes(head)):
            self.catalog.write_bytes(content)
            for verb in verbs:
                with self.subTest(verb=verb, content=content[:9]):
                    error = self.error(*verb, code=8)
                    self.assertIn(f"amphi --catalog {self.catalog} catalog restore {backup}", error["hint"])
                    self.assertEqual(self.catalog.read_bytes(), content)
            check = self.amphi("catalog", "check", code=8)   # where it can, it says more than one line
            self.assertIn(f"amphi --catalog {self.catalog} catalog restore {backup}", check.out + check.err)
        self.catalog.unlink()
        self.sql("CREATE TABLE songs (x)")
        self.assertIn(backup, self.error("disc", "list", code=8)["hint"])
        self.amphi("catalog", "restore", backup)
        self.assertEqual(self.json("disc", "list")["discs"][0]["title"], HOSTILE[0])


class Documents(Care):
    def test_json_is_as_the_schemas_say(self):
        dump = self.home / "dump.jsonl"
        self.amphi("catalog", "export", "--output", dump)
        backup = self.home / "backup.db"
        commands = {"check": ["catalog", "check"], "backup": ["catalog", "backup", backup],
                    "restore": ["catalog", "restore", backup],
                    "import": ["--catalog", self.home / "new.db", "catalog", "import", dump]}
        for name, command in commands.items():
            with self.subTest(name=name):
                document = self.json(*command)
                self.assertEqual(document["schema"], f"amphi.catalog.{name}/1")
                schema = self.json("schema", f"catalog.{name}")
                self.assertEqual(set(document), set(schema["properties"]))
                self.assertEqual(set(document), set(schema["required"]))
        properties = self.json("schema", "catalog.export")["properties"]
        for line in dump.read_text().splitlines():
            self.assertLessEqual(set(json.loads(line)), set(properties))

    def test_help_names_the_verbs(self):
        text = self.amphi("catalog", "--help").out
        for verb in ("check", "backup", "restore", "export", "import"):
            self.assertIn(f"catalog {verb}", text)
            self.amphi("catalog", verb, "--help")


if __name__ == "__main__":
    harness.main()
