"""Audio CDs: read, ripped to the sample, made into music."""

import array
import hashlib
import json
import pathlib
import shutil
import subprocess
import wave

import harness


class AudioCd(harness.AmphiTest):
    TOC = "toc:1 3 2625 150 750 1575"

    def image(self, name="cd.cue", sectors=2475):
        (self.home / "cd.bin").write_bytes(bytes(sectors * 2352))
        sheet = self.home / name
        sheet.write_text('FILE "cd.bin" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:08:00\n'
                         "TRACK 03 AUDIO\nINDEX 01 00:19:00\n")
        return sheet

    def setUp(self):
        image = self.image
        super().setUp()
        self.image = image

    def test_image_and_written_table_are_one_disc(self):
        scan = self.json("disc", "scan", self.image())
        self.assertEqual(scan["disc"]["kind"], "cd")
        self.assertEqual([t["duration_seconds"] for t in scan["tracks"]], [8, 11, 14])
        self.assertEqual({t["track_type"] for t in scan["tracks"]}, {"audio"})
        again = self.json("disc", "scan", self.TOC)
        self.assertTrue(again["known"])
        self.assertEqual(again["disc"]["id"], scan["disc"]["id"])
        self.assertEqual(again["disc"]["source"], scan["disc"]["source"])
        self.assertEqual(self.json("disc", "show", self.TOC)["disc"]["id"], scan["disc"]["id"])

    def test_every_identifier_finds_it(self):
        disc = self.json("disc", "scan", self.TOC)["disc"]["id"]
        document = self.json("disc", "fingerprint", self.TOC)
        self.assertEqual([entry["kind"] for entry in document["identifiers"]],
                         ["amphi", "musicbrainz", "freedb", "accuraterip"])
        for entry in document["identifiers"]:
            self.assertEqual(self.json("disc", "show", entry["value"])["disc"]["id"], disc, entry)

    def test_what_is_no_table_says_so(self):
        for wrong in ("toc:", "toc:1 2 300 150", "toc:1 1 150 150", "toc:one"):
            self.assertIn("table of contents", self.error("disc", "scan", wrong, code=2)["message"])

    def test_a_sheet_that_leads_outside_is_refused(self):
        outside = self.home / "outside.bin"
        outside.write_bytes(bytes(2475 * 2352))
        folder = self.home / "inner"
        folder.mkdir()
        sheet = folder / "cd.cue"
        sheet.write_text(f'FILE "../outside.bin" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n')
        self.assertIn("outside its folder", self.error("disc", "scan", sheet, code=2)["message"])
        sheet.write_text(f'FILE "{outside}" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n')
        self.assertIn("outside its folder", self.error("disc", "scan", sheet, code=2)["message"])

    def test_the_whole_road_exact_to_the_sample(self):
        sheet = self.make_cd(self.home, 3, 2, 4)
        samples = (self.home / "cd.bin").read_bytes()
        disc = self.json("disc", "scan", sheet)["disc"]["id"]
        self.amphi("disc", "edit", disc, "--title", "The Album", "--year", 1999)
        self.assertIn("the artist (show_name) is not known yet", json.dumps(self.json("plan", disc)["steps"]))
        self.amphi("disc", "edit", disc, "--show-name", "The Artist")
        self.amphi("track", "edit", f"{disc}:2", "--track-name", "Second/Song")
        self.process(disc)
        album = self.home / "music/The Artist/The Album (1999)"
        self.assertEqual(sorted(path.name for path in album.iterdir()),
                         ["01 - Track 01.flac", "02 - Second-Song.flac", "03 - Track 03.flac"])
        for number, (begin, end) in enumerate(((0, 225), (225, 375), (375, 675)), 1):
            wanted = samples[begin * 2352:end * 2352]
            track = self.track(disc, number)
            for stage in ("rip", "transcode", "insert"):
                self.assertEqual(self.packets(pathlib.Path(track["stages"][stage]["path"])),
                                 (("pcm", len(wanted), hashlib.sha256(wanted).hexdigest()),))
        tags = subprocess.run(["metaflac", "--export-tags-to=-", album / "02 - Second-Song.flac"], capture_output=True, text=True,
                              check=True).stdout.splitlines()
        for tag in ("TITLE=Second/Song", "ALBUM=The Album", "ARTIST=The Artist", "DATE=1999", "TRACKNUMBER=2", "TRACKTOTAL=3"):
            self.assertIn(tag, tags)
        self.assertEqual(self.finished(self.process(disc)), [])
        self.assertEqual([p for p in self.home.rglob(".*amphi-*") if p.name != ".amphi"], [])

    def samples_of_track(self, sheet, number):
        disc = self.json("disc", "scan", sheet)["disc"]["id"]
        self.process(disc, "--until", "rip", "--tracks", str(number))
        return self.packets(pathlib.Path(self.track(disc, number)["stages"]["rip"]["path"]))[0]

    def test_every_form_of_an_image_gives_the_same_samples(self):
        self.make_cd(self.home, 2, 2, 3)
        whole = (self.home / "cd.bin").read_bytes()
        second = whole[150 * 2352:300 * 2352]
        wanted = ("pcm", len(second), hashlib.sha256(second).hexdigest())
        swapped = array.array("H", whole)
        swapped.byteswap()
        (self.home / "swapped.bin").write_bytes(swapped.tobytes())
        with wave.open(str(self.home / "a.wav"), "wb") as out:
            out.setparams((2, 2, 44100, 0, "NONE", ""))
            out.writeframes(whole[:225 * 2352])
        (self.home / "b.bin").write_bytes(whole[225 * 2352:])
        forms = {
            "named.cue": 'FILE "cd.bin" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:02:00\n'
                         "TRACK 03 AUDIO\nINDEX 01 00:04:00\n",
            "motorola.cue": 'FILE "swapped.bin" MOTOROLA\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\n'
                            "INDEX 01 00:02:00\nTRACK 03 AUDIO\nINDEX 01 00:04:00\n",
            # The second track's end lies in the third one's file, before its INDEX 01.
            "two_files.cue": 'FILE "a.wav" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:02:00\n'
                             'FILE "b.bin" BINARY\nTRACK 03 AUDIO\nINDEX 00 00:00:00\nINDEX 01 00:01:00\n',
            "cdrdao.toc": 'CD_DA\nTRACK AUDIO\nFILE "cd.bin" 0 00:02:00\nTRACK AUDIO\nFILE "cd.bin" 00:02:00 00:02:00\n'
                          'TRACK AUDIO\nFILE "cd.bin" 00:04:00 00:03:00\n'}
        for name, text in forms.items():
            (self.home / name).write_text(text)
            disc = self.json("disc", "scan", self.home / name)["disc"]["id"]
            with self.subTest(name):
                self.assertEqual(self.samples_of_track(self.home / name, 2), wanted)
            self.amphi("disc", "forget", disc, "--delete-files", "--yes")

    def test_a_pregap_that_no_file_holds_is_silence(self):
        sheet = self.make_cd(self.home, 2, 2)
        sheet.write_text(sheet.read_text().replace("TRACK 02 AUDIO\n", "TRACK 02 AUDIO\n    PREGAP 00:01:00\n"))
        first = (self.home / "cd.bin").read_bytes()[:150 * 2352] + bytes(75 * 2352)
        self.assertEqual(self.samples_of_track(sheet, 1), ("pcm", len(first), hashlib.sha256(first).hexdigest()))

    def test_a_ripper_that_loses_samples_or_gives_up_on_some_fails(self):
        disc = self.json("disc", "scan", self.make_cd(self.home, 2, 2))["disc"]["id"]
        fake = self.home / "path/cd-paranoia"
        real = shutil.which("cd-paranoia")
        for script, why in ((f'#!/bin/sh\n{real} "$@" || exit\nfor out; do :; done\nsize=$(stat -Lc %s "$out")\n'
                             'truncate -s $((size - 4)) "$out"\n', "samples, 88200 expected"),
                            (f'#!/bin/sh\necho "##: 6 [skip] @ 1176" >&2\nexec {real} "$@"\n', "gave up on 1 places")):
            fake.write_text(script)
            fake.chmod(0o755)
            result = self.amphi("process", disc, "--until", "rip", "--tracks", "1", code=5)
            self.assertIn(why, result.err)
        self.assertFalse(list((self.home / "ripped").rglob("*.wav")))

    def test_found_again_by_its_tags(self):
        disc = self.json("disc", "scan", self.make_cd(self.home, 2, 2))["disc"]["id"]
        self.amphi("disc", "edit", disc, "--title", "The Album", "--year", 1999, "--show-name", "The Artist")
        self.process(disc)
        for name in ("catalog.db", "ripped", "transcoded"):
            path = self.home / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.rmtree(self.home / "music/.amphi")
        for name in ("ripped", "transcoded"):
            (self.home / name).mkdir()
        self.amphi("catalog", "rebuild")
        found = self.json("disc", "list")["discs"][0]
        self.assertEqual((found["title"], found["year"], found["kind"]), ("The Album", 1999, "cd"))
        self.assertEqual(len(self.json("disc", "show", found["id"])["tracks"]), 2)


if __name__ == "__main__":
    harness.main()
