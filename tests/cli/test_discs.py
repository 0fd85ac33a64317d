"""Blu-rays and audio CDs: read, known again by whatever names them, and what cannot be read says so."""

import array
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import time
import wave

import harness

BLURAY = harness.FIXTURES / "bluray"
BEGINNING = 65536   # bytes that tell what kind of file a source is


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
        self.assertEqual([t["reference"] for t in first["tracks"]], ["mpls:00000", "mpls:00001", "mpls:00002", "mpls:00010", "mpls:00010.angle2", "m2ts:00020"])
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
        self.assertEqual([t["reference"] for t in scan["tracks"] if t["reference"].startswith("m")][:3],
                         ["mpls:00000", "mpls:00001", "mpls:00010"])
        self.assertIn("00002", " ".join(scan["warnings"]))

    def test_encrypted_discs_go_to_makemkvcon(self):
        copy = self.home / "bd"
        shutil.copytree(BLURAY / "bd", copy)
        with open(copy / "BDMV/STREAM/00001.m2ts", "r+b") as largest:
            largest.seek(16)
            largest.write(bytes(6000))
        disc = self.json("disc", "scan", copy)["disc"]
        self.assertEqual({step["tool"] for step in self.json("plan", disc["id"])["steps"] if step["stage"] == "rip"}, {"makemkv"})
        result = self.amphi("process", disc["id"], "--until", "rip", "--tracks", "3", code=5)
        self.assertIn("makemkvcon is not installed", result.err)


class BlurayRip(harness.AmphiTest):
    """By libbluray and mkvmerge; the playlist's own file put together by mkvmerge from the folder is what it must equal."""

    def scan_bluray(self, source):
        self.write_config(**{'preset.dvd = "tiny"': 'preset.bluray = "tiny"'})
        return self.scan(source)

    def rip_of(self, disc, reference):
        track = next(t for t in self.json("disc", "show", disc)["tracks"] if t["reference"] == reference)
        return pathlib.Path(track["stages"]["rip"]["path"])

    def rip(self, disc, number, **kw):
        return self.process(disc, "--until", "rip", "--tracks", str(number), **kw)

    def merged(self, name):
        merged = self.home / "merged.mkv"
        subprocess.run(["mkvmerge", "-q", "-o", merged, BLURAY / "bd/BDMV" / name], check=True)
        return merged

    def described(self, path):
        """Streams with their languages, and when chapters begin."""
        found = json.loads(subprocess.run(
            ["ffprobe", "-v", "error", "-of", "json", "-show_chapters", "-show_entries",
             "stream=codec_name:stream_tags=language", path], capture_output=True, check=True).stdout)
        return ([(s["codec_name"], s.get("tags", {}).get("language")) for s in found["streams"]],
                [round(float(c["start_time"]), 2) for c in found["chapters"]])

    def copied_disc(self):
        copy = self.home / "bd"
        shutil.copytree(BLURAY / "bd", copy)
        return copy

    def test_streams_languages_chapters_and_every_packet(self):
        disc = self.scan_bluray(BLURAY / "disc.iso")
        self.rip(disc, "1,4,6")
        for reference, name in (("mpls:00000", "PLAYLIST/00000.mpls"), ("mpls:00010", "PLAYLIST/00010.mpls"),
                                ("m2ts:00020", "STREAM/00020.m2ts")):
            made, wanted = self.rip_of(disc, reference), self.merged(name)
            self.assertEqual(self.packets(made), self.packets(wanted), reference)
            self.assertEqual(self.described(made), self.described(wanted), reference)
        streams, chapters = self.described(self.rip_of(disc, "mpls:00010"))
        self.assertEqual(streams, [("h264", None), ("pcm_s16le", "eng"), ("ac3", "ger"), ("hdmv_pgs_subtitle", "eng")])
        self.assertEqual(chapters, [0, 7.99, 13.97])
        self.assertEqual(len(self.described(self.rip_of(disc, "mpls:00000"))[1]), 8)

    def test_angles_differ_in_their_own_clip_only(self):
        disc = self.scan_bluray(BLURAY / "bd")
        self.rip(disc, "4,5")
        first, second = (self.packets(self.rip_of(disc, f"mpls:00010{angle}")) for angle in ("", ".angle2"))
        self.assertEqual([stream[:2] for stream in first], [stream[:2] for stream in second])
        self.assertNotEqual(first[0], second[0])

    def test_the_whole_road_and_nothing_left_over(self):
        disc = self.scan_bluray(BLURAY / "disc.iso")
        self.want_only(disc, 4)
        self.process(disc)
        self.assertEqual(self.states(disc, 4), ("done",) * 3)
        self.assertEqual([name for name in self.home.rglob(".*amphi-*") if "lock" not in name.name], [])
        self.assertEqual(self.finished(self.process(disc)), [])

    def test_streams_without_packets_are_not_missed(self):
        copy = self.copied_disc()
        clip = copy / "BDMV/STREAM/00000.m2ts"
        packets = bytearray(clip.read_bytes())
        for at in range(0, len(packets), 192):
            if (packets[at + 5] & 0x1F) << 8 | packets[at + 6] == 0x1101:   # the second audio becomes null packets
                packets[at + 5], packets[at + 6] = 0x1F, 0xFF
        clip.write_bytes(packets)
        disc = self.scan_bluray(copy)
        self.rip(disc, 1)
        self.assertEqual([codec for codec, _ in self.described(self.rip_of(disc, "mpls:00000"))[0]], ["h264", "ac3"])

    def test_a_stream_that_was_lost_is(self):
        fake = self.home / "path/mkvmerge"
        fake.write_text('#!/bin/sh\nexec "$REAL_MKVMERGE" --no-subtitles "$@"\n')
        fake.chmod(0o755)
        disc = self.scan_bluray(BLURAY / "disc.iso")
        result = self.amphi("process", disc, "--until", "rip", "--tracks", "4", code=5,
                            env={"REAL_MKVMERGE": shutil.which("mkvmerge")})
        self.assertIn("has 0 subtitle streams, 1 expected", result.err)
        self.assertFalse(list((self.home / "ripped").rglob("*.mkv")))

    def test_a_clip_that_is_cut_fails(self):
        copy = self.copied_disc()
        disc = self.scan_bluray(copy)
        clip = copy / "BDMV/STREAM/00013.m2ts"
        clip.write_bytes(clip.read_bytes()[:500_000])
        result = self.amphi("process", disc, "--until", "rip", "--tracks", "4", code=5)
        self.assertIn("cut short", result.err)
        self.assertEqual(self.states(disc, 4)[0], "pending")

    def test_without_mkvmerge_it_says_so(self):
        disc = self.scan_bluray(BLURAY / "disc.iso")
        result = self.amphi("process", disc, "--until", "rip", "--tracks", "3", code=5, env={"PATH": str(self.home / "path")})
        self.assertIn("mkvmerge is not installed", result.err)


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
