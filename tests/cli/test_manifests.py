"""Optical Disc Manifests: taken, refused, written."""

import json

import harness

BLURAY = harness.FIXTURES / "bluray"


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

    def exported(self, disc, *words, **kw):
        return json.loads(self.amphi("disc", "export", disc, "--manifest", *words, **kw).out)

    def test_every_disc_that_was_read_is_written(self):
        for source, kind, first in ((BLURAY / "disc.iso", "blu-ray", {"path": "BDMV/PLAYLIST/00000.mpls"}),
                                    (BLURAY / "bd", "blu-ray", {"path": "BDMV/PLAYLIST/00000.mpls"}),
                                    (self.image, "dvd", {"title": 1, "titleSet": 1})):
            scanned = self.json("disc", "scan", source)
            self.amphi("disc", "edit", scanned["disc"]["id"], "--title", "Said by people", "--year", "2001")
            document = self.exported(scanned["disc"]["fingerprint"])
            disc = document["disc"]
            self.assertEqual(disc["format"], kind)
            self.assertEqual(disc["titles"][0]["source"], first)
            known = [(e["kind"], e["value"]) for e in scanned["disc"]["identifiers"]]
            for entry in disc["identifiers"]:
                self.assertIn((entry["kind"], entry["value"]), known)
            codecs = {stream["codec"] for title in disc["titles"] for stream in title["streams"]}
            self.assertLessEqual(codecs, {"MPEG-2", "AVC", "AC-3", "LPCM", "DTS", "MPEG Audio", "PGS", "VobSub"})
            text = json.dumps(document)
            for private in (str(self.home), "Said by people", str(BLURAY)):
                self.assertNotIn(private, text)

    def test_its_files_are_those_of_the_disc(self):
        disc = self.json("disc", "scan", BLURAY / "bd")["disc"]["id"]
        files = {file["path"]: file["sizeBytes"] for file in self.exported(disc)["disc"]["files"]}
        there = {str(path.relative_to(BLURAY / "bd")): path.stat().st_size
                 for path in (BLURAY / "bd").rglob("*") if path.is_file()}
        self.assertEqual(files, there)

    def test_written_and_read_again_it_is_the_same_disc(self):
        scanned = self.json("disc", "scan", BLURAY / "disc.iso")
        path = self.home / "written.odm.json"
        told = self.json("disc", "export", scanned["disc"]["id"], "--manifest", "--output", path)
        self.assertEqual((told["output"], told["files"] > 20), (str(path), True))
        self.amphi("disc", "forget", scanned["disc"]["id"], "--yes")
        again = self.json("disc", "scan", "--from-manifest", path)
        for key in ("reference", "duration_seconds", "chapter_count", "segment_map", "resolution", "video_codec"):
            angles = [track for track in scanned["tracks"] if ".angle" not in track["reference"]]
            for before, after in zip(angles, again["tracks"], strict=True):
                if key == "duration_seconds":
                    self.assertAlmostEqual(before[key], after[key], places=2)
                else:
                    self.assertEqual(before[key], after[key], before["reference"])
        self.assertEqual([[s["codec"] for s in t["audio_tracks"]] for t in again["tracks"]],
                         [[s["codec"] for s in t["audio_tracks"]] for t in angles])
        self.error("disc", "export", again["disc"]["id"], "--manifest", "--output", path, code=2)

    def test_of_a_log_what_it_says(self):
        written = self.json("disc", "scan", "--from-manifest", self.manifest())
        disc = self.exported(written["disc"]["id"])["disc"]
        self.assertNotIn("files", disc)
        self.assertEqual(disc["identifiers"], [{"kind": "thediscdb-content-hash", "value": self.content_hash()}])

    def test_what_has_no_manifest_says_why(self):
        self.assertIn("--manifest", self.error("disc", "export", "1", code=2)["hint"])
        cd = self.json("disc", "scan", "toc:1 3 2625 150 900 1700")["disc"]["id"]
        self.assertIn("audio CD", self.error("disc", "export", cd, "--manifest", code=2)["message"])
        log = self.home / "no-files.log"
        log.write_text('CINFO:1,6209,"Blu-ray disc"\nTCOUNT:1\nTINFO:0,9,0,"1:00:00"\nTINFO:0,16,0,"00001.mpls"\n'
                       'SINFO:0,0,1,6201,"Video"\n')
        disc = self.json("disc", "scan", "--from-makemkv-log", log)["disc"]["id"]
        self.assertIn("content hash", self.error("disc", "export", disc, "--manifest", code=6)["message"])

    def test_one_source_at_a_time(self):
        self.error("disc", "scan", "--from-manifest", self.manifest(), self.image, code=2)


if __name__ == "__main__":
    harness.main()
