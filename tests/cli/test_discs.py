"""Blu-rays and audio CDs: read, known again by whatever names them, and what cannot be read says so."""

import json
import shutil

import harness

BLURAY = harness.FIXTURES / "bluray"


class Bluray(harness.AmphiTest):
    def identifiers(self, source):
        document = self.json("disc", "fingerprint", source)
        values = {}
        for entry in document["identifiers"]:
            values.setdefault(entry["kind"], []).append(entry["value"])
        return document["fingerprint"], values

    def test_image_and_folder_are_one_disc(self):
        first = self.json("disc", "scan", BLURAY / "disc.iso")
        self.assertFalse(first["known"])
        disc = first["disc"]
        self.assertEqual(disc["kind"], "bluray")
        self.assertEqual(disc["volume_label"], "AMPHI_TEST_BD")
        self.assertEqual([t["reference"] for t in first["tracks"]], ["mpls:00000", "mpls:00001", "mpls:00002"])
        self.assertEqual(first["tracks"][0]["track_type"], "main_feature")
        self.amphi("disc", "edit", disc["id"], "--title", "The Film", "--year", "2001")
        for folder in ("bd", "bd/BDMV"):
            again = self.json("disc", "scan", BLURAY / folder)
            self.assertTrue(again["known"])
            self.assertEqual(again["notes"], [])
            self.assertEqual(again["disc"]["title"], "The Film")
            self.assertEqual([t["id"] for t in again["tracks"]], [t["id"] for t in first["tracks"]])
        self.assertEqual(len(self.json("disc", "list")["discs"]), 1)

    def test_every_identifier_finds_it(self):
        fingerprint, values = self.identifiers(BLURAY / "disc.iso")
        self.assertEqual(set(values), {"amphi", "thediscdb-content-hash", "matrix256", "amphigory"})
        disc = self.json("disc", "scan", BLURAY / "disc.iso")["disc"]["id"]
        for found in (fingerprint, fingerprint[:10], *[value for some in values.values() for value in some]):
            self.assertEqual(self.json("disc", "show", found)["disc"]["id"], disc, found)

    def test_what_is_cut_or_empty_says_so(self):
        cut = self.home / "cut.iso"
        with open(BLURAY / "disc.iso", "rb") as whole:
            cut.write_bytes(whole.read()[:20_000_000])
        self.assertIn("cut short", self.error("disc", "scan", cut, code=6)["message"])
        (self.home / "empty/BDMV").mkdir(parents=True)
        self.assertIn("BDMV/PLAYLIST", self.error("disc", "scan", self.home / "empty", code=2)["message"])
        self.assertEqual(self.json("disc", "list")["discs"], [])

    def test_a_damaged_playlist_is_named_and_the_rest_is_read(self):
        copy = self.home / "bd"
        shutil.copytree(BLURAY / "bd", copy)
        (copy / "BDMV/PLAYLIST/00002.mpls").write_bytes(b"MPLS0200 and no more")
        (copy / "BDMV/BACKUP/PLAYLIST/00002.mpls").unlink()
        scan = self.json("disc", "scan", copy)
        self.assertEqual(len(scan["tracks"]), 2)
        self.assertIn("00002", " ".join(scan["warnings"]))

    def test_it_is_ripped_by_makemkvcon(self):
        disc = self.json("disc", "scan", BLURAY / "disc.iso")["disc"]["id"]
        steps = self.json("plan", disc)["steps"]
        self.assertEqual({step["tool"] for step in steps if step["stage"] == "rip"}, {"makemkv"})
        result = self.amphi("process", disc, "--until", "rip", "--tracks", "3", code=5)
        self.assertIn("makemkvcon is not installed", result.err)


class Manifests(harness.AmphiTest):
    def content_hash(self):
        entries = self.json("disc", "fingerprint", BLURAY / "disc.iso")["identifiers"]
        return next(entry["value"] for entry in entries if entry["kind"] == "thediscdb-content-hash")

    def manifest(self, **changes):
        document = {"schemaVersion": 1, "producer": {"name": "test", "version": "1"},
                    "disc": {"format": "blu-ray", "name": "A_FILM",
                             "identifiers": [{"kind": "thediscdb-content-hash", "value": self.content_hash()}],
                             "titles": [{"source": {"path": "BDMV/PLAYLIST/00000.mpls"}, "durationSeconds": 190,
                                         "segments": [{"clip": "00000"}]}], **changes}}
        path = self.home / "disc.odm.json"
        path.write_text(json.dumps(document))
        return path

    def test_it_becomes_one_with_the_disc(self):
        written = self.json("disc", "scan", "--from-manifest", self.manifest())
        self.assertTrue(written["disc"]["fingerprint"].startswith("log-"))
        self.amphi("disc", "edit", written["disc"]["id"], "--title", "The Film", "--year", "2001")
        read = self.json("disc", "scan", BLURAY / "disc.iso")
        self.assertTrue(read["known"])
        self.assertEqual(read["disc"]["id"], written["disc"]["id"])
        self.assertEqual(read["disc"]["title"], "The Film")
        self.assertEqual(read["tracks"][0]["id"], written["tracks"][0]["id"])

    def test_a_broken_rule_is_named(self):
        path = self.manifest(format="vhs")
        message = self.error("disc", "scan", "--from-manifest", path, code=2)["message"]
        self.assertIn("property-value: disc.format", message)
        self.assertIn(str(path), message)
        self.assertEqual(self.json("disc", "list")["discs"], [])

    def test_one_source_at_a_time(self):
        self.error("disc", "scan", "--from-manifest", self.manifest(), self.image, code=2)


class Tied(harness.AmphiTest):
    """Two playlists of one length that differ in one clip: nothing tells which is meant."""

    def setUp(self):
        super().setUp()
        lines = ["TCOUNT:2", 'CINFO:1,6209,"Blu-ray disc"', 'CINFO:32,0,"TIED"']
        for number, clip in ((0, 57), (1, 56)):
            values = {8: 36, 9: "1:34:54", 11: 40000000000, 16: f"0080{1 - number}.mpls", 26: f"55,{clip},59"}
            lines += [f'TINFO:{number},{key},0,"{value}"' for key, value in values.items()]
            lines += [f'SINFO:{number},0,1,6201,"Video"', f'SINFO:{number},0,19,0,"1920x1080"']
        self.log = self.home / "tied.log"
        self.log.write_text("\n".join(lines) + "\n")

    def test_the_tie_is_told_until_someone_says_what_it_is(self):
        page = self.amphi("disc", "scan", "--from-makemkv-log", self.log).out
        self.assertRegex(page, r"track 1 ties with mpls:00801 within 1 %: amphi track edit log-[0-9a-f]{7}:1 --track-type")
        tracks = self.json("disc", "show", "1")["tracks"]
        self.assertEqual([t["track_type"] for t in tracks], ["other", "main_feature"])
        for track, other in zip(tracks, ("mpls:00800", "mpls:00801")):
            self.assertIn(f"ties with {other} within 1 %", track["classification"]["reasons"])
            self.assertNotEqual(track["classification"]["confidence"], "high")
        self.amphi("track", "edit", "1:1", "--track-type", "main_feature")
        self.assertNotIn("ties with", self.amphi("disc", "show", "1").out)


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

    def test_plan_says_that_it_is_not_copied(self):
        disc = self.json("disc", "scan", self.image())["disc"]["id"]
        rips = [s for s in self.json("plan", disc)["steps"] if s["stage"] == "rip"]
        self.assertEqual({step["state"] for step in rips}, {"waiting"})
        self.assertIn("does not copy them yet", rips[0]["reason"])


if __name__ == "__main__":
    harness.main()
