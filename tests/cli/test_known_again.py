"""Which disc a source holds is found out once; two discs that are one become one."""

import os
import shutil
import subprocess
import time

import harness

BEGINNING = 65536   # bytes that tell what kind of file a source is


class Remembered(harness.AmphiTest):
    """Which disc an image holds is found out once, and again only when the image has changed."""

    def setUp(self):
        super().setUp()
        self.cool(self.image)

    def cool(self, path):
        """An image that was written to within the last seconds is not trusted to stay as it is."""
        time.sleep(max(0, 3.2 - (time.time() - os.stat(path).st_ctime)))

    def bytes_read(self, *words):
        """Of the image."""
        log = self.home / "strace"
        subprocess.run(["strace", "-f", "-qq", "-y", "-e", "trace=read,pread64,readv,preadv", "-o", log, harness.BIN, "--config",
                        self.config, *map(str, words)], env={**self.env, "ASAN_OPTIONS": "detect_leaks=0"}, capture_output=True)
        return sum(int(line.rsplit("= ", 1)[1].split()[0]) for line in log.read_text().splitlines() if f"<{self.image}>" in line)

    def test_a_known_image_is_not_read_again(self):
        self.scan()
        for words in (("disc", "show", self.image, "--no-verify"), ("disc", "show", self.image), ("disc", "edit", self.image, "--year", "2002")):
            self.assertLessEqual(self.bytes_read(*words), BEGINNING, words)

    def test_nor_one_that_was_only_asked_for(self):
        self.write_config(**{"drives = []": f'drives = ["{self.image}"]'})
        self.scan()
        self.image = self.copy_of_disc("other.iso")
        self.cool(self.image)
        self.assertGreater(self.bytes_read("disc", "show", self.image), BEGINNING)
        self.assertLessEqual(self.bytes_read("disc", "show", self.image), BEGINNING)
        self.write_config(**{"drives = []": f'drives = ["{self.image}"]'})
        self.assertLessEqual(self.bytes_read("status"), BEGINNING)
        self.assertEqual(self.json("status")["drives"][0]["disc_id"], 1)

    def test_another_disc_under_the_same_name_is_seen(self):
        self.scan()
        for replace in (lambda: shutil.copyfile(harness.FIXTURES / "ntsc/disc.iso", self.image),
                        lambda: os.replace(self.copy_of(harness.FIXTURES / "ntsc"), self.image)):
            replace()
            self.assertIn("not in the catalog", self.error("disc", "show", self.image, code=4)["message"])
            self.cool(self.image)
            self.assertIn("not in the catalog", self.error("disc", "show", self.image, code=4)["message"])
            shutil.copyfile(harness.PAL / "disc.iso", self.image)

    def test_nor_do_size_and_time_hide_another_disc(self):
        self.scan()
        before = os.stat(self.image)
        with open(self.image, "r+b") as image:
            data = image.read()
            at = data.index(b"DVDVIDEO-VMG")
            image.seek(at + 0x3e)   # the manager's number of title sets and what is beside it
            image.write(bytes([data[at + 0x3e] ^ 1]))
        os.utime(self.image, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.cool(self.image)
        self.assertEqual(os.stat(self.image).st_size, before.st_size)
        self.assertGreater(self.bytes_read("disc", "show", self.image), BEGINNING)

    def copy_of(self, fixture):
        target = self.home / "new.iso"
        shutil.copyfile(fixture / "disc.iso", target)
        return target


class Merged(harness.AmphiTest):
    """What only a person knows: two discs of the catalog are one."""

    def setUp(self):
        super().setUp()
        self.disc = self.scan()
        log = self.home / "old.log"
        lines = ["TCOUNT:1", 'CINFO:1,6206,"DVD disc"', 'CINFO:32,0,"OLD"', 'TINFO:0,9,0,"0:00:06"', 'TINFO:0,24,0,"4"',
                 'SINFO:0,0,1,6201,"Video"', 'SINFO:0,0,19,0,"720x576"']
        log.write_text("\n".join(lines) + "\n")
        self.old = self.json("disc", "scan", "--from-makemkv-log", log)["disc"]
        self.amphi("disc", "edit", self.old["id"], "--notes", "in the blue box")

    def test_they_become_one(self):
        preview = self.json("disc", "merge", self.disc, self.old["id"], "--dry-run")
        self.assertFalse(preview["merged"])
        self.assertEqual(len(self.json("disc", "list")["discs"]), 2)
        merged = self.json("disc", "merge", self.disc, self.old["fingerprint"], "--yes")
        self.assertTrue(merged["merged"])
        self.assertEqual(merged["disc"]["notes"], "in the blue box")
        self.assertEqual(merged["disc"]["title"], "The Test Disc")
        self.assertEqual([t["track_number"] for t in merged["tracks"]], [1, 2, 3, 4, 5])
        self.assertEqual(len(self.json("disc", "list")["discs"]), 1)
        self.assertEqual(self.json("disc", "show", self.old["fingerprint"])["disc"]["id"], self.disc)
        self.assertEqual(self.amphi("catalog", "check").code, 0)
        self.assertEqual(self.json("disc", "scan", self.image)["notes"], [])

    def test_nothing_is_merged_without_being_asked(self):
        self.assertIn("--yes", self.error("disc", "merge", self.disc, self.old["id"], code=2)["message"])
        self.assertEqual(len(self.json("disc", "list")["discs"]), 2)

    def test_work_goes_on_with_the_one(self):
        self.amphi("disc", "merge", self.old["id"], self.disc, "--yes")
        self.want_only(self.old["id"], 4)
        events = self.process(self.old["id"])
        self.assertEqual([stage for _, stage in self.finished(events)], ["rip", "transcode", "insert"])
        self.assertEqual(self.json("disc", "show", self.old["id"])["disc"]["state"], "complete")


if __name__ == "__main__":
    harness.main()
