"""Symbolic links swapped in under amphi's folders while it makes files and deletes them: it may fail, but cleanly, and
nothing outside its folders is made, changed or deleted. A baited folder lies behind every link."""

import hashlib
import os
import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../cli"))
import harness

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = float(os.environ.get("AMPHI_SWAP_SECONDS", "60"))
TRACK = 4   # the shortest title
CLEAN = (0, 3, 5, 6, 7)


class Swaps(harness.AmphiTest):
    def setUp(self):
        super().setUp()
        self.outside = self.home / "outside"
        self.write_config(extra='mode = "0640"\n')   # so that amphi has something to change on what it inserts
        self.disc = self.scan()
        self.want_only(self.disc, TRACK)
        self.process(self.disc)                      # once undisturbed: every folder is there and marked
        self.made = [p.relative_to(self.home) for p in self.home.rglob("*")
                     if p.is_file() and p.relative_to(self.home).parts[0] in ("ripped", "transcoded", "movies")]

    # --- the bait

    def folders(self):
        """Every folder beneath a configured one, outermost first. A configured one may itself be a link."""
        found = {folder for name in self.made for folder in name.parents if len(folder.parts) > 1}
        return sorted(found, key=lambda folder: len(folder.parts))

    def bait(self, folder):
        """A copy, outside, of everything that lies or may come to lie beneath `folder`; its files are others."""
        copy = self.outside / str(folder).replace("/", "+")
        copy.mkdir(parents=True)
        for name in self.made:
            if folder not in name.parents or ".amphi" in name.relative_to(folder).parts:
                continue   # with a marker, it would be amphi's own folder
            inner = copy / name.relative_to(folder)
            inner.parent.mkdir(parents=True, exist_ok=True)
            for beside in (inner.name, f".{inner.name}.amphi-part", f".{inner.name}.amphi-sectors"):
                (inner.parent / beside).write_bytes(b"not amphi's: " + str(name).encode())
        return copy

    def lay_links(self):
        """folder, link pairs for the swapper. A link lies where its folder does."""
        words = []
        for number, folder in enumerate(self.folders()):
            link = self.home / folder.parent / f".link-{number}"
            link.symlink_to(self.bait(folder))
            words += [str(self.home / folder), str(link)]
        return words

    def everything_outside(self):
        """All that would show a change, a new name, a link or a visit that was tidied up."""
        found = {}
        for path in [self.outside, *self.outside.rglob("*")]:
            facts = path.lstat()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
            found[str(path)] = (facts.st_ino, facts.st_mode, facts.st_nlink, facts.st_uid, facts.st_gid, facts.st_size,
                                facts.st_mtime_ns, facts.st_ctime_ns, content)
        return found

    # --- the race

    def clean(self, *args):
        """One command; it may fail, but it must know why."""
        result = self.amphi(*args, code=None)
        self.assertIn(result.code, CLEAN, f"amphi {args}: {result!r}")
        return result.code

    def round(self, number):
        stage = ("rip", "transcode", "insert")[number % 3]
        track = f"{self.disc}:{TRACK}"
        return [self.clean("track", "reset", track, "--from", stage, "--yes"),
                self.clean("process", self.disc, "--tracks", TRACK),
                self.clean("process", "--resume")]

    def race(self, words):
        swapper = subprocess.Popen([sys.executable, HERE / "swapper.py", *words], stdout=subprocess.PIPE, text=True)
        self.addCleanup(swapper.kill)
        codes, number, end = [], 0, time.monotonic() + SECONDS
        while time.monotonic() < end:
            codes += self.round(number)
            number += 1
        swapper.terminate()
        return int(swapper.communicate(timeout=60)[0]), codes

    def test_links_swapped_in_under_process_and_reset(self):
        words = self.lay_links()
        before = self.everything_outside()
        swaps, codes = self.race(words)
        print(f"{swaps} swaps, {len(codes)} commands, {codes.count(0)} went well", file=sys.stderr)
        after = self.everything_outside()
        self.assertEqual(sorted(set(after) - set(before)), [], "made outside")
        self.assertEqual(sorted(set(before) - set(after)), [], "deleted outside")
        self.assertEqual({n: (before[n], after[n]) for n in before if after[n] != before[n]}, {}, "changed outside")
        self.assertGreater(swaps, 1000)
        self.assertGreater(codes.count(0), len(codes) // 20, "the race leaves amphi no chance: it proves little")
        self.assertLess(codes.count(0), len(codes), "no command ever met a link")
        self.converge()

    def converge(self):
        """Left in peace, the library has its file. A reset that could not delete it left it, and then it needs no transcode."""
        self.process(self.disc, "--tracks", TRACK)
        self.assertEqual(self.states(self.disc, TRACK)[2], "done")
        self.amphi("track", "verify", f"{self.disc}:{TRACK}", "--stage", "insert", "--probe")


if __name__ == "__main__":
    unittest.main(verbosity=2)
