"""A system call fails, and a disk is full. The step fails cleanly, what was there is whole, and without the fault the next
run finishes; a failed fsync is never asked again."""

import contextlib
import errno
import pathlib
import resource
import sqlite3
import subprocess

import ground
import scenarios
import sweep

SPACE, DEVICE = ("--error", errno.ENOSPC), ("--error", errno.EIO)
OPENS = {"openat", "openat2", "open", "creat"}   # with "-there" after it: none that makes a file
SYNCS = {"fsync", "fdatasync"}
MAKES = {"write", "pwrite64", "writev", "pwritev", "pwritev2", "ftruncate", "fallocate", "mkdir", "mkdirat", "link",
         "linkat", "rename", "renameat", "renameat2", "copy_file_range", "sendfile"}


def options_of(call):
    errors = [DEVICE] + ([SPACE] if call.name in MAKES | SYNCS | OPENS else [])
    return [[*error, "--also-reading"] for error in errors]


def one_of_them(call):
    """By turns: every n is wanted, and both errors at each would take too long unless all is wanted."""
    both = options_of(call)
    return both if sweep.CASES == "all" else [both[call.number % len(both)]]


def is_clean(call, outcome):
    """How the disturbed run itself ended."""
    broken = []
    if outcome.code >= 128 or outcome.code == 1 and not outcome.err:
        broken.append(f"ended with {outcome.code}: {outcome.err[-300:]}")
    if "terminate called" in outcome.err or "Sanitizer" in outcome.err:
        broken.append(outcome.err[-300:])
    again = [line for line in outcome.retried if "catalog.db" not in line]   # SQLite answers for its own
    return broken + [f"a failed fsync was asked again: {line}" for line in again]


class Calls(sweep.SweepTest):
    def errors(self, scenario, role, default):
        self.settle_down(scenario, library=self.ground.folder_on_another_file_system("movies")
                         if scenario.library_elsewhere else None)
        calls = self.learn(scenario, "--also-reading")
        chosen = sweep.sample([c for c in sweep.of_role(calls, role) if c.name != "exit_group"], default)
        self.sweep(f"ENOSPC and EIO, {type(scenario).__name__.lower()}, {role}", chosen, one_of_them, is_clean)
        self.demand_unbroken()

    def test_of_the_coordinator(self):
        self.errors(scenarios.Fresh(), "coordinator", sweep.EVERY_RUN)

    def test_of_the_step(self):
        self.errors(scenarios.Fresh(), "step", sweep.EVERY)

    def test_of_the_workers(self):
        self.errors(scenarios.Fresh(), "worker", sweep.EVERY)

    def test_of_the_tool(self):
        self.errors(scenarios.Fresh(), "tool", sweep.EVERY)

    def test_of_a_copying_insert(self):
        self.errors(scenarios.Copy(), "step", 12)

    def test_of_an_exchange(self):
        self.errors(scenarios.Reprocess(), "step", 12)


class Full(sweep.SweepTest):
    """Disks that are really full, and a limit on the size of files."""

    def mount(self, name, size):
        if not ground.may_mount():
            self.skipTest("SKIPPED: root is needed to mount a small file system")
        place = ground.Tmpfs(self.ground.base, name, size)
        self.addCleanup(place.close)
        return place.path

    def grow(self, folder):
        ground.run("mount", "-o", "remount,size=64M", folder)

    def begin(self, scenario, **places):
        self.settle_down(scenario, **places)
        self.scenario = scenario
        self.requests_before = self.count_requests()

    def finish(self, disc):
        events = self.scenario.again(self)
        self.assertEqual(self.states(disc, scenarios.TRACK), ("done",) * 3, events)
        self.amphi("track", "verify", f"{disc}:{scenarios.TRACK}", "--probe")
        self.assertEqual(self.leftovers_of_steps(), [])

    def leftovers_of_steps(self):
        with contextlib.closing(sqlite3.connect(self.catalog)) as catalog:
            recorded = {step for step, in catalog.execute("SELECT step_id FROM artifact")}
        return [name for name in self.files() if ".amphi-" in name or "/steps/" in name
                or "/receipts/" in name and pathlib.Path(name).stem not in recorded]

    def test_the_destination_is_full(self):
        scenario = scenarios.Copy()
        self.begin(scenario, library=self.mount("movies", "320k"))
        result = self.amphi(*scenario.command(self), code=5)
        self.assertRegex(result.err, "needs about .* has room for|No space left")
        self.assertEqual(self.leftovers_of_steps(), [])
        self.assertEqual(self.states(scenario.disc, scenarios.TRACK)[:2], ("done", "done"))
        self.grow(self.library_folder)
        self.finish(scenario.disc)
        self.record("a full disk under the destination", 1, 0, 0)

    def test_the_rip_s_disk_is_full(self):
        scenario = scenarios.Fresh()
        home = self.mount("home", "2M")
        self.begin(scenario, home=home)
        result = self.amphi(*scenario.command(self), code=5)
        self.assertRegex(result.err, "needs about .* has room for|No space left")
        self.assertEqual([name for name in self.leftovers_of_steps() if "amphi-part" in name], [])
        self.grow(home)
        self.finish(scenario.disc)
        self.record("a full disk of 2 MB under everything", 1, 0, 0)

    def test_the_catalog_s_disk_is_full(self):
        """At every fullness: what is sealed is taken over later, and no finished step runs again."""
        for room in range(0, 160, 16):
            with self.subTest(kilobytes=room):
                self.full_catalog(f"catalog{room}", room)
        self.record("a full disk under the catalog", 10, 0, 0)

    def full_catalog(self, name, kilobytes):
        scenario = scenarios.Fresh()
        folder = self.mount(name, "2M")
        self.begin(scenario, home=self.ground.folder(f"home-{name}"), catalog_folder=folder)
        self.fill(folder, kilobytes)
        result = self.amphi(*scenario.command(self), code=None)
        self.assertIn(result.code, (0, 5, 6, 8), repr(result))
        finished = self.not_to_be_done_again()
        (folder / "ballast").unlink()
        events = self.scenario.again(self)
        self.assertEqual(set(self.finished(events)) & finished, set())
        self.assertEqual(self.states(scenario.disc, scenarios.TRACK), ("done",) * 3, repr(result))
        self.assertEqual(self.leftovers_of_steps(), [])

    def fill(self, folder, kilobytes):
        """Leaves that much room."""
        with open(folder / "ballast", "wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(4096))
            except OSError:
                pass
            ballast.truncate(max(0, ballast.tell() - kilobytes * 1024))

    def test_a_limit_on_the_size_of_files(self):
        scenario = scenarios.Fresh()
        self.begin(scenario, home=self.ground.folder("home"))
        limit = 1 << 20   # less than the rip

        def set_limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        result = subprocess.run([self.program, "--config", str(self.config), *map(str, scenario.command(self))],
                                env=self.env, capture_output=True, text=True, preexec_fn=set_limit, check=False)
        self.assertEqual(result.returncode, 5, result)
        self.assertEqual([name for name in self.leftovers_of_steps() if "amphi-part" in name], [])
        self.finish(scenario.disc)
        self.record("ulimit -f", 1, 0, 0)


if __name__ == "__main__":
    sweep.harness.main()
