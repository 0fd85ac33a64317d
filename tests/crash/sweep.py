"""A command is disturbed at one system call, then the user's next command runs, then everything must be as if nothing had
happened. `at_call` numbers the calls, those of the coordinator, of the step, of the workers
(amphi-reader, amphi-media) and of the tools apart."""

import dataclasses
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../cli"))
import ground
import harness

AT_CALL = os.environ.get("AMPHI_AT_CALL", str(harness.ROOT / ".build/debug/tests/at_call"))
CASES = os.environ.get("AMPHI_SWEEP_CASES", "")      # how many per scenario and role; "all": every one
TABLE = os.environ.get("AMPHI_SWEEP_TABLE")          # a file that takes a line per sweep: fault, cases, violations
ROLES = ("coordinator", "step", "worker", "tool")
WARM_SECONDS = 3.1       # lib/disc/medium_state.cpp: kStillWarm, and a little
STAGES = ("rip", "transcode", "insert")


@dataclasses.dataclass(frozen=True)
class Call:
    role: str
    number: int
    name: str
    path: str


@dataclasses.dataclass
class Outcome:
    code: int
    out: str
    err: str
    calls: list          # Call, in the order they were made
    hit: bool
    retried: list        # files that were fsynced once more after their fsync had failed


@dataclasses.dataclass
class State:
    """What is compared: every file's name, what is in it, and the catalog's facts."""
    names: list
    contents: dict       # name -> packets of a media file
    facts: object


def lock_name(status):
    """As /proc/locks names a file."""
    return f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"


def first_and_last_of_runs(calls):
    """Pages that SQLite writes one after another into one file differ in nothing but their number."""
    kept = []
    for i, call in enumerate(calls):
        def same(other):
            return (other.role, other.name, other.path) == (call.role, call.name, call.path)
        inside = 0 < i < len(calls) - 1 and same(calls[i - 1]) and same(calls[i + 1])
        if not inside:
            kept.append(call)
    return kept


EVERY = None              # as a number of cases
EVERY_RUN = sys.maxsize   # the same, of what is written in a row the first and the last


def sample(calls, default):
    """All of them, or as many as wanted, spread evenly; the same ones each time."""
    limit = EVERY if CASES == "all" else int(CASES) if CASES else default
    if limit is EVERY:
        return list(calls)
    calls = first_and_last_of_runs(list(calls))
    if len(calls) <= limit:
        return calls
    offset = random.Random(len(calls)).random()
    return [calls[int((i + offset) * len(calls) / limit)] for i in range(limit)]


def only(rows, others):
    """The rows that are not among the others; what is no list of rows as it is."""
    return [row for row in rows if row not in others] if isinstance(rows, list) and isinstance(others, list) else rows


class SweepTest(harness.AmphiTest):
    """A home on ground that can be put back, and the disturbing of one command in it."""

    def setUp(self):
        if not os.access(AT_CALL, os.X_OK):
            self.skipTest(f"SKIPPED: {AT_CALL} was not built; it is for Linux on x86-64")
        self.ground = ground.Ground()
        self.addCleanup(self.ground.close)
        self.program = harness.BIN
        self.refused = []       # what the file systems of this test cannot do
        self.catalog_folder = None
        self.cache = {}
        self.violations = []

    # --- the home

    def settle_down(self, scenario, library=None, home=None, catalog_folder=None):
        """Makes home and configuration; `library` and `catalog_folder` where they lie on file systems of their own."""
        self.home = home or self.ground.folder("home")
        self.library_folder = library
        self.catalog = (catalog_folder or self.home) / "catalog.db"
        for name in ("ripped", "transcoded", "shows", "music", "path", *([] if library else ["movies"])):
            (self.home / name).mkdir()
        self.tool_log = self.home / "tools.log"
        self.config = self.home / "config.toml"
        self.env = {"HOME": str(self.home), "XDG_DATA_HOME": str(self.home / "data"), "LC_ALL": "C.UTF-8",
                    "XDG_CONFIG_HOME": str(self.home / "config"), "PATH": f"{self.home}/path:{os.environ['PATH']}",
                    "AMPHI_TOOL_LOG": str(self.tool_log), "TERM": "xterm"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "AMPHI_READER", "AMPHI_MEDIA"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        self.image = scenario.make_image(self)
        changes = {f'catalog = "{self.home}/catalog.db"': f'catalog = "{self.catalog}"',
                   'preset.dvd = "tiny"': f'preset.dvd = "{scenario.preset}"\npreset.bluray = "{scenario.preset}"'}
        if library:
            changes[f'movies = "{self.home}/movies"'] = f'movies = "{library}"'
        self.write_config(**changes)
        self.scenario = scenario
        scenario.prepare(self)

    def roots(self):
        roots = {"home": self.home}
        if self.library_folder:
            roots["library"] = self.library_folder
        if self.catalog.parent != self.home:
            roots["catalog"] = self.catalog.parent
        return roots

    def files(self):
        """Every file of the home: shown name -> path. The places' own names and the noise of tools do not count."""
        found = {}
        for place, root in self.roots().items():
            for path in root.rglob("*"):
                name = str(path.relative_to(root))
                if path.is_file() and not path.is_symlink() and "lost+found" not in name and name != "tools.log":
                    found[name if place == "home" else f"{place}/{name}"] = path
        return found

    # --- running

    def program_words(self):
        """What comes after a fault is the same program on the same file systems."""
        return [AT_CALL, "--log", "/dev/null", *self.refused, self.program] if self.refused else [self.program]

    def disturbed(self, args, *options):
        """Runs the command under at_call."""
        with tempfile.TemporaryDirectory(dir=self.ground.base) as folder:
            log = pathlib.Path(folder) / "log"
            child = subprocess.run(
                [AT_CALL, "--log", str(log), *self.refused, *map(str, options), self.program, "--config", str(self.config),
                 *map(str, args), "--json"],
                env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
            lines = log.read_text(errors="surrogateescape").splitlines()
        calls = []
        for line in lines:
            role, number, name, *path = line.lstrip("!").split(" ", 3)
            calls.append(Call(role, int(number), name, path[0] if path else ""))
        return Outcome(child.returncode, child.stdout, child.stderr, calls, any(l.startswith("!") for l in lines),
                       [l for l in lines if l.endswith(" RETRIED")])

    # --- looking, without amphi

    def read_catalog(self, *queries):
        return self.rows_of(self.catalog, *queries)

    def rows_of(self, path, *queries):
        """Rows of a copy of a catalog with its journal, as SQLite finds it after a crash; None where there is none."""
        with tempfile.TemporaryDirectory(dir=self.ground.base) as folder:
            for suffix in ("", "-journal"):
                if os.path.exists(f"{path}{suffix}"):
                    shutil.copyfile(f"{path}{suffix}", f"{folder}/{path.name}{suffix}")
            db = sqlite3.connect(f"{folder}/{path.name}")
            try:
                if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    return "the catalog is damaged"
                if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'intent'").fetchone():
                    return None
                return [db.execute(query).fetchall() for query in queries]
            except sqlite3.DatabaseError as error:
                return f"the catalog is damaged: {error}"
            finally:
                db.close()

    def request_is_missing(self):
        rows = self.read_catalog("SELECT count(*) FROM request WHERE cancelled_at IS NULL",
                                 "SELECT count(*) FROM request_track r JOIN track t ON t.id = r.track_id "
                                 "WHERE t.number = 4")
        return rows is None or rows[1][0][0] == self.requests_before

    def count_requests(self):
        rows = self.read_catalog("SELECT count(*) FROM request_track r JOIN track t ON t.id = r.track_id "
                                 "WHERE t.number = 4")
        return 0 if rows is None else rows[0][0][0]

    def packets_of(self, path):
        """What `packets` finds, or why there are none. The same bytes are asked only once."""
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest not in self.cache:
            try:
                self.cache[digest] = self.packets(path)
            except ValueError as error:
                self.cache[digest] = f"no media file: {error}"
        return self.cache[digest]

    def hashes(self):
        return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in self.files().items()
                if not self.is_amphis_own(name)}

    def is_amphis_own(self, name):
        """What amphi keeps for itself and may write at any time."""
        return name.startswith(("catalog.db", "catalog/catalog.db", "data/", "config")) or ".amphi" in name

    def facts(self):
        """The catalog's facts without times and numbers of tries."""
        tables = {"disc": "fingerprint, kind, volume_label, reprocessing", "identifier": "kind, value",
                  "disc_edit": "*", "track": "*", "track_edit": "*", "intent": "*",
                  "artifact": "track_id, stage, removed, unverified, step_id, root, path, size_bytes, sha256 IS NULL, "
                              "duration_seconds, video_streams, audio_streams, subtitle_streams, chapters, tool, preset, "
                              "input_step_id, same_inode"}
        rows = self.read_catalog(*(f"SELECT DISTINCT {columns} FROM {table} ORDER BY 1, 2"
                                   for table, columns in tables.items()),
                                 "PRAGMA user_version",
                                 "SELECT count(*) FROM request WHERE finished_at IS NULL AND cancelled_at IS NULL")
        return rows if not isinstance(rows, list) else dict(zip([*tables, "version", "unfinished requests"], rows))

    def state(self):
        files = self.files()
        # What tools said is nothing that must outlive a power cut.
        names = sorted({re.sub(r"backup-v(\d+)-\w+", r"backup-v\1-TIME", name) for name in files if "/logs/" not in name})
        media = {name: self.packets_of(path) for name, path in files.items()
                 if name.endswith((".mkv", ".wav", ".flac")) and not self.is_amphis_own(name)}
        return State(names, media, self.facts())

    def finished_in_catalog(self):
        """(track, stage) -> path and size of what the catalog calls finished; and what is being made or deleted."""
        rows = self.read_catalog("SELECT track_id, stage, path, size_bytes FROM artifact "
                                 "WHERE NOT removed AND NOT unverified", "SELECT track_id, stage, kind FROM intent")
        if not isinstance(rows, list):
            return {}, {}, rows
        return ({(t, s): (pathlib.Path(p), size) for t, s, p, size in rows[0]}, {(t, s): k for t, s, k in rows[1]}, None)

    def not_to_be_done_again(self):
        """(track, stage) of every finished step; what the command is there to do anew counts once it was done anew."""
        rows = self.read_catalog("SELECT track_id, stage, created_at FROM artifact WHERE NOT removed AND NOT unverified")
        if not isinstance(rows, list):
            return set()
        return {(t, s) for t, s, at in rows[0] if not self.scenario.redoes or (t, s, at) not in self.made_before}

    # --- the undisturbed run

    def let_the_image_cool(self):
        """amphi remembers which disc an image holds only when nobody has touched it for three seconds: a transaction more or
        less, and every number after it is another call's."""
        image = pathlib.Path(self.image)
        if image.suffix == ".iso":
            time.sleep(max(0, image.stat().st_ctime + WARM_SECONDS - time.time()))

    def learn(self, scenario, *options):
        """Keeps the state before, then runs the command once: its calls, and the end that every disturbed run must have."""
        self.let_the_image_cool()
        self.requests_before = self.count_requests()
        self.before = self.state()
        self.hashes_before = self.hashes()
        rows = self.read_catalog("SELECT track_id, stage, created_at FROM artifact")
        self.made_before = set(rows[0]) if isinstance(rows, list) else set()
        self.ground.keep()
        undisturbed = self.disturbed(scenario.command(self), *options)
        self.assertEqual(undisturbed.code, 0, undisturbed.err)
        self.undisturbed = undisturbed
        self.after = self.state()
        self.allowed = {}
        for state in (self.before, self.after):
            for name, packets in state.contents.items():
                self.allowed.setdefault(name, set()).add(packets)
        return undisturbed.calls

    # --- judging

    def broken_after_fault(self):
        """Right after the fault, before anybody mends anything: what is wrong already."""
        broken = self.lost() + self.scenario.broken(self)
        done, intents, trouble = self.finished_in_catalog()
        if trouble:
            broken.append(trouble)
        for key, (path, size) in done.items():
            if intents.get(key) == "delete" or not self.is_in_home(path):
                continue
            broken += self.not_whole(path, None if key in intents else size)
        return broken

    def is_in_home(self, path):
        return any(root in path.parents for root in self.roots().values())

    def not_whole(self, path, size):
        name = next((n for n, p in self.files().items() if p == path), None)
        if name is None:
            return [f"{path} is called finished and is not there"]
        if size is not None and path.stat().st_size != size:
            return [f"{name} is called finished with {size} bytes and has {path.stat().st_size}"]
        if name not in self.allowed or self.packets_of(path) not in self.allowed[name]:
            return [f"{name} is called finished and is not whole"]
        return []

    def lost(self):
        now = self.hashes()
        may_change = self.scenario.changes
        return [f"{name} was there before and is {'changed' if name in now else 'gone'}"
                for name, digest in self.hashes_before.items()
                if now.get(name) != digest and not name.startswith(may_change or ("\0",))]

    def broken_in_the_end(self, events, done_before):
        broken = self.lost()
        state = self.state()
        again = set(self.finished(events)) & done_before
        if again:
            broken.append(f"finished steps ran again: {sorted(again)}")
        for name in sorted(set(state.names) ^ set(self.after.names)):
            broken.append(f"{name} is {'left over' if name in state.names else 'not made'}")
        for name, packets in state.contents.items():
            if self.after.contents.get(name, packets) != packets:
                broken.append(f"{name} has other packets than undisturbed")
        broken += self.other_facts(state.facts)
        broken += self.other_digests()
        broken += self.held_locks()
        return broken + self.refused_by_amphi()

    def other_facts(self, facts):
        if not isinstance(facts, dict) or not isinstance(self.after.facts, dict):
            return [] if facts == self.after.facts else [f"the catalog: {facts}"]
        return [f"the catalog's {table}: {only(facts[table], self.after.facts[table])} and not "
                f"{only(self.after.facts[table], facts[table])}"[:900] for table in facts
                if facts[table] != self.after.facts[table]]

    def other_digests(self):
        """Two runs do not make the same bytes, for Matroska has numbers by chance; each must be what is recorded of it."""
        rows = self.read_catalog("SELECT path, sha256 FROM artifact WHERE sha256 IS NOT NULL AND NOT removed")
        return [f"{path} does not have its digest" for path, digest in (rows[0] if isinstance(rows, list) else [])
                if self.is_in_home(pathlib.Path(path))
                and (not os.path.exists(path) or hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() != digest)]

    def held_locks(self):
        held = {word for line in pathlib.Path("/proc/locks").read_text().splitlines() for word in line.split()
                if word.count(":") == 2}
        ours = [path for name, path in self.files().items() if name.endswith((".lock", ".amphi/lock"))]
        return [f"{path} is held still" for path in ours if lock_name(path.stat()) in held]

    def refused_by_amphi(self):
        """amphi's own check of what it calls done. What is in the files was compared just now, packet by packet; where
        every case is wanted amphi looks for itself, too."""
        if isinstance(self.after.facts, dict) and not self.after.facts["artifact"]:
            return []
        probe = ["--probe"] if CASES == "all" else []
        answer = self.amphi("track", "verify", "--all", *probe, "--json", code=None)
        if answer.code not in (0, 3):
            return [f"track verify: {answer!r}"]
        return [f"track {t['track_id']}: {s['stage']} is {s['state']}: {s['detail']}" for t in answer.json["tracks"]
                for s in t["stages"].values() if self.is_in_home(pathlib.Path(s["path"] or "/"))
                and s["state"] not in ("done", "pending", "removed")]

    # --- one case, and many

    def case(self, call, *fault):
        """One disturbed run from the state before to the end: what is broken, and whether the fault came at all."""
        self.ground.put_back()
        outcome = self.disturbed(self.scenario.command(self), "--role", call.role, "--at", call.number, *fault)
        if list(fault) == self.ground.cut():
            self.ground.after_cut()
        if not outcome.hit:
            return [], outcome
        return self.recover_and_judge(outcome), outcome

    def recover_and_judge(self, outcome):
        broken = self.broken_after_fault()
        if outcome.code == 0 and not broken and self.scenario_is_done():
            return broken + self.broken_in_the_end([], set())
        finished = self.not_to_be_done_again()
        try:
            events = self.scenario.again(self)
        except (AssertionError, ValueError, subprocess.TimeoutExpired) as error:
            return broken + [f"what comes next fails: {error}"]
        return broken + self.broken_in_the_end(events, finished)

    def scenario_is_done(self):
        return self.state() == self.after

    def sweep(self, fault, calls, options_of, judge_outcome=lambda call, outcome: []):
        """Every chosen call goes wrong once; what breaks is kept for demand_unbroken."""
        begin, missed, violations, cases = time.monotonic(), 0, [], 0
        for call in calls:
            for options in options_of(call):
                broken, outcome = self.case(call, *options)
                cases += 1
                missed += not outcome.hit
                if outcome.hit:
                    broken = broken + judge_outcome(call, outcome)
                if broken:
                    violations.append(f"{call.role} {call.number} {call.name} {call.path} {' '.join(map(str, options))}: "
                                      + "; ".join(broken))
        self.record(fault, cases, len(violations), time.monotonic() - begin)
        self.assertGreater(cases, 0, "a sweep over nothing")
        self.assertLessEqual(missed, cases // 10, f"{missed} of {cases} calls were not met again")
        self.violations += violations

    def demand_unbroken(self):
        if self.violations:
            self.fail(f"{len(self.violations)} violations\n" + "\n".join(self.violations))

    def record(self, fault, cases, violations, seconds):
        line = f"{fault} | {cases} | {violations}"
        print(f"\n{line}   ({seconds:.0f} s)", file=sys.stderr, flush=True)
        if TABLE:
            with open(TABLE, "a", encoding="utf-8") as table:
                table.write(line + "\n")


def open_scenario(test, scenario):
    """The scenario's home on plain folders, and the calls of its undisturbed run."""
    library = test.ground.folder_on_another_file_system("movies") if scenario.library_elsewhere else None
    test.settle_down(scenario, library=library)
    return test.learn(scenario)


def of_role(calls, role):
    return [call for call in calls if call.role == role]


def a_test_per(names):
    """A decorator: the method `each(self, name)` becomes one test for each name."""
    def expand(cls):
        for name in names:
            def one(self, name=name):
                self.each(name)
            setattr(cls, f"test_{name}", one)
        return cls
    return expand


main = unittest.main
