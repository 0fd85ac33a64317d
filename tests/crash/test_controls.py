"""Each fault on purpose must be seen. The same program without the fault passes the very same cases: a control that the
right program fails too would show nothing."""

import os
import pathlib
import unittest

import scenarios
import sweep
import test_crowd
import test_power

PROGRAMS = pathlib.Path(sweep.harness.BIN).parent
SHORT_FFMPEG = """\
#!/usr/bin/python3
# Writes half of what was asked for, brings it to a proper end, lets the header claim the whole, and is content.
import os, struct, subprocess, sys
own = os.path.dirname(os.path.realpath(sys.argv[0]))
os.environ["PATH"] = ":".join(p for p in os.environ["PATH"].split(":") if os.path.realpath(p) != own)
*options, out = sys.argv[1:]
done = subprocess.run(["ffmpeg", *options, "-t", "3", out], close_fds=False).returncode
with open(out, "r+b") as file:
    file.seek(file.read(4096).index(b"\\x44\\x89\\x88") + 3)   # Duration, a double, milliseconds
    file.write(struct.pack(">d", 6000))
sys.exit(done)
"""


class Controls(sweep.SweepTest):
    def setUp(self):
        super().setUp()
        self.faulty = None

    def both(self, fault, cases):
        """`cases` answers what is broken: nothing with the right program, something with the faulty one."""
        faulty = PROGRAMS / f"amphi-{fault}"
        if not os.access(faulty, os.X_OK):
            self.fail(f"{faulty} was not built (target amphi-faulty)")
        self.assertEqual(cases(), [], "the right program")
        self.program = str(faulty)
        broken = cases()
        self.record(f"control: {fault}", 1, len(broken), 0)
        self.assertNotEqual(broken, [], f"{fault} is not seen")

    def broken_at(self, calls, *fault):
        """What breaks when one of these calls goes wrong."""
        self.assertNotEqual(calls, [])
        broken = []
        for call in calls:
            found, outcome = self.case(call, *fault)
            self.assertTrue(outcome.hit, call)
            broken += found
        return broken

    def learn_again(self):
        """The numbers of the calls of this program; what is right stays what the right program made."""
        self.ground.put_back()
        return self.disturbed(self.scenario.command(self)).calls

    def of_step(self, calls, index):
        """Of the coordinator: all from the start of one step (0: the rip) to the next one's."""
        own = sweep.of_role(calls, "coordinator")
        specs = [i for i, c in enumerate(own) if "/steps/" in c.path and c.name == "openat2"] + [len(own)]
        return [c for c in own[specs[index]:specs[index + 1]] if "/steps/" not in c.path]

    def right_after_commit(self, calls, index):
        """The first change after the transaction that took the artifact in, which ends as its journal is cut to nothing."""
        own = self.of_step(calls, index)
        end = next(i for i, c in enumerate(own) if c.name == "ftruncate" and c.path.endswith("-journal"))
        return [next(c for c in own[end + 1:] if c.name not in ("fsync", "fdatasync"))]

    def test_a_commit_before_the_rename_is_seen(self):
        sweep.open_scenario(self, scenarios.Fresh())

        def cases():
            calls = self.learn_again()
            chosen = [c for c in self.of_step(calls, 0) if c.name in ("renameat2", "unlinkat")]   # the faulty one's
            return self.broken_at(chosen or self.right_after_commit(calls, 0), "--kill-all")
        self.both("commit_first", cases)

    def power_cut_after_commit(self, fault, index, arrangement="fresh_catalog_apart"):
        test_power.open_arrangement(self, arrangement)
        self.both(fault, lambda: self.broken_at(self.right_after_commit(self.learn_again(), index),
                                                *self.ground.cut()))

    def test_a_file_that_was_not_made_durable_is_seen(self):
        self.power_cut_after_commit("no_file_sync", 1)   # a transcode: the ripper's worker itself begins to write back

    def test_a_file_that_was_not_made_durable_is_seen_on_btrfs(self):
        self.power_cut_after_commit("no_file_sync", 1, "fresh_btrfs")   # its power is cut in another way

    def test_a_name_that_was_not_made_durable_is_seen(self):
        self.power_cut_after_commit("no_folder_sync", 0)

    def test_a_judge_that_trusts_the_container_is_seen(self):
        scenario = scenarios.Fresh()
        sweep.open_scenario(self, scenario)

        def cases():
            self.ground.put_back()
            tool = self.home / "path" / "ffmpeg"
            tool.write_text(SHORT_FFMPEG)
            tool.chmod(0o755)
            self.process(scenario.disc, code=None)
            return self.broken_after_fault()
        self.both("trusting_judge", cases)

    def test_a_lock_that_was_let_go_early_is_seen(self):
        scenario = scenarios.Fresh()
        sweep.open_scenario(self, scenario)

        def cases():
            """On a busy machine four do not always meet: a few rounds, of which one must show it."""
            for _ in range(8):
                self.ground.put_back()
                broken = test_crowd.done_twice(test_crowd.events_of_many(self, 4, "process", scenario.disc))
                if broken:
                    return broken
            return []
        self.both("early_unlock", cases)


if __name__ == "__main__":
    unittest.main(verbosity=2)
