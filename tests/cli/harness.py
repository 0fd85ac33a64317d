"""What every end-to-end test needs: the real program in a home of its own, on real DVD images.

AMPHI_BIN is the program, AMPHI_FIXTURES the folder that tests/fixtures/prepare.sh filled.
"""

import contextlib
import hashlib
import json
import os
import pathlib
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import wave

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/media"))
import matroska

BIN = os.environ.get("AMPHI_BIN", str(ROOT / ".build/debug/cmd/amphi"))
CRASH_BIN = os.environ.get("AMPHI_CRASH_BIN", str(ROOT / ".build/debug/cmd/amphi-crash"))   # dies where it is told to
FIXTURES = pathlib.Path(os.environ.get("AMPHI_FIXTURES", ROOT / ".cache/fixtures"))
PAL = FIXTURES / "pal"
STAND_INS = ROOT / "tests/stand-ins"
SHORT = {3: 12, 4: 6, 5: 8}  # titles of the fixture that are quick to encode, and their seconds

CONFIG = """\
catalog = "{home}/catalog.db"
drives = {drives}

[folders]
ripped = "{home}/ripped"
transcoded = "{home}/transcoded"

[transcode]
engine = "ffmpeg"
preset.dvd = "tiny"

[transcode.profiles]
tiny = ["-c:v", "libx264", "-vf", "scale=96:80", "-preset", "ultrafast", "-crf", "40", "-c:a", "copy", "-c:s", "copy"]
"""

LIBRARY = """
[library]
layout = "{layout}"
movies = "{home}/movies"
music = "{home}/music"
shows = "{home}/shows"
"""


class Result:
    """What one start of the program gave."""

    def __init__(self, completed):
        self.code = completed.returncode
        self.out = completed.stdout
        self.err = completed.stderr

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class AmphiTest(unittest.TestCase):
    """A temporary home with a configuration, the folders it names, and the program."""

    layout = "plex"
    drives = "[]"
    library = True
    maxDiff = None

    def setUp(self):
        if not (PAL / "disc.iso").exists():
            self.fail(f"{PAL}/disc.iso is not there: run tests/fixtures/prepare.sh")
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="amphi-test-"))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        for name in ("ripped", "transcoded", "movies", "shows", "music", "path"):
            (self.home / name).mkdir()
        self.tool_log = self.home / "tools.log"
        self.env = {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "PATH": f"{self.home}/path:" + os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "AMPHI_TOOL_LOG": str(self.tool_log),
            "TERM": "xterm-256color",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "AMPHI_READER", "AMPHI_MEDIA"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        self.config = self.home / "config.toml"
        self.image = self.copy_of_disc()   # of its own: a rip locks its image, and tests run side by side
        self.write_config()

    def write_config(self, extra="", **changes):
        text = CONFIG.format(home=self.home, drives=self.drives)
        if self.library:
            text += LIBRARY.format(home=self.home, layout=self.layout)
        for old, new in changes.items():
            text = text.replace(old, new)
        self.config.write_text(text + extra)

    def make_cd(self, folder, *seconds, sheet="cd.cue"):
        """An image of an audio CD with a track of noise of each length; answers its cue sheet."""
        lines, at = ['FILE "cd.bin" BINARY'], 0
        with open(folder / "cd.bin", "wb") as image:
            for number, length in enumerate(seconds, 1):
                image.write(random.Random(number).randbytes(length * 75 * 2352))
                lines += [f"  TRACK {number:02} AUDIO", f"    INDEX 01 {at // 60:02}:{at % 60:02}:00"]
                at += length
        (folder / sheet).write_text("\n".join(lines) + "\n")
        return folder / sheet

    def copy_of_disc(self, name="disc.iso"):
        """An image of its own, for tests that damage or lock it."""
        target = self.home / name
        shutil.copyfile(PAL / "disc.iso", target)
        return target

    # --- running

    def amphi(self, *args, code=0, stdin=None, env=None, cwd=None, timeout=300):
        """Runs amphi; `code` is the exit code demanded, None for any."""
        completed = subprocess.run(
            [*self.program_words(), *self.config_words(), *map(str, args)],
            input=stdin, stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True, text=True, env={**self.env, **(env or {})}, cwd=cwd, timeout=timeout)
        result = Result(completed)
        if code is not None:
            self.assertEqual(result.code, code, f"amphi {' '.join(map(str, args))}\n{result!r}")
        return result

    def program_words(self):
        return [BIN]

    def config_words(self):
        return ["--config", str(self.config)]

    def json(self, *args, **kw):
        return self.amphi(*args, "--json", **kw).json

    def error(self, *args, code):
        """Runs a command that must fail: nothing on stdout, one line with a hint on stderr; gives the JSON error."""
        plain = self.amphi(*args, code=code)
        self.assertEqual(plain.out, "", repr(plain))
        lines = [line for line in plain.err.splitlines() if line.strip()]
        self.assertEqual(len(lines), 1, repr(plain))
        as_json = self.amphi(*args, "--json", code=code)
        self.assertEqual(as_json.out, "")
        error = json.loads(as_json.err)
        self.assertEqual(error["exit"], code)
        self.assertEqual(set(error) >= {"kind", "message", "hint", "exit"}, True, error)
        self.assertIn(error["message"], plain.err)
        return error

    # --- the road

    def scan(self, source=None, title="The Test Disc", year=2001):
        """Scans the PAL disc, gives it a title, and answers its id."""
        disc = self.json("disc", "scan", source or self.image)["disc"]
        if title:
            self.amphi("disc", "edit", disc["id"], "--title", title, "--year", year)
        return disc["id"]

    def want_only(self, disc, *numbers):
        for track in self.json("disc", "show", disc)["tracks"]:
            self.amphi("track", "want", track["id"], "yes" if track["track_number"] in numbers else "no")

    def track(self, disc, number):
        for track in self.json("disc", "show", disc, code=None)["tracks"]:
            if track["track_number"] == number:
                return track
        self.fail(f"disc {disc} has no track {number}")

    def states(self, disc, number):
        return tuple(self.track(disc, number)["stages"][s]["state"] for s in ("rip", "transcode", "insert"))

    def process(self, *args, code=0, **kw):
        return self.amphi("process", *args, "--json", code=code, **kw).lines

    def finished(self, events):
        """(track number's id, stage) of every step that ended well."""
        return [(e["track_id"], e["stage"]) for e in events if e["event"] == "step_finished"]

    # --- counting tools

    def count_tools(self, *names):
        """Wrappers on PATH: every start of these tools appends a line to the tool log."""
        for name in names:
            target = self.home / "path" / name
            shutil.copyfile(STAND_INS / "wrap", target)
            target.chmod(0o755)

    def tool_starts(self):
        return self.tool_log.read_text().splitlines() if self.tool_log.exists() else []

    def until_encoding(self):
        for _ in range(400):
            if self.tool_starts():
                return
            time.sleep(0.05)
        self.fail("the encoder never started")

    # --- the disk

    def tree(self, *folders):
        """Every regular file beneath the folders but amphi's own hidden ones: relative name -> SHA-256."""
        found = {}
        for folder in folders or ("ripped", "transcoded", "movies", "shows"):
            base = self.home / folder
            for path in sorted(base.rglob("*")):
                if path.is_file() and ".amphi" not in path.relative_to(base).parts:
                    found[str(path.relative_to(self.home))] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def temporary_files(self):
        return [str(p) for p in self.home.rglob("*") if ".amphi-" in p.name]

    def leftovers(self):
        """What nothing should have left: temporary files, and receipts of nothing that is recorded."""
        left = self.temporary_files()
        with contextlib.closing(sqlite3.connect(self.home / "catalog.db")) as catalog:
            recorded = {step for step, in catalog.execute("SELECT step_id FROM artifact WHERE removed = 0")}
        return left + [str(p) for p in self.home.rglob(".amphi/receipts/*") if p.stem not in recorded]

    def probe(self, path):
        out = subprocess.run(["ffprobe", "-v", "error", "-show_streams", "-show_chapters", "-show_format", "-of", "json",
                              str(path)], capture_output=True, text=True, check=True).stdout
        return json.loads(out)

    def packets(self, path):
        """Codec, number of packets and their digest per stream; by a parser of the tests' own, which is done before
        ffmpeg would have started. Of WAVE and FLAC the samples. ValueError where it is no media file."""
        path = pathlib.Path(path)
        if path.suffix in (".wav", ".flac"):
            return (samples_of(path),)
        try:
            return tuple((track.codec, len(track.blocks), hashlib.sha256(track.payload).hexdigest())
                         for track in matroska.Matroska(path).tracks)
        except (LookupError, TypeError, struct.error) as error:
            raise ValueError(repr(error)) from error


def samples_of(path):
    """"pcm", how many bytes, their digest."""
    if path.suffix == ".flac":
        done = subprocess.run(["flac", "--silent", "--decode", "--stdout", "--force-raw-format", "--endian=little", "--sign=signed",
                               path], capture_output=True)
        if done.returncode:
            raise ValueError(done.stderr.decode(errors="replace"))
        samples = done.stdout
    else:
        with wave.open(str(path)) as opened:
            samples = opened.readframes(opened.getnframes())
            if len(samples) != opened.getnframes() * opened.getsampwidth() * opened.getnchannels():
                raise ValueError("shorter than it says")
    return "pcm", len(samples), hashlib.sha256(samples).hexdigest()


def main():
    unittest.main(verbosity=2)
