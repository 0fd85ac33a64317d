"""A user's quota is all the room there is, on real file systems whose kernel keeps it."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import guest
import harness

USER = 65534   # "nobody"; root is held to no quota


def run(*command):
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)


class Quota(harness.AmphiTest):
    """amphi runs as an ordinary user whose ripped or transcoded files lie on a file system with quotas."""

    def setUp(self):
        super().setUp()
        self.programs = pathlib.Path(tempfile.mkdtemp())   # the build's folder may be closed to that user
        self.addCleanup(shutil.rmtree, self.programs)
        self.programs.chmod(0o755)
        for name in ("amphi", "amphi-reader", "amphi-media"):
            shutil.copy(pathlib.Path(harness.BIN).parent / name, self.programs)
        self.env.pop("AMPHI_READER", None)   # what lies beside it is found
        self.env.pop("AMPHI_MEDIA", None)
        run("chown", "-R", f"{USER}:{USER}", self.home)

    def program_words(self):
        return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", self.programs / "amphi"]

    def disk(self, folder, kind="ext4", options="usrquota,grpquota"):
        """A file system of its own on one of the folders."""
        path, image = self.home / folder, self.home / (folder + ".image")
        run("truncate", "-s", "64M" if kind == "ext4" else "512M", image)   # XFS is never smaller than 300 MB
        run("mkfs." + kind, "-q", *(["-O", "quota", "-E", "quotatype=usrquota:grpquota"] if kind == "ext4" else []), image)
        run("mount", "-o", f"loop,{options}", image, path)
        self.addCleanup(run, "umount", path)
        run("chown", f"{USER}:{USER}", path)
        return path

    def limit(self, path, hard, soft="0", whose="-u"):
        run("setquota", whose, USER, soft, hard, "0", "0", path)

    def reason_of_rip(self, disc, number=1):
        step = next(s for s in self.json("plan", disc)["steps"] if s["stage"] == "rip" and s["track_number"] == number)
        return step["state"], step["reason"]

    def demand_room_for(self, room, disc):
        """The longest title waits, for only so much is there."""
        state, reason = self.reason_of_rip(disc)
        self.assertEqual(state, "waiting")
        self.assertRegex(reason, rf"needs about 3\d\.\d MB, .*/ripped has room for {room}$")

    def test_too_little_of_a_quota_waits_with_the_numbers_and_goes_on_when_there_is_more(self):
        ripped = self.disk("ripped")
        self.limit(ripped, "2048")
        disc = self.scan()
        self.demand_room_for(r"2\.1 MB", disc)
        events = self.process(disc, "--tracks", "1,3", "--until", "rip", code=5)
        self.assertEqual([e["event"] for e in events if e["event"] == "step_failed"], [])
        self.assertEqual([stage for _, stage in self.finished(events)], ["rip"])   # 3 fits
        self.demand_room_for(r"1\.\d MB", disc)   # what 3 takes counts
        self.limit(ripped, "0")
        self.process("--resume")
        self.assertEqual(self.states(disc, 1)[0], "done")

    def test_a_group_has_a_quota_too(self):
        self.limit(self.disk("ripped"), "2048", whose="-g")
        self.demand_room_for(r"2\.1 MB", self.scan())

    def test_xfs_keeps_quotas_in_its_own_way(self):
        self.limit(self.disk("ripped", "xfs", "uquota"), "2048")
        self.demand_room_for(r"2\.1 MB", self.scan())

    def test_the_soft_limit_is_the_hard_one_when_its_time_is_over(self):
        ripped = self.disk("ripped")
        run("setquota", "-t", "1", "1", ripped)
        self.limit(ripped, "0", soft="100")
        mine = ripped / "mine"
        mine.write_bytes(b"x" * 200_000)
        shutil.chown(mine, USER)
        run("sleep", "2")
        self.demand_room_for("0 B", self.scan())

    def test_a_quota_that_is_not_enforced_is_none(self):
        self.limit(self.disk("ripped", options="noquota"), "2048")
        self.assertEqual(self.reason_of_rip(self.scan())[0], "ready")

    def test_a_step_that_reaches_a_quota_ends_cleanly(self):
        self.limit(self.disk("transcoded"), "2048")
        disc = self.scan()
        # An encoder that makes more of it than anybody could have guessed.
        self.write_config(**{'"-vf", "scale=96:80"': '"-pix_fmt", "yuv444p"', '"-crf", "40"': '"-qp", "0"'})
        events = self.process(disc, "--tracks", "4", code=5)
        failed = [e for e in events if e["event"] == "step_failed"]
        self.assertEqual([(e["stage"], e["cause"]) for e in failed], [("transcode", "space")])
        self.assertEqual(self.leftovers(), [])


if __name__ == "__main__":
    if guest.is_inside():
        harness.main()
    sys.exit(guest.run([sys.executable, os.path.abspath(__file__), *sys.argv[1:]]))
