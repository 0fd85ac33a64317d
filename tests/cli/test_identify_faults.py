"""What is broken in a copy of TheDiscDB is said; the README's words of it; real discs."""

import json
import os
import pathlib
import re
import shlex
import sqlite3

import harness
from discdb_copy import FILM, Identifying, title


class Faults(Identifying):
    def test_no_folder_no_data_no_disc(self):
        disc = self.scan(title=None)
        self.assertIn("https://github.com/TheDiscDb/data", self.error("disc", "identify", disc, code=2)["hint"])
        self.error("disc", "identify", disc, "--from", self.home / "nowhere", code=6)
        self.error("disc", "identify", disc, "--from", self.config, code=6)
        self.assertIn("neither movie nor series", self.error("disc", "identify", disc, "--from", self.home / "movies", code=2)["message"])
        error = self.refused(disc, code=4)
        self.assertIn(self.hash_of(self.image), error["message"])
        self.assertIn("git pull", error["hint"])
        self.refused("9999", code=4)

    def test_a_disc_without_a_name_to_look_for(self):
        disc = self.json("disc", "scan", "toc:1 3 2625 150 750 1575")["disc"]["id"]
        self.assertIn("audio CD", self.refused(disc, code=4)["hint"])

    def test_a_broken_file_beside_it_is_a_warning(self):
        disc, path = self.scan_and_describe()
        broken = path.with_name("disc02.json")
        broken.write_text('{"Index": 2, "Titles": [')
        document = self.json("disc", "identify", disc, "--from", self.copy.folder)
        self.assertEqual(document["discs"][0]["title"], "The Test Film")
        self.assertEqual(len(document["warnings"]), 1)
        self.assertIn(str(broken), document["warnings"][0])
        # Where it could be the disc that is looked for, the error says so.
        path.unlink()
        self.assertIn("could not be read", self.refused_with_warning(disc)["hint"])

    def refused_with_warning(self, disc):
        plain = self.amphi("disc", "identify", disc, "--from", self.copy.folder, code=4)
        self.assertIn("warning:", plain.err)
        return json.loads(self.amphi("disc", "identify", disc, "--from", self.copy.folder, "--json", code=4).err)

    def test_the_discs_own_file_is_broken(self):
        disc, path = self.scan_and_describe()
        whole = path.read_text()
        path.write_text(whole[:-20])
        error = self.refused(disc, code=2)
        self.assertIn(f"{path} is not JSON: error at byte", error["message"])
        # Another release has it whole.
        other = self.copy.release(path.parent.parent, "2010-box")
        (other / "disc01.json").write_text(whole)
        found = self.identify(disc, code=3)
        self.assertTrue(found["partial"])
        self.assertEqual(found["title"], "The Test Film")
        self.assertIn(str(path), found["missing"][0])

    def test_metadata_is_missing_or_broken(self):
        for spoil in (lambda path: path.unlink(), lambda path: path.write_text("[1]"), lambda path: path.write_bytes(b"\xff\xfe")):
            with self.subTest():
                disc, path = self.scan_and_describe()
                self.amphi("disc", "forget", disc, "--yes")
                disc = self.scan(title=None)
                spoil(path.parent.parent / "metadata.json")
                found = self.identify(disc, code=3)
                self.assertIn("metadata.json", found["missing"][0])
                self.assertIn("title, year and ids are not taken", found["missing"][0])
                self.assertIsNone(found["title"])
                self.assertEqual(self.names(disc)[2], ("Theatrical Trailer", "trailers"))
                self.assertIn("warning:", self.amphi("disc", "identify", disc, "--from", self.copy.folder, code=3).err)

    def test_a_track_that_contradicts_is_not_taken(self):
        disc, _ = self.scan_and_describe([*FILM[:3], title("04", "0:46:06", "An Hour", "Featurette")])
        found = self.identify(disc, code=3)
        self.assertEqual(found["untaken"], ["track 4 lasts 0:06 here and 46:06 in TheDiscDB, so it is not their 'An Hour'"])
        self.assertEqual(self.names(disc)[4], (None, "other"))
        self.assertEqual(self.names(disc)[2][0], "Theatrical Trailer")

    def test_links_are_not_followed_and_pipes_hold_nothing_up(self):
        disc, path = self.scan_and_describe()
        (path.parent / "loop").symlink_to(self.copy.data)
        elsewhere = self.home / "elsewhere"
        (elsewhere / "release").mkdir(parents=True)
        path.rename(elsewhere / "release/disc01.json")
        (self.copy.data / "movie/Linked (2001)").symlink_to(elsewhere)
        path.symlink_to(elsewhere / "release/disc01.json")
        os.mkfifo(path.with_name("disc07.json"))
        (path.parent / "disc08.json").mkdir()
        plain = self.amphi("disc", "identify", disc, "--from", self.copy.folder, code=4, timeout=20)
        self.assertIn("symbolic links in it were not followed", plain.err)

    def test_other_files_of_theirs_are_no_discs(self):
        disc, path = self.scan_and_describe()
        for name in ("disc01.odm.json", "disc02.placeholder.json", "disc03.ref", "boxset.json"):
            (path.parent / name).write_text("{")
        document = self.json("disc", "identify", disc, "--from", self.copy.folder)
        self.assertEqual((document["warnings"], document["discs"][0]["files"]), ([], [str(path.relative_to(self.copy.data))]))

    def test_hostile_texts_become_legal_names(self):
        disc, path = self.scan_and_describe([title("04", "0:00:06", "../../\u202eetc/\u0000passwd\u001b[31m", "Trailer")])
        self.copy.work(**{"ExternalIds": "none", "Title": "../.."})
        tracks = {t["track_number"]: t for t in self.identify(disc, "--preview")["tracks"]}
        relative = pathlib.PurePath(tracks[4]["library_path"]).relative_to(self.home / "movies")
        self.assertEqual(len(relative.parts), 3)
        self.assertNotIn("..", relative.parts)
        self.assertNotIn("\x1b", self.amphi("disc", "identify", disc, "--from", self.copy.folder, "--preview", "--color", "never").out)

    def test_a_file_of_many_megabytes_is_not_read(self):
        disc, path = self.scan_and_describe()
        with open(path.with_name("disc02.json"), "w") as large:
            large.truncate(20 << 20)
        document = self.json("disc", "identify", disc, "--from", self.copy.folder)
        self.assertIn("is larger than", document["warnings"][0])
        self.assertEqual(document["discs"][0]["title"], "The Test Film")

    def test_a_catalog_that_stays_locked_is_busy(self):
        disc, _ = self.scan_and_describe()
        holder = sqlite3.connect(self.home / "catalog.db", isolation_level=None)
        self.addCleanup(holder.close)
        holder.execute("BEGIN EXCLUSIVE")
        self.amphi("disc", "identify", disc, "--from", self.copy.folder, code=7, timeout=120)
        holder.execute("ROLLBACK")
        self.assertEqual(self.names(disc)[2][0], None)


class Readme(Identifying):
    """The README's example, command by command. AMPHI_ACCEPT=1 writes what was seen."""

    def test_it_prints_what_it_shows(self):
        readme = harness.ROOT / "README.md"
        section = readme.read_text().split("\n## Names from TheDiscDB\n", 1)[1].split("\n## ", 1)[0]
        shown = re.search(r"```console\n(.*?)```", section, re.S).group(1)
        self.scan(title=None)
        self.amphi("track", "edit", "1:4", "--track-name", "My Trailer")
        work = self.copy.work(title="Nosferatu", year=1922, ExternalIds={"Imdb": "tt0013442", "Tmdb": "653"})
        self.copy.disc(self.copy.release(work, "2007-dvd", "2007 DVD"), self.hash_of(self.image), [
            title("01", "0:01:30", "Nosferatu", "MainMovie"), title("02", "0:00:30", "Murnau in Wismar", "Featurette"),
            title("04", "0:00:06", "Trailer", "Trailer"), title("05", "0:00:08", "Deleted Scene", "DeletedScene")])
        seen = []
        for entry in re.split(r"(?m)^\$ ", shown)[1:]:
            line, _, expected = entry.partition("\n")
            words = shlex.split(line.replace("~", str(self.home)))
            self.assertEqual(words[0], "amphi")
            printed = self.amphi(*words[1:]).out.replace(f"{self.home}/movies", "/srv/media/Movies")
            seen.append(f"$ {line}\n{printed}")
            if not os.environ.get("AMPHI_ACCEPT"):
                self.assertEqual([l.split() for l in printed.splitlines() if l], [l.split() for l in expected.splitlines() if l], line)
        if os.environ.get("AMPHI_ACCEPT"):
            readme.write_text(readme.read_text().replace(shown, "\n".join(seen)))


class RealDiscs(Identifying):
    """Where real files of TheDiscDB are at hand: the titles that people named are found on the discs of the scan logs."""

    def test_every_named_title_is_found(self):
        logs = pathlib.Path(os.environ.get("AMPHI_TEST_DATA", harness.ROOT / "../shared/data")) / "makemkv-logs"
        files = sorted(logs.glob("*/disc*.json"))
        if not files:
            self.skipTest(f"no real files in {logs}")
        for number, path in enumerate(files):
            with self.subTest(path.parent.name):
                disc = self.json("disc", "scan", path.with_suffix(".txt"))["disc"]["id"]
                release = self.copy.release(self.copy.work(title=f"Film {number}"))
                (release / path.name).write_bytes(path.read_bytes())
                found = self.identify(disc)
                named = [t["Item"]["Title"] for t in json.loads(path.read_text())["Titles"] if "Item" in t]
                self.assertEqual([t["track_name"] for t in found["tracks"] if t["track_name"]], named)
                self.assertEqual((found["untaken"], found["not_on_disc"]), ([], []))


if __name__ == "__main__":
    harness.main()
