"""What everybody does first: an empty home, no configuration, no title; and the title comes later."""

import os
import pathlib
import re
import subprocess

import harness
from harness import matroska
import ebml_edit as ebml

STARTED = ("HandBrakeCLI", "ffmpeg", "mkvmerge", "mkvpropedit", "cd-paranoia", "flac")


class PlainRoad(harness.AmphiTest):
    library = False

    def setUp(self):
        super().setUp()
        self.person = self.home / "person"
        self.person.mkdir()
        self.env["HOME"] = str(self.person)
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            del self.env[name]
        self.count_tools(*STARTED)

    def config_words(self):
        return []

    def short_disc(self, name):
        image = harness.FIXTURES / name / "disc.iso"
        if not image.exists():
            self.fail(f"{image} is not there: run tests/fixtures/prepare.sh {name}")
        return image

    def go(self, source, tracks, key, *title):
        """The road of a disc; answers its transcodes. `key`: the one setting that is missing."""
        disc = self.json("disc", "scan", source)["disc"]["id"]
        events = self.process(disc, code=5)
        self.assertEqual(sorted(stage for _, stage in self.finished(events)), ["rip"] * tracks + ["transcode"] * tracks)
        self.assertEqual([e for e in events if e["event"] == "step_failed"], [])
        plan = self.json("plan", disc, code=None)["steps"]
        self.assertEqual([(s["stage"], s["state"]) for s in plan], [("insert", "waiting")] * tracks)
        for step in plan:
            self.assertIn(key, step["reason"])
        self.assertIn(key, self.amphi("process", "--resume", code=5).err)
        self.check_idle(tracks)
        shown = self.json("disc", "show", disc, code=None)["tracks"]
        self.name(disc, key, *title)
        starts = self.tool_starts()
        self.assertEqual([stage for _, stage in self.finished(self.process("--resume"))], ["insert"] * tracks)
        self.assertEqual([line for line in self.tool_starts()[len(starts):] if "flac" not in line], [])
        self.assertEqual([s["status"] for s in self.json("disc", "show", disc)["tracks"]], ["complete"] * tracks)
        self.assertEqual(len([p for p in (self.home / "library").rglob("*") if p.is_file() and ".amphi" not in p.parts]), tracks)
        self.assertEqual(self.temporary_files(), [])
        return [pathlib.Path(track["transcoded_path"]) for track in shown], [pathlib.Path(track["ripped_path"]) for track in shown]

    def check_idle(self, tracks):
        """Nothing runs again."""
        self.assertGreaterEqual(len(self.tool_starts()), tracks)
        before = self.tool_starts()
        self.assertEqual(self.finished(self.process("--resume", code=5)), [])
        self.assertEqual(self.tool_starts(), before)

    def name(self, disc, key, *title):
        (self.home / "library").mkdir()
        folder = self.person / ".config/amphi"
        folder.mkdir(parents=True)
        section, name = key.split(".")
        (folder / "config.toml").write_text(f'[{section}]\n{name} = "{self.home}/library"\n')
        self.amphi("disc", "edit", disc, *title)

    # --- whether players find their way

    def check_seekable(self, path):
        """The front of the file says all: its one SeekHead, which comes first, names Tracks, Info, Cues and whatever else there is
        where it is, and Tracks come before the pictures; mkvinfo reads it all. Answers {id: place in the file}."""
        begin, parts = ebml.level_1(path.read_bytes())
        kinds = [kind for kind, _, _ in parts]
        self.assertEqual([at for at, kind in enumerate(kinds) if kind == ebml.SEEKHEAD], [0], path)
        named = ebml.seek_entries(parts[0][2])
        there = [(kind, at) for kind, at, _ in parts if kind not in (ebml.SEEKHEAD, ebml.VOID, matroska.CLUSTER)]
        self.assertEqual(sorted(named), sorted(there), path)
        self.assertLessEqual({ebml.INFO, ebml.TRACKS, ebml.CUES}, {kind for kind, _ in named}, path)
        self.assertLess(kinds.index(ebml.TRACKS), kinds.index(matroska.CLUSTER), f"{path}: who reads from the front waits for Tracks")
        seen = subprocess.run(["mkvinfo", "--all", path], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.assertEqual(seen.returncode, 0, seen.stdout + seen.stderr)
        self.assertIn("+ Cues", seen.stdout)
        return {kind: begin + at for kind, at in named}


class Video(PlainRoad):
    def road(self, name):
        made = self.go(self.short_disc(name), 2, "library.movies", "--title", "A Title That Came Later", "--year", "2001")
        for path in (*made[0], *made[1]):
            self.check_seekable(path)
        return made

    def test_pal(self):
        self.road("short-pal")

    def test_ntsc(self):
        self.road("short-ntsc")

    def test_bluray_720(self):
        self.road("short-720")

    def test_bluray_1080(self):
        _, (rip, _) = self.road("short-1080")   # a picture to jump to every second
        data = bytearray(rip.read_bytes())
        at = self.check_seekable(rip)[ebml.CUES]
        size, after = matroska.number(data, at + 4, False)
        width = after - at - 1
        data[at:after] = b"\xec" + (1 << 7 * width | size).to_bytes(width, "big")
        without = self.home / "without-cues.mkv"
        without.write_bytes(data)
        self.assertLess(self.read_for_a_jump(rip), 0.75 * self.read_for_a_jump(without))

    @staticmethod
    def read_for_a_jump(path):
        """Bytes that ffmpeg reads of the file to begin near its end."""
        jump = ["ffmpeg", "-nostdin", "-v", "verbose", "-probesize", "50000", "-analyzeduration", "0", "-ss", "3.5", "-i", path,
                "-map", "0:a:0", "-c", "copy", "-f", "null", "-"]
        said = subprocess.run(jump, capture_output=True, text=True, check=True).stderr
        return int(re.findall(r"Statistics: (\d+) bytes read", said)[0])


    def test_twelve_streams(self):
        """Their languages and flags need more room in front than HandBrake leaves."""
        (film,), (rip,) = self.go(self.short_disc("short-full"), 1, "library.movies", "--title", "A Title", "--year", "2001")
        for path in (film, rip):
            self.check_seekable(path)

    def test_twelve_streams_and_a_title_by_ffmpeg(self):
        folder = self.person / ".config/amphi"
        folder.mkdir(parents=True)
        (self.home / "library").mkdir()
        (folder / "config.toml").write_text(f'[library]\nmovies = "{self.home}/library"\n[transcode]\nengine = "ffmpeg"\n')
        disc = self.json("disc", "scan", self.short_disc("short-full"))["disc"]["id"]
        self.amphi("disc", "edit", disc, "--title", "Twelve & More", "--year", "2001")
        events = self.process(disc)
        self.assertEqual([stage for _, stage in self.finished(events)], ["rip", "transcode", "insert"])
        track = self.json("disc", "show", disc)["tracks"][0]
        self.check_seekable(pathlib.Path(track["inserted_path"]))
        self.amphi("track", "verify", "--probe", f"{disc}:{track['track_number']}")


class Sound(PlainRoad):
    def test_cd(self):
        self.go(self.make_cd(self.home, 4, 5), 2, "library.music", "--title", "An Album", "--show-name", "A Band", "--year", "1999")


if __name__ == "__main__":
    harness.main()
