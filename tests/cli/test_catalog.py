"""Looking after the catalog: check, backup, and what is none; also while another works and when killed."""

import json
import os
import pathlib
import subprocess

import harness
from catalog_care import HOSTILE, Care


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
