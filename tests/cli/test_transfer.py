"""Catalogs as JSON Lines: export and import, without loss."""

import json
import random
import sqlite3
import subprocess

import harness
from catalog_care import HOSTILE, NOT_UTF8, Care


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


if __name__ == "__main__":
    harness.main()
