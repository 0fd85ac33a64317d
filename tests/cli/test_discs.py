"""Blu-rays and logs: read, known again by whatever names them, ripped, and what cannot be read says so."""

import json
import pathlib
import shutil
import subprocess

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


if __name__ == "__main__":
    harness.main()
