"""Restoring a catalog: from a backup, killed anywhere."""

import json
import pathlib
import shutil
import sqlite3
import subprocess

import harness
from catalog_care import Care


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


if __name__ == "__main__":
    harness.main()
