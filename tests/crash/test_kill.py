"""SIGKILL of everything at once: at each point of the protocol, and at random moments. Then `process --resume` alone must
end in the library of an undisturbed run."""

import os
import random
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../cli"))
import harness

TRACKS = (4, 5)      # 6 s and 8 s: two, so that rip and transcode overlap
TOOL = "ffmpeg"      # the transcoder; starts are counted by a wrapper on PATH
RANDOM_KILLS = int(os.environ.get("AMPHI_RANDOM_KILLS", "12"))
EVERY_POINT = os.environ.get("AMPHI_SWEEP_CASES") == "all"


class Kill(harness.AmphiTest):
    undisturbed = None

    def prepare(self):
        self.count_tools(TOOL)
        disc = self.scan()
        self.want_only(disc, *TRACKS)
        return disc

    def run_until_killed(self, disc, at=None, after_seconds=None):
        """Starts `process` in a session of its own; answers its exit status and the points it passed."""
        log = self.home / "crash.log"
        log.unlink(missing_ok=True)
        env = {**self.env, "AMPHI_CRASH_LOG": str(log)}
        if at:
            env["AMPHI_CRASH_AT"] = at
        child = subprocess.Popen([harness.CRASH_BIN, "--config", str(self.config), "process", str(disc), "--json"], env=env,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                 start_new_session=True, text=True)
        if after_seconds is not None:
            time.sleep(after_seconds)
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        _, err = child.communicate(timeout=300)
        self.wait_until_quiet()
        return child.returncode, log.read_text().splitlines() if log.exists() else [], err

    def wait_until_quiet(self):
        """Nothing of this home may still be running: steps and tools die with their coordinator."""
        for _ in range(100):
            running = subprocess.run(["pgrep", "-f", str(self.home)], capture_output=True, text=True).stdout.split()
            if not [p for p in running if int(p) != os.getpid()]:
                return
            time.sleep(0.1)
        self.fail("processes outlived the kill: " + subprocess.run(
            ["pgrep", "-af", str(self.home)], capture_output=True, text=True).stdout)

    def library(self, disc):
        """What must be the same in the end: names, and per file its packets per stream."""
        names = [n for n in self.tree() if n.endswith(".mkv")]
        return {name: self.packets(self.home / name) for name in names}

    def expected(self):
        """The undisturbed run, once per test class; and the points it passes."""
        if Kill.undisturbed is None:
            disc = self.prepare()
            code, points, err = self.run_until_killed(disc)
            self.assertEqual(code, 0, err)
            Kill.undisturbed = (self.library(disc), points, len(self.tool_starts()))
            self.tearDownHome()
        return Kill.undisturbed

    def tearDownHome(self):
        self.doCleanups()
        self.setUp()

    def resume_and_check(self, disc, what, starts_allowed):
        done_before = {(n, s) for n in TRACKS for s in ("rip", "transcode", "insert")
                       if self.track(disc, n)["stages"][s]["state"] == "done"}
        ids = {self.track(disc, n)["id"]: n for n in TRACKS}
        events = self.process("--resume")
        again = {(ids[t], s) for t, s in self.finished(events)} & done_before
        self.assertEqual(again, set(), f"{what}: finished steps ran again")
        self.assertEqual(self.library(disc), Kill.undisturbed[0], what)
        self.assertEqual(self.leftovers(), [], what)
        self.assertLessEqual(len(self.tool_starts()), starts_allowed, what)
        for n in TRACKS:
            self.assertEqual(self.states(disc, n), ("done",) * 3, what)
        self.assertEqual(self.json("status", code=None)["interrupted"], [])

    def test_at_every_point_of_the_protocol(self):
        _, points, starts = self.expected()
        seen, chosen = {}, []
        for point in points:
            seen[point] = seen.get(point, 0) + 1
            if seen[point] == 1:   # the first track's; the second one overlaps and is met by the random kills
                chosen.append(f"{point} 1")
        made = ("intent", "tool_start", "first_progress", "last_progress", "seal", "publish", "commit")
        linked = ("intent", "receipt", "publish", "commit")   # one system call: there is no tool and nothing to seal
        for stage, names in (("rip", made), ("transcode", made), ("insert", linked)):
            for name in names:
                for side in ("before", "after"):
                    self.assertIn(f"{stage} {name} {side} 1", chosen)
        # After one point comes before the next, and test_sweep kills at every call between: the first and every second.
        for at in chosen if EVERY_POINT else chosen[::2]:
            with self.subTest(at=at):
                self.tearDownHome()
                disc = self.prepare()
                code, passed, err = self.run_until_killed(disc, at=at)
                self.assertEqual(code, -signal.SIGKILL, f"{at}: {err}")
                self.assertIn(at.rsplit(" ", 1)[0], passed)
                # every transcode that was running may start once more
                self.resume_and_check(disc, at, starts + 1)

    def test_at_random_moments(self):
        _, _, starts = self.expected()
        begin = time.monotonic()
        disc = self.prepare()
        self.run_until_killed(disc)
        whole = time.monotonic() - begin
        rng = random.Random(20261122)
        for k in range(RANDOM_KILLS):
            moment = rng.uniform(0.02, whole)
            with self.subTest(k=k, moment=moment):
                self.tearDownHome()
                disc = self.prepare()
                self.run_until_killed(disc, after_seconds=moment)
                if self.killed_before_the_request(disc):
                    self.process(disc)   # nothing was promised yet: asking again is what a user would do
                self.resume_and_check(disc, f"after {moment:.3f} s", starts + 1)

    def killed_before_the_request(self, disc):
        history = self.json("history", disc)["history"]
        return not any(entry["event"] == "requested" for entry in history)

    def test_a_coordinator_killed_alone_takes_its_steps_with_it(self):
        self.expected()
        self.tearDownHome()
        disc = self.prepare()
        child = subprocess.Popen([harness.BIN, "--config", str(self.config), "process", str(disc)], env=self.env,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            if self.tool_starts():
                break
            time.sleep(0.02)
        child.kill()
        child.wait()
        self.wait_until_quiet()
        self.resume_and_check(disc, "coordinator alone", Kill.undisturbed[2] + 1)


if __name__ == "__main__":
    harness.main()
