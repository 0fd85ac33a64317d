"""A catalog with odd things in it, and what tells it from another."""

import random
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
