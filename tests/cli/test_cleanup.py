"""Room on the disk: rips and transcodes that nothing needs any more, and steps that would not fit."""

import contextlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import unittest

import harness


class Cleanup(harness.AmphiTest):
    def finish(self, *tracks):
        disc = self.scan()
        self.process(disc, "--tracks", ",".join(map(str, tracks)))
        return disc

    def test_what_the_library_made_superfluous_goes_and_stays_gone(self):
        disc = self.finish(4)
        rip = pathlib.Path(self.track(disc, 4)["ripped_path"])
        size = rip.stat().st_size
        before = self.tree()
        self.amphi("cleanup", code=2)   # nobody to ask
        told = self.json("cleanup", "--dry-run")
        self.assertEqual(self.tree(), before)
        self.assertEqual([(f["stage"], f["path"], f["freed_bytes"]) for f in told["files"]], [("rip", str(rip), size)])
        done = self.json("cleanup", "--yes")
        self.assertEqual(done["freed_bytes"], size)
        self.assertEqual(done["files"], told["files"])
        # The transcode is the library's file under another name: it takes no room, and stays.
        self.assertEqual(self.states(disc, 4), ("removed", "done", "done"))
        self.assertFalse(rip.exists())
        self.assertEqual(self.leftovers(), [])
        self.assertEqual(self.finished(self.process(disc, "--tracks", "4")), [])
        self.assertEqual(self.json("cleanup", "--yes")["files"], [])

    def test_a_copy_in_the_library_makes_the_transcode_superfluous_too(self):
        disc = self.finish(4)
        inserted = pathlib.Path(self.track(disc, 4)["inserted_path"])
        kept = inserted.stat()
        shutil.copy2(inserted, self.home / "copy")   # another inode, as an insert across file systems makes
        os.replace(self.home / "copy", inserted)
        self.assertNotEqual(inserted.stat().st_ino, kept.st_ino)
        self.assertEqual({f["stage"] for f in self.json("cleanup", "--yes")["files"]}, {"rip", "transcode"})
        self.assertEqual(self.states(disc, 4), ("removed", "removed", "done"))

    def test_policies(self):
        disc = self.finish(4, 5)
        self.assertEqual(self.json("cleanup", "--older-than", "1", "--yes")["files"], [])
        self.assertEqual(self.json("cleanup", "--keep", "1", "--yes")["files"], [])
        self.assertEqual(self.json("cleanup", "--stage", "transcode", "--yes")["files"], [])   # hard links
        self.write_config(extra="[cleanup]\nolder_than_days = 7\n")
        self.assertEqual(self.json("cleanup", "--yes")["files"], [])
        self.assertEqual(len(self.json("cleanup", "--older-than", "0", "--yes")["files"]), 2)
        for words in (("--older-than", "-1"), ("--older-than", "36501"), ("--keep", "1000001")):
            self.error("cleanup", *words, "--yes", code=2)
        self.assertEqual(self.json("cleanup", "--older-than", "36500", "--yes")["files"], [])
        self.assertEqual(self.states(disc, 5), ("removed", "done", "done"))

    def test_a_library_file_that_is_not_whole_needs_its_rip(self):
        disc = self.finish(4)
        inserted = pathlib.Path(self.track(disc, 4)["inserted_path"])
        stat = inserted.stat()
        with open(inserted, "r+b") as file:   # damaged under its old size and time
            file.seek(stat.st_size // 2)
            file.write(b"\0" * (stat.st_size // 2))
        os.utime(inserted, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        told = self.json("cleanup", "--verify", "probe", "--yes", code=3)
        self.assertEqual([f["left"] is not None for f in told["files"]], [True])
        self.assertTrue(os.path.exists(self.track(disc, 4)["ripped_path"]))

    def test_a_digest_that_nobody_recorded_before_proves_nothing(self):
        disc = self.finish(4)
        for words in (("--dry-run",), (), ("--yes",)):   # nothing may go, so nobody is asked
            told = self.json("cleanup", "--verify", "checksum", *words, code=3)
            self.assertEqual([f["freed_bytes"] for f in told["files"]], [0])
            self.assertIn("no digest to compare with", told["files"][0]["left"])
        self.amphi("track", "verify", f"{disc}:4", "--checksum", code=3)
        self.error("cleanup", "--verify", "checksum", code=2)   # nobody to ask
        self.assertEqual(self.states(disc, 4), ("done", "done", "done"))
        self.json("cleanup", "--verify", "checksum", "--yes")
        self.assertEqual(self.states(disc, 4), ("removed", "done", "done"))

    def test_a_dry_run_leaves_an_older_catalog_as_it_is(self):
        catalog = self.home / "catalog.db"
        with contextlib.closing(sqlite3.connect(catalog)) as db:
            db.executescript((harness.ROOT / "tests/upgrade/schema_1.sql").read_text())
        before = catalog.read_bytes()
        self.amphi("cleanup", "--dry-run")
        self.assertEqual(catalog.read_bytes(), before)
        self.assertEqual(list(self.home.glob("catalog.db.backup-*")), [])

    def test_what_was_changed_by_hand_is_not_deleted(self):
        disc = self.finish(4)
        rip = pathlib.Path(self.track(disc, 4)["ripped_path"])
        with open(rip, "ab") as file:
            file.write(b"mine")
        self.assertEqual(self.json("cleanup", "--yes")["files"], [])   # it is no longer what was recorded
        self.assertTrue(rip.exists())
        answer = self.amphi("track", "reset", f"{disc}:4", "--yes", "--json", code=3).json
        self.assertEqual([left["path"] for left in answer["tracks"][0]["left"]], [str(rip)])
        self.assertTrue(rip.exists())
        self.assertEqual(self.states(disc, 4), ("changed", "pending", "pending"))

    def test_reset_tells_before_it_deletes(self):
        disc = self.finish(4)
        before = self.tree()
        told = self.json("track", "reset", f"{disc}:4", "--dry-run")
        self.assertTrue(told["dry_run"])
        self.assertEqual(self.tree(), before)
        done = self.json("track", "reset", f"{disc}:4", "--yes")
        self.assertEqual(done["tracks"], told["tracks"])


class Rebuild(harness.AmphiTest):
    def lose_the_catalog(self):
        for path in self.home.glob("catalog.db*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def facts(self, disc):
        return {(t["reference"], stage): (t["stages"][stage]["state"], t["stages"][stage]["path"], t["stages"][stage]["step_id"])
                for t in self.json("disc", "show", disc, code=None)["tracks"] for stage in ("rip", "transcode", "insert")
                if t["stages"][stage]["path"]}

    def test_a_lost_catalog_comes_back_from_the_receipts(self):
        disc = self.scan(title="Alien", year=1979)
        self.amphi("track", "edit", f"{disc}:4", "--track-name", "The Trailer", "--track-type", "trailers")
        self.process(disc, "--tracks", "4,5")
        before, tree = self.facts(disc), self.tree()
        fingerprint = self.json("disc", "show", disc)["disc"]["fingerprint"]
        self.lose_the_catalog()
        told = self.json("catalog", "rebuild")
        self.assertEqual((told["discs"], told["artifacts"], told["unverified"], told["oddities"]), (1, 6, 0, []))
        self.assertEqual(self.facts(fingerprint), before)
        shown = self.json("disc", "show", fingerprint)
        self.assertEqual((shown["disc"]["title"], shown["disc"]["year"], shown["disc"]["volume_label"]),
                         ("Alien", 1979, "AMPHI_TEST_DISC"))
        self.assertIn("The Trailer", [t["track_name"] for t in shown["tracks"]])
        # The disc brings back what only it knows, and nothing that was found is done again.
        again = self.scan(title=None)
        self.assertEqual(self.json("disc", "show", again)["disc"]["fingerprint"], fingerprint)
        self.assertEqual(len(self.json("disc", "show", again)["tracks"]), 5)
        self.assertEqual(self.facts(again), before)
        self.assertEqual(self.finished(self.process(again, "--tracks", "4,5")), [])
        self.assertEqual(self.tree(), tree)
        self.assertEqual(self.json("catalog", "rebuild"), {**told, "discs": 0, "artifacts": 0})

    def test_without_receipts_the_tags_tell(self):
        disc = self.scan(title="Alien", year=1979)
        self.process(disc, "--tracks", "4")
        fingerprint, tree = self.json("disc", "show", disc)["disc"]["fingerprint"], self.tree()
        self.lose_the_catalog()
        for folder in ("ripped", "transcoded", "movies"):
            shutil.rmtree(self.home / folder / ".amphi/receipts")
        told = self.json("catalog", "rebuild")
        self.assertEqual((told["discs"], told["artifacts"], told["unverified"]), (1, 0, 3))
        again = self.scan(title=None)
        self.assertEqual(self.states(again, 4), ("unverified",) * 3)
        self.assertEqual(self.json("disc", "show", again)["disc"]["title"], "Alien")
        events = self.process(again, "--tracks", "4")
        self.assertEqual(self.states(again, 4), ("unverified", "unverified", "done"))   # looked at from the end
        self.assertEqual({e["tool"] for e in events if e["event"] == "step_started"} - {"probe"}, set())
        self.assertEqual(self.tree(), tree)
        self.assertEqual(self.json("disc", "show", again)["disc"]["fingerprint"], fingerprint)

    @unittest.skipUnless(os.geteuid() == 0, "mounting needs root")
    def test_folders_that_cannot_be_written_are_told_of_all_the_same(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4")
        fingerprint, movies = self.json("disc", "show", disc)["disc"]["fingerprint"], self.home / "movies"
        self.lose_the_catalog()
        subprocess.run(["mount", "--bind", movies, movies], check=True)
        self.addCleanup(subprocess.run, ["umount", movies], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", movies], check=True)
        self.assertEqual(self.json("catalog", "rebuild")["artifacts"], 3)
        self.assertEqual(self.json("disc", "show", fingerprint)["disc"]["title"], "The Test Disc")

    def test_without_the_worker_it_ends_at_once_and_says_so(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "rip")
        self.env["AMPHI_MEDIA"] = "/nowhere/amphi-media"
        self.assertIn("AMPHI_MEDIA", self.error("track", "verify", f"{disc}:4", "--probe", code=6)["message"])
        self.assertEqual(self.states(disc, 4)[0], "done")
        self.lose_the_catalog()
        self.assertIn("AMPHI_MEDIA", self.error("catalog", "rebuild", code=6)["message"])

    def test_what_is_odd_is_told_and_left(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "rip")
        rip = pathlib.Path(self.track(disc, 4)["ripped_path"])
        receipts = self.home / "ripped/.amphi/receipts"
        (receipts / "0123456789abcdef.json").write_text("{")
        with open(rip, "ab") as file:
            file.write(b"mine")
        self.lose_the_catalog()
        told = self.json("catalog", "rebuild", code=3)
        self.assertEqual(len(told["oddities"]), 2, told)
        self.assertEqual(told["artifacts"], 0)


class Swapped(harness.AmphiTest):
    drives = '["{home}/disc.iso"]'

    def setUp(self):
        self.drives = '["DRIVE"]'
        super().setUp()
        self.write_config(DRIVE=f"{self.home}/disc.iso")

    def test_another_disc_at_the_end_of_a_rip_fails_it_and_keeps_nothing_of_it(self):
        other = harness.FIXTURES / "ntsc/disc.iso"
        disc = self.scan()
        # A ripper that lets go of the disc when it has read it: the next look finds another one.
        worker = self.home / "media"
        worker.write_text('#!/bin/sh\n"$REAL_MEDIA" "$@"\ncode=$?\n[ "$1" = dvd-remux ] && cp "$OTHER" "$DISC"\nexit $code\n')
        worker.chmod(0o755)
        real = pathlib.Path(harness.BIN).parent / "amphi-media"
        env = {"AMPHI_MEDIA": str(worker), "REAL_MEDIA": str(real), "OTHER": str(other), "DISC": str(self.image)}
        events = self.process(disc, "--tracks", "4", "--until", "rip", code=5, env=env)
        failed = [e for e in events if e["event"] == "step_failed"]
        self.assertIn("another disc", failed[0]["message"])
        self.assertEqual(self.tree(), {})
        self.assertEqual(self.leftovers(), [])


@unittest.skipUnless(os.geteuid() == 0, "mounting needs root")
class Room(harness.AmphiTest):
    def small(self, folder, size):
        path = self.home / folder
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)], check=True)
        self.addCleanup(subprocess.run, ["umount", str(path)], check=True)
        return path

    def test_too_little_room_waits_with_the_numbers_and_goes_on_when_there_is_room(self):
        ripped = self.small("ripped", "2m")
        disc = self.scan()
        plan = self.json("plan", disc)["steps"]
        first = next(s for s in plan if s["stage"] == "rip" and s["track_number"] == 1)
        self.assertEqual(first["state"], "waiting")
        self.assertRegex(first["reason"], r"needs about 3\d\.\d MB, .*/ripped has room for 2\.1 MB")
        events = self.process(disc, "--tracks", "1,3", code=5)
        self.assertEqual([e["event"] for e in events if e["event"] == "step_failed"], [])
        self.assertEqual([stage for _, stage in self.finished(events)], ["rip", "transcode", "insert"])   # 3 fits
        subprocess.run(["mount", "-o", "remount,size=64m", str(ripped)], check=True)
        self.process("--resume")
        self.assertEqual(self.states(disc, 1), ("done",) * 3)

    def test_where_the_file_system_does_not_count_nothing_waits(self):
        path = self.home / "transcoded"
        subprocess.run(["mount", "-t", "ramfs", "ramfs", path], check=True)
        self.addCleanup(subprocess.run, ["umount", path], check=True)
        disc = self.scan()
        self.process(disc, "--tracks", "4")
        self.assertEqual(self.states(disc, 4), ("done",) * 3)

    def test_a_disk_that_fills_ends_one_step_and_the_others_go_on(self):
        transcoded = self.small("transcoded", "40m")
        disc = self.scan()
        # An encoder that makes more of it than anybody could have guessed.
        self.write_config(**{'"-vf", "scale=96:80"': '"-pix_fmt", "yuv444p"', '"-crf", "40"': '"-qp", "0"'})
        events = self.process(disc, "--tracks", "2,4", code=5)
        failed = [e for e in events if e["event"] == "step_failed"]
        self.assertEqual([e["stage"] for e in failed], ["transcode"])
        self.assertEqual(failed[0]["cause"], "space")
        self.assertEqual(self.leftovers(), [])
        self.assertIn("insert", [stage for _, stage in self.finished(events)])   # of the other track
        self.process("--resume", code=5)   # somebody else may have filled it: tried once more
        again = self.process("--resume", code=5)
        self.assertEqual([e for e in again if e["event"] in ("step_started", "step_failed")], [])   # no more room yet
        subprocess.run(["mount", "-o", "remount,size=512m", str(transcoded)], check=True)
        self.process("--resume")
        self.assertEqual(self.states(disc, 2), ("done",) * 3)


if __name__ == "__main__":
    harness.main()
