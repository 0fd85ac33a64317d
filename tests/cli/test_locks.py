"""Held means alive: nobody settles, takes or waits for what somebody else is making, wherever that somebody lives."""

import os
import subprocess
import time

import harness


class Locks(harness.AmphiTest):
    """One amphi is held in the middle of an encoding by a pipe that nobody writes to."""

    def setUp(self):
        super().setUp()
        self.gate = self.home / "gate"
        os.mkfifo(self.gate)
        tool = self.home / "path/ffmpeg"
        tool.write_text('#!/bin/sh\ncase "$*" in *-version*) exec /usr/bin/ffmpeg "$@";; esac\n'
                        f'echo started >> "$AMPHI_TOOL_LOG"\nread line < {self.gate}\nexec /usr/bin/ffmpeg "$@"\n')
        tool.chmod(0o755)
        self.disc = self.scan()
        self.want_only(self.disc, 4)

    def start(self, *before, args=()):
        child = subprocess.Popen([*before, harness.BIN, "--config", str(self.config), "process", str(self.disc), *args],
                                 env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 text=True)
        self.addCleanup(self.end, child)
        return child

    def end(self, child):
        child.kill()
        child.communicate()

    def let_go(self):
        with open(self.gate, "w") as gate:
            gate.write("go\n")

    def test_the_second_is_told_who_since_when_and_exits_7(self):
        first = self.start()
        self.until_encoding()
        for command in (("process", self.disc), ("process", "--resume"), ("track", "reset", f"{self.disc}:4", "--yes")):
            with self.subTest(command=command):
                told = self.amphi(*command, code=7).err.splitlines()[-1]
                self.assertRegex(told, rf"pid {first.pid} on .* since 20\d\d-")
        working = self.json("status", code=None)["running"]
        self.assertEqual(len(working), 1)
        self.let_go()
        first.communicate(timeout=120)
        self.assertEqual(first.returncode, 0)
        self.assertEqual(self.states(self.disc, 4), ("done",) * 3)
        self.assertEqual(self.tool_starts(), ["started"])

    def test_a_catalog_has_one_lock_by_whatever_name_it_is_called(self):
        saved = self.json("catalog", "backup")["backup"]
        self.start()
        self.until_encoding()
        hidden = self.temporary_files()
        self.assertEqual(len(hidden), 1)
        link = self.home / "link.db"
        link.symlink_to("catalog.db")
        for command in (("process", "--resume"), ("catalog", "restore", saved)):
            with self.subTest(command=command):
                self.amphi("--catalog", link, *command, code=7)
                self.amphi(*command, env={"AMPHI_CATALOG": str(link)}, code=7)
        self.assertEqual(self.temporary_files(), hidden)

    def test_waiting_waits_and_then_has_nothing_to_do(self):
        first = self.start()
        self.until_encoding()
        second = self.start(args=("--wait",))
        time.sleep(1.5)
        self.assertIsNone(second.poll())
        self.let_go()
        first.communicate(timeout=120)
        second.communicate(timeout=120)
        self.assertEqual((first.returncode, second.returncode), (0, 0))
        self.assertEqual(self.tool_starts(), ["started"])

    def test_two_pid_namespaces_settle_nothing_that_is_alive(self):
        # Containers share one boot and not their pids: to each the other's process does not exist.
        apart = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
        refused = subprocess.run([*apart, "true"], capture_output=True, text=True)
        if refused.returncode != 0:   # not root, a container that may not, a chroot
            self.skipTest(f"SKIPPED: a pid namespace is refused here: {refused.stderr.strip()}")
        first = self.start(*apart)
        self.until_encoding()
        hidden = [p for p in self.home.rglob(".*amphi-part*")]
        self.assertEqual(len(hidden), 1)
        second = self.start(*apart, args=())
        _, err = second.communicate(timeout=60)
        self.assertEqual(second.returncode, 7, err)
        resumed = subprocess.run([*apart, harness.BIN, "--config", str(self.config), "process", "--resume"], env=self.env,
                                 capture_output=True, text=True)
        self.assertEqual(resumed.returncode, 7, resumed.stderr)
        self.assertTrue(hidden[0].exists())   # nobody took it for a leftover
        self.let_go()
        first.communicate(timeout=120)
        self.assertEqual(first.returncode, 0)
        self.assertEqual(self.tool_starts(), ["started"])

    def test_a_coordinator_killed_alone_ends_its_tools_and_the_next_takes_over(self):
        first = self.start()
        self.until_encoding()
        first.kill()
        first.communicate()
        child = self.start(args=())
        for _ in range(200):   # within seconds
            if len(self.tool_starts()) == 2:
                break
            time.sleep(0.05)
        self.assertEqual(len(self.tool_starts()), 2)
        self.let_go()
        child.communicate(timeout=120)
        self.assertEqual(self.states(self.disc, 4), ("done",) * 3)
        self.assertEqual(self.leftovers(), [])


if __name__ == "__main__":
    harness.main()
