"""Rippers and encoders: what is kept and dropped, and tools that lie."""

import json
import os
import pathlib
import shutil
import signal
import subprocess

import harness

USER_PRESET = {
    "PresetList": [{
        "PresetName": "My Tiny", "Type": 1, "Folder": False, "ChildrenArray": [], "FileFormat": "av_mkv",
        "ChapterMarkers": True, "VideoEncoder": "x264", "VideoPreset": "ultrafast", "VideoQualityType": 2,
        "VideoQualitySlider": 40.0, "VideoFramerateMode": "vfr", "AudioTrackSelectionBehavior": "all",
        "AudioLanguageList": ["any"], "AudioList": [{"AudioEncoder": "copy:ac3", "AudioTrackQualityEnable": False}],
        "AudioCopyMask": ["copy:ac3"], "AudioEncoderFallback": "ac3",
        "SubtitleTrackSelectionBehavior": "all", "SubtitleLanguageList": ["any"], "SubtitleBurnBehavior": "none",
    }],
    "VersionMajor": 50, "VersionMinor": 0, "VersionMicro": 0,
}


class Encoders(harness.AmphiTest):
    def streams(self, path, kind):
        return [s for s in self.probe(path)["streams"] if s["codec_type"] == kind]

    def flags(self, stream):
        return {name for name, on in stream["disposition"].items() if on}

    def test_handbrake_with_the_users_own_preset(self):
        presets = self.home / "presets.json"
        presets.write_text(json.dumps(USER_PRESET))
        self.write_config(**{'engine = "ffmpeg"': f'engine = "handbrake"\npreset_files = ["{presets}"]',
                             'preset.dvd = "tiny"': 'preset.dvd = "My Tiny"'})
        disc = self.scan()
        self.process(disc, "--tracks", "1")
        track = self.track(disc, 1)
        rip, out = track["ripped_path"], track["transcoded_path"]
        self.assertEqual([s["codec_name"] for s in self.streams(out, "video")], ["h264"])
        for path in (rip, out):
            self.assertEqual([s["tags"]["language"] for s in self.streams(path, "audio")], ["eng", "ger"], path)
            self.assertEqual([s["tags"]["language"] for s in self.streams(path, "subtitle")], ["eng"], path)
            self.assertIn("default", self.flags(self.streams(path, "audio")[0]))
            self.assertNotIn("default", self.flags(self.streams(path, "audio")[1]))
        starts = [float(c["start_time"]) for c in self.probe(rip)["chapters"]]
        kept = [float(c["start_time"]) for c in self.probe(out)["chapters"]]
        self.assertEqual(len(kept), 12)
        for a, b in zip(starts, kept):
            self.assertAlmostEqual(a, b, delta=0.1)
        tags = {k.upper(): v for k, v in self.probe(out)["format"]["tags"].items()}
        self.assertEqual(tags["TITLE"], "The Test Disc")
        self.assertEqual(tags["AMPHI_FINGERPRINT"], self.json("disc", "show", disc)["disc"]["fingerprint"])
        self.assertEqual(tags["AMPHI_REFERENCE"], "dvd:1")

    def test_handbrakes_own_preset_keeps_what_it_selects_with_its_language(self):
        self.write_config(**{'engine = "ffmpeg"': 'engine = "handbrake"',
                             'preset.dvd = "tiny"': 'preset.dvd = "Very Fast 576p25"'})
        disc = self.scan()
        self.process(disc, "--tracks", "4")
        out = self.track(disc, 4)["transcoded_path"]
        audio = self.streams(out, "audio")
        self.assertEqual([s["tags"]["language"] for s in audio], ["eng"])

    def test_ffmpeg_keeps_everything(self):
        disc = self.scan()
        self.process(disc, "--tracks", "1")
        track = self.track(disc, 1)
        for kind in ("audio", "subtitle"):
            rip, out = self.streams(track["ripped_path"], kind), self.streams(track["transcoded_path"], kind)
            self.assertEqual([(s["tags"]["language"], self.flags(s)) for s in out],
                             [(s["tags"]["language"], self.flags(s)) for s in rip])
        self.assertEqual(len(self.probe(track["transcoded_path"])["chapters"]), 12)

    def test_the_rip_is_lossless_and_carries_palette_and_size(self):
        disc = self.scan()
        self.process(disc, "--tracks", "1", "--until", "rip")
        rip = self.track(disc, 1)["ripped_path"]
        subtitle = self.streams(rip, "subtitle")[0]
        self.assertEqual((subtitle["codec_name"], subtitle["width"], subtitle["height"]), ("dvd_subtitle", 720, 576))
        self.assertEqual(len(self.probe(rip)["chapters"]), 12)
        self.assertEqual([s["tags"]["language"] for s in self.streams(rip, "audio")], ["eng", "ger"])

    def fake_tool(self, name, body):
        path = self.home / "path" / name
        path.write_text("#!/bin/bash\n" + body)
        path.chmod(0o755)

    def assert_never_published(self, disc, number, stage):
        events = self.process(disc, "--tracks", str(number), code=5)
        self.assertEqual([e["stage"] for e in events if e["event"] == "step_failed"], [stage])
        track = self.track(disc, number)
        self.assertEqual(track["stages"][stage]["state"], "pending")
        self.assertEqual(list((self.home / "movies").rglob("*.mkv")), [])
        self.assertEqual([p for p in self.leftovers() if "sectors" not in p], [])
        return [e for e in events if e["event"] == "step_failed"][0]

    def test_an_encoder_that_exits_0_with_nothing(self):
        disc = self.scan()
        self.fake_tool("ffmpeg", 'case "$*" in *-version*) exec /usr/bin/ffmpeg "$@";; esac\nexit 0\n')
        self.assert_never_published(disc, 4, "transcode")

    def test_an_encoder_that_exits_0_with_half(self):
        disc = self.scan()
        self.fake_tool("ffmpeg", 'case "$*" in *-version*) exec /usr/bin/ffmpeg "$@";; esac\n'
                                 'for last; do :; done\nset -- "${@:1:$#-1}" -t 3 "$last"\nexec /usr/bin/ffmpeg "$@"\n')
        failed = self.assert_never_published(disc, 4, "transcode")
        self.assertIn("s", failed["message"])

    def fake_ffmpeg_and_then(self, act):
        """The real one, then `act` on what it made, which is "$last"; exit 0 whatever came of it."""
        self.fake_tool("ffmpeg", 'case "$*" in *-version*) exec /usr/bin/ffmpeg "$@";; esac\n'
                                 f'for last; do :; done\n/usr/bin/ffmpeg "$@" || exit\n{act}\nexit 0\n')

    def test_an_encoder_whose_header_claims_the_whole(self):
        disc = self.scan()
        self.fake_ffmpeg_and_then('truncate -s "$(($(stat -L -c %s "$last") / 2))" "$last"')
        self.assertIn("cut short", self.assert_never_published(disc, 4, "transcode")["message"])

    def test_an_encoder_that_did_not_come_to_its_end(self):
        """Every packet is there, but the last write, of the segment's size, failed: such a file cannot be sought in."""
        disc = self.scan()
        self.fake_ffmpeg_and_then(r"""at=$(LC_ALL=C grep -obUaP -m1 '\x18\x53\x80\x67' "$last" | head -1 | cut -d: -f1)"""
                                  "\n"
                                  r"""printf '\x01\xff\xff\xff\xff\xff\xff\xff' | """
                                  'dd of="$last" bs=1 seek=$((at + 4)) conv=notrunc status=none')
        self.assertIn("did not finish its file", self.assert_never_published(disc, 4, "transcode")["message"])

    def test_an_encoder_with_a_stream_too_few(self):
        disc = self.scan()
        self.fake_ffmpeg_and_then('/usr/bin/ffmpeg -v error -nostdin -i "$last" -map 0:v -c copy -f matroska -y "$last.less"\n'
                                  'cat "$last.less" > "$last"; rm "$last.less"')
        self.assert_never_published(disc, 4, "transcode")

    def test_an_encoder_that_fails_shows_its_output_in_the_log(self):
        disc = self.scan()
        self.fake_tool("ffmpeg", 'case "$*" in *-version*) exec /usr/bin/ffmpeg "$@";; esac\n'
                                 'echo "the encoder is on fire" >&2\nexit 1\n')
        failed = self.assert_never_published(disc, 4, "transcode")
        step = failed["step_id"] if "step_id" in failed else failed["id"]
        self.assertIn("the encoder is on fire", self.amphi("process", "log", step).out)

    def test_a_whole_input_is_not_blamed_for_what_an_encoder_says(self):
        disc = self.scan()
        self.fake_tool("ffmpeg", 'case "$*" in *-version*) exec /usr/bin/ffmpeg "$@";; esac\n'
                                 'while [ "$1" != -i ]; do shift; done\n'
                                 'echo "[fatal] $2: Invalid data found when processing input" >&2\nexit 1\n')
        self.assertIn("Invalid data", self.assert_never_published(disc, 4, "transcode")["message"])
        (self.home / "path/ffmpeg").unlink()
        self.assertEqual([s for _, s in self.finished(self.process("--resume"))], ["transcode", "insert"])

    def test_a_bad_input_is_not_tried_again_before_it_changes(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "rip")
        rip = pathlib.Path(self.track(disc, 4)["ripped_path"])
        before, whole = rip.stat(), rip.read_bytes()
        rip.write_bytes(bytes(len(whole)))
        os.utime(rip, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.assertIn("cannot read its input", self.assert_never_published(disc, 4, "transcode")["message"])
        again = self.process("--resume", code=5)
        self.assertEqual([e for e in again if e["event"] == "step_started"], [])
        self.assertIn("not tried again before the medium changes", json.dumps(again))

    def test_an_encoder_that_hangs_is_ended(self):
        disc = self.scan()
        self.write_config(extra="\n[process]\nwatchdog_seconds = 2\n")
        self.fake_tool("ffmpeg", 'case "$*" in *-version*) exec /usr/bin/ffmpeg "$@";; esac\n'
                                 "trap '' TERM\nsleep 1000 &\nwait\nsleep 1000\n")
        failed = self.assert_never_published(disc, 4, "transcode")
        self.assertIn("progress", failed["message"])
        self.assertEqual(subprocess.run(["pgrep", "-f", f"{self.home}/path/ffmpeg"], capture_output=True).stdout, b"")

    def test_an_encoder_that_forks_away_writes_no_more(self):
        disc = self.scan()
        self.fake_tool("ffmpeg", 'case "$*" in *-version*) exec /usr/bin/ffmpeg "$@";; esac\n'
                                 'for last; do :; done\n'
                                 f"setsid sh -c 'exec -a {self.home}/stray sleep 1000' & \n"
                                 "setsid sh -c 'trap \"\" TERM HUP; while :; do printf x >> \"$0\"; sleep 0.02; done' \"$last\" &\n"
                                 '/usr/bin/ffmpeg "$@" || exit\nsleep 0.2\nexit 0\n')
        self.process(disc, "--tracks", "4", code=None)
        running = subprocess.run(["pgrep", "-af", str(self.home)], capture_output=True, text=True).stdout
        self.assertEqual(running, "")
        track = self.track(disc, 4)
        if track["transcoded_path"]:   # what was appended does no harm to Matroska; what counts is that it has stopped
            self.amphi("track", "verify", track["id"], "--stage", "transcode", "--probe")
        self.assertEqual(self.leftovers(), [])

    def test_an_encoder_that_says_a_gigabyte_and_no_utf8(self):
        disc = self.scan()
        self.fake_tool("ffmpeg", 'case "$*" in *-version*) exec /usr/bin/ffmpeg "$@";; esac\n'
                                 "head -c 1073741824 /dev/zero | tr '\\0' '\\377' >&2\nprintf '\\n\\xc3(\\n' >&2\n"
                                 'yes "the encoder complains" | head -c 100000000 >&2\n'
                                 'exec /usr/bin/ffmpeg "$@"\n')
        events = self.process(disc, "--tracks", "4")
        self.assertEqual(len(self.finished(events)), 3)
        logs = [p.stat().st_size for p in self.home.rglob("*.log")]
        self.assertLess(max(logs), 20 << 20)

    def test_a_rip_whose_source_was_cut_short_is_never_published(self):
        image = self.image
        disc = self.scan(image)
        # the first title set's VOBs come first: a cut here leaves the IFOs of the first one and half of its sectors
        os.truncate(image, image.stat().st_size // 3)
        events = self.process(disc, "--tracks", "1", code=5)
        self.assertEqual(self.finished(events), [])
        self.assertEqual(list((self.home / "ripped").rglob("*.mkv")), [])

    def test_a_file_cut_short_under_its_final_name_is_found(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4")
        track = self.track(disc, 4)
        path = pathlib.Path(track["ripped_path"])
        before = path.stat()
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] + b"\0" * (len(data) - len(data) // 2))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.assertEqual(self.states(disc, 4)[0], "done")   # size and mtime are as recorded
        result = self.amphi("track", "verify", track["id"], "--stage", "rip", "--probe", "--json", code=3)
        self.assertEqual(result.json["tracks"][0]["stages"]["rip"]["state"], "changed")
        self.amphi("track", "verify", track["id"], "--stage", "transcode", "--probe")


class MakeMkv(harness.AmphiTest):
    def setUp(self):
        super().setUp()
        for name in ("makemkvcon",):
            (self.home / "path" / name).symlink_to(harness.STAND_INS / name)
        self.write_config(extra='\n[rip]\nengine = "makemkv"\n')

    def test_the_other_ripper(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4")
        track = self.track(disc, 4)
        self.assertEqual(track["status"], "complete")
        self.assertEqual(track["stages"]["rip"]["tool"], "makemkv")
        self.assertEqual(self.leftovers(), [])
        self.amphi("track", "verify", track["id"], "--probe")

    def test_its_failures_are_seen_whatever_it_exits_with(self):
        disc = self.scan()
        for failure in ("fail-exit0", "half", "question", "key-expired", "no-space", "read-error", "two-files", "nothing"):
            with self.subTest(failure=failure):
                events = self.process(disc, "--tracks", "4", code=5, env={"AMPHI_STANDIN_MAKEMKV": failure})
                self.assertEqual(self.finished(events), [], failure)
                self.assertEqual([e["stage"] for e in events if e["event"] == "step_failed"], ["rip"], failure)
                self.assertEqual(list((self.home / "ripped").rglob("*.mkv")), [], failure)
                self.assertEqual(self.leftovers(), [], failure)
        self.process(disc, "--tracks", "4")

    def test_an_expired_key_does_not_use_up_every_try(self):
        disc = self.scan()
        env = {"AMPHI_STANDIN_MAKEMKV": "key-expired"}
        self.process(disc, "--tracks", "4", code=5, env=env)
        starts = self.process("--resume", code=5, env=env)
        self.assertEqual([e for e in starts if e["event"] == "step_started"], [])

    def hash_lines(self):
        """What collectors of logs add to them: the files' sizes, from which the content hash follows."""
        files = sorted((harness.PAL / "dvd/VIDEO_TS").iterdir())
        return "".join(f"HSH:{n},{f.name},2023-11-14T22:13:20Z,{f.stat().st_size}\n" for n, f in enumerate(files))

    def test_a_log_gives_a_provisional_disc_that_becomes_the_real_one(self):
        log = self.home / "scan.log"
        log.write_text(subprocess.run([str(self.home / "path/makemkvcon"), "-r", "--noscan", "info",
                                       f"iso:{harness.PAL}/disc.iso"], env=self.env, capture_output=True,
                                      text=True).stdout + self.hash_lines())
        disc = self.json("disc", "scan", "--from-makemkv-log", log)["disc"]
        self.assertTrue(disc["fingerprint"].startswith("log-"))
        self.amphi("disc", "edit", disc["id"], "--title", "From The Log")
        self.assertEqual(self.json("disc", "scan", harness.PAL / "disc.iso")["disc"]["title"], "From The Log")
        self.assertEqual(len(self.json("disc", "list")["discs"]), 1)


class Signals(harness.AmphiTest):
    def start(self, disc, *args):
        return subprocess.Popen([harness.BIN, "--config", str(self.config), "process", str(disc), *args], env=self.env,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def test_a_signal_ends_politely_and_resume_continues(self):
        self.count_tools("ffmpeg")
        for number, expected in ((signal.SIGINT, -2), (signal.SIGTERM, -15)):
            with self.subTest(signal=number):
                self.tool_log.unlink(missing_ok=True)
                disc = self.scan()
                self.want_only(disc, 2)
                child = self.start(disc)
                self.until_encoding()
                child.send_signal(number)
                child.communicate(timeout=60)
                self.assertEqual(child.returncode, expected)
                self.assertEqual([p for p in self.leftovers() if "sectors" not in p], [])
                self.assertEqual(self.states(disc, 2), ("done", "pending", "pending"))
                events = self.process("--resume")
                self.assertEqual([s for _, s in self.finished(events)], ["transcode", "insert"])
                self.amphi("track", "reset", self.track(disc, 2)["id"], "--yes")

    def test_cancel_from_another_shell(self):
        self.count_tools("ffmpeg")
        disc = self.scan()
        self.want_only(disc, 2)
        child = self.start(disc)
        self.until_encoding()
        self.amphi("process", "cancel", disc)
        child.communicate(timeout=60)
        self.assertEqual(child.returncode, 5)
        self.assertEqual([p for p in self.leftovers() if "sectors" not in p], [])
        self.assertEqual(self.finished(self.process("--resume")), [])   # cancelled is not unfinished
        self.assertEqual([s for _, s in self.finished(self.process(disc))], ["transcode", "insert"])

    def test_a_closed_pipe_does_not_stop_process(self):
        disc = self.scan()
        self.want_only(disc, 4)
        child = self.start(disc, "--json")
        child.stdout.close()
        child.stderr.close()
        child.wait(timeout=120)
        self.assertEqual(self.states(disc, 4), ("done",) * 3)

    def test_two_at_once_do_every_step_once(self):
        self.count_tools("ffmpeg")
        disc = self.scan()
        self.want_only(disc, 3, 4, 5)
        both = [self.start(disc, "--json") for _ in range(2)]
        codes = sorted(child.wait(timeout=300) for child in both if child.communicate() or True)
        self.assertEqual(codes[0], 0, codes)
        self.assertIn(codes[1], (0, 5, 7), codes)
        for number in (3, 4, 5):
            self.assertEqual(self.states(disc, number), ("done",) * 3)
        encodes = [line for line in self.tool_starts() if "-version" not in line]
        self.assertEqual(len(encodes), 3, encodes)

    def test_a_rip_is_the_same_each_time(self):
        disc = self.scan()
        first = self.rip(disc, 4)
        self.amphi("track", "reset", self.track(disc, 4)["id"], "--yes")
        self.assertEqual(self.leftovers(), [])
        self.assertEqual(self.rip(disc, 4), first)

    def test_a_killed_rip_continues_where_it_stopped(self):
        """The sectors that were safe are not read again: a bit that was changed in them is found in the rip."""
        disc = self.scan()
        undisturbed = self.rip(disc, 4)
        self.amphi("track", "reset", self.track(disc, 4)["id"], "--yes")
        child = subprocess.run(
            [harness.CRASH_BIN, "--config", str(self.config), "process", str(disc), "--tracks", "4", "--until", "rip"],
            env={**self.env, "AMPHI_CRASH_LOG": str(self.home / "crash.log"), "AMPHI_CRASH_AT": "rip tool_start before 2"},
            stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True)
        self.assertEqual(child.returncode, -signal.SIGKILL, child.stderr)
        sectors, = self.home.rglob("*.amphi-sectors")
        with open(sectors, "r+b") as file:
            file.seek(sectors.stat().st_size // 2 // 2048 * 2048 + 2047)   # the end of a pack: payload
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))
        self.process("--resume")
        continued = pathlib.Path(self.track(disc, 4)["ripped_path"]).read_bytes()
        self.assertEqual(len(continued), len(undisturbed))
        differing = sum(a != b for a, b in zip(continued, undisturbed))
        self.assertIn(differing, range(1, 6), "the byte, and the checksum of its cluster")

    def rip(self, disc, number):
        self.process(disc, "--tracks", str(number), "--until", "rip")
        return pathlib.Path(self.track(disc, number)["ripped_path"]).read_bytes()


if __name__ == "__main__":
    harness.main()
