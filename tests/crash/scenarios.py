"""What is swept: each entry brings a home into a state, names the command that is disturbed, and says what a user does
next. One short track throughout."""

import pathlib
import shutil
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import harness

OLD_CATALOG = pathlib.Path(__file__).resolve().parents[1] / "upgrade/schema_1.sql"
TRACK = 4   # 6 s
OTHER = 5   # 8 s, finished beforehand where it is there to be left alone


class Scenario:
    """The whole road of one track."""

    fixture = "pal"
    library_elsewhere = False   # on another file system: an insert copies
    preset = "tiny"
    redoes = False              # what is finished is done once more, on purpose
    changes = ()                # beginnings of names of earlier files that the command may replace or delete

    def make_image(self, test):
        image = test.ground.base / "disc.iso"
        if not image.exists():
            shutil.copyfile(harness.FIXTURES / self.fixture / "disc.iso", image)
        return image

    def broken(self, test):
        """What is wrong right after the disturbance, of what only this command has to keep."""
        return []

    def prepare(self, test):
        """Something finished and something of the user's are there before."""
        self.disc = test.scan()
        test.want_only(self.disc, OTHER)
        test.process(self.disc)
        test.want_only(self.disc, TRACK)
        mine = test.home / "transcoded" / "holiday.mkv"
        mine.write_bytes(b"not amphi's" * 1000)

    def command(self, test):
        return ["process", self.disc]

    def again(self, test):
        """What the user does after the disturbance; answers the events."""
        events = test.process("--resume", code=None)
        if test.request_is_missing():
            events += test.process(self.disc, code=None)
        return events


class Fresh(Scenario):
    """The first run of all: folders are marked, everything is made."""

    def prepare(self, test):
        self.disc = test.scan()
        test.want_only(self.disc, TRACK)


class Bluray(Fresh):
    """Three clips become one title; their copies lie in a folder."""

    fixture = "bluray"


class AudioCd(Fresh):
    """WAVE, then FLAC: none of them says where it ends as Matroska does."""

    def make_image(self, test):
        return test.make_cd(test.ground.base, 2, 2, 2, 3)

    def prepare(self, test):
        super().prepare(test)
        test.amphi("disc", "edit", self.disc, "--show-name", "An Artist")


class Copy(Scenario):
    """The library is on another file system, and the transcode is there."""

    library_elsewhere = True

    def prepare(self, test):
        super().prepare(test)
        test.process(self.disc, "--until", "transcode")


class CopyPreset(Scenario):
    """The disc's own video: the rip itself becomes the library's file."""

    preset = "copy"


class Reset(Scenario):
    changes = (f"ripped/AMPHI_TEST_DISC-dvd-2a71910/dvd-{TRACK}", f"transcoded/AMPHI_TEST_DISC-dvd-2a71910/dvd-{TRACK}",
               f"movies/The Test Disc (2001)/Other/Extra {TRACK}")

    def prepare(self, test):
        super().prepare(test)
        test.process(self.disc)

    def command(self, test):
        return ["track", "reset", f"{self.disc}:{TRACK}", "--yes"]

    def again(self, test):
        events = test.process("--resume", code=None)
        test.amphi(*self.command(test))
        return events


class Reprocess(Reset):
    """The new file takes the old one's place by exchange."""

    redoes = True
    flag = "re-transcode"

    def prepare(self, test):
        super().prepare(test)
        test.want_only(self.disc, TRACK)
        test.amphi("disc", "flag", self.disc, self.flag)
        config = test.config.read_text()   # so that old and new can be told from one another
        test.config.write_text(config.replace('"-crf", "40"', '"-crf", "35"'))

    def command(self, test):
        return ["process", self.disc]

    def again(self, test):
        return Scenario.again(self, test)


class ReprocessAll(Reprocess):
    flag = "re-rip"


class Cleanup(Reset):
    """Rips, and transcodes of which the library has copies."""

    library_elsewhere = True
    changes = ("ripped/AMPHI_TEST_DISC-dvd-2a71910/dvd-", "transcoded/AMPHI_TEST_DISC-dvd-2a71910/dvd-")

    def command(self, test):
        return ["cleanup", "--yes"]


class Flag(Reset):
    def command(self, test):
        return ["disc", "flag", self.disc, "re-transcode"]

    def again(self, test):
        test.amphi(*self.command(test))
        return []


class Edit(Flag):
    changes = ()

    def command(self, test):
        return ["disc", "edit", self.disc, "--title", "Another Name", "--year", 1999, "--imdb-id", "tt0078748"]


class Rescan(Flag):
    """A known disc is merged: edits and receipts survive."""

    changes = ()

    def command(self, test):
        return ["disc", "scan", test.image]


class FirstScan(Flag):
    """The catalog itself is made."""

    changes = ()

    def prepare(self, test):
        pass

    def command(self, test):
        return ["disc", "scan", test.image]


class Migrate(Flag):
    """A catalog of schema 1 becomes one of the newest."""

    changes = ()

    def prepare(self, test):
        script = OLD_CATALOG.read_text()
        with sqlite3.connect(test.catalog) as db:
            db.executescript(script)
        db.close()

    def command(self, test):
        return ["disc", "edit", 4, "--notes", "kept still"]


class Backup(Flag):
    """A new backup takes an older one's place: one that is whole is there throughout."""

    changes = ()

    def prepare(self, test):
        super().prepare(test)
        test.amphi(*self.command(test))

    def command(self, test):
        return ["catalog", "backup", "--keep", 1]

    def again(self, test):
        test.process("--resume", code=None)
        left = [name for name in test.files() if ".amphi-part" in name]
        test.assertEqual(left, [], "resuming leaves it behind")
        return super().again(test)

    def broken(self, test):
        saved = sorted(test.catalog.parent.glob("*.saved"))
        rows = [test.rows_of(path, "SELECT count(*) FROM artifact WHERE NOT removed") for path in saved]
        return [] if saved and all(r == [[(6,)]] for r in rows) else [f"the backups hold {rows}"]


# A new command that changes files or the catalog is one entry more.
ALL = {"fresh": Fresh, "bluray": Bluray, "audio_cd": AudioCd, "road": Scenario, "copy": Copy, "copy_preset": CopyPreset, "reset": Reset,
       "reprocess": Reprocess, "reprocess_all": ReprocessAll, "cleanup": Cleanup, "flag": Flag, "edit": Edit, "rescan": Rescan,
       "first_scan": FirstScan, "migrate": Migrate, "backup": Backup}
