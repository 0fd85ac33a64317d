"""Discs named by a copy of TheDiscDB: found, taken, a user's word kept, and what is broken there said."""

import hashlib
import json
import os
import pathlib
import re
import shlex
import sqlite3

import harness

BLURAY = harness.FIXTURES / "bluray"


class Copy:
    """A folder in the shape of TheDiscDB's data; what is in it is made up."""

    def __init__(self, folder):
        self.folder = folder
        self.data = folder / "data"
        (self.data / "movie").mkdir(parents=True)

    def work(self, kind="movie", title="The Test Film", year=2001, **changes):
        folder = self.data / kind / f"{title} ({year})"
        folder.mkdir(parents=True, exist_ok=True)
        slug = f"{title.lower().replace(' ', '-')}-{year}"
        metadata = {"Title": title, "FullTitle": f"{title} ({year})", "Slug": slug, "Year": year, "RuntimeMinutes": 0,
                    "Type": "Series" if kind == "series" else "Movie", "ExternalIds": {"Tmdb": "4242", "Imdb": "tt7654321"}}
        (folder / "metadata.json").write_text(json.dumps({**metadata, **changes}))
        return folder

    def release(self, work, slug="2001-dvd", title="2001 DVD"):
        folder = work / slug
        folder.mkdir(exist_ok=True)
        (folder / "release.json").write_text(json.dumps({"Slug": slug, "Title": title, "Year": 2001, "Locale": "en-us"}))
        (folder / "front.jpg").write_bytes(b"\xff\xd8")
        return folder

    def disc(self, release, content_hash, titles, number=1, **changes):
        disc = {"Index": number, "Slug": "dvd", "Name": "DVD", "Format": "DVD", "ContentHash": content_hash, "Titles": titles}
        path = release / f"disc{number:02}.json"
        path.write_text(json.dumps({**disc, **changes}, indent=2))
        path.with_suffix(".txt").write_text("MSG:1005,0,1\n")
        return path


def title(source, duration, name=None, kind="Extra", segments="1", **numbers):
    made = {"Index": 0, "Comment": "title.mkv", "SourceFile": source, "SegmentMap": segments, "Duration": duration, "Size": 5,
            "Tracks": [{"Index": 0, "Name": "Mpeg2", "Type": "Video", "Resolution": "720x576"}]}
    if name:
        made["Item"] = {"Title": name, "Type": kind, "Chapters": [], **numbers}
    return made


FILM = [title("01", "0:01:30", "The Test Film", "MainMovie", "1-12"), title("02", "0:00:30", "Theatrical Trailer", "Trailer"),
        title("03", "0:00:12"), title("04", "0:00:06", "Night: Shots", "DeletedScene"), title("05", "0:00:08", "A Look Behind")]


class Identifying(harness.AmphiTest):
    """What every class here needs."""

    def setUp(self):
        super().setUp()
        self.copy = Copy(self.home / "thediscdb")

    def hash_of(self, source):
        found = {i["kind"]: i["value"] for i in self.json("disc", "fingerprint", source)["identifiers"]}
        return found["thediscdb-content-hash"]

    def scan_and_describe(self, titles=FILM):
        """The PAL disc in the catalog without a title, and in the copy with these titles; its id and its file there."""
        disc = self.scan(title=None)
        release = self.copy.release(self.copy.work())
        return disc, self.copy.disc(release, self.hash_of(self.image), titles)

    def identify(self, *args, code=0):
        """The one disc's part of the document."""
        document = self.json("disc", "identify", *args, "--from", self.copy.folder, code=code)
        self.assertEqual(document["schema"], "amphi.disc.identify/1")
        return document["discs"][0]

    def refused(self, *args, code):
        return self.error("disc", "identify", *args, "--from", self.copy.folder, code=code)

    def names(self, disc):
        return {t["track_number"]: (t["track_name"], t["track_type"]) for t in self.json("disc", "show", disc)["tracks"]}

    def catalog_digest(self):
        return hashlib.sha256((self.home / "catalog.db").read_bytes()).hexdigest()

    def events(self, disc):
        return [e["event"] for e in self.json("history", disc, "--limit", "0")["history"]]


class Film(Identifying):
    def test_title_ids_and_tracks_are_taken(self):
        disc, path = self.scan_and_describe()
        found = self.identify(disc)
        self.assertEqual(found["found_by"], "thediscdb-content-hash")
        self.assertEqual(found["files"], [str(path.relative_to(self.copy.data))])
        self.assertEqual(found["releases"], ["the-test-film-2001/2001-dvd"])
        self.assertFalse(found["partial"])
        shown = self.json("disc", "show", disc)["disc"]
        self.assertEqual([shown[f] for f in ("title", "year", "imdb_id", "tmdb_id", "media_type", "show_name", "edition")],
                         ["The Test Film", 2001, "tt7654321", "4242", "movie", None, None])
        self.assertEqual(self.names(disc), {1: ("The Test Film", "main_feature"), 2: ("Theatrical Trailer", "trailers"),
                                            3: (None, "other"), 4: ("Night: Shots", "deleted_scenes"),
                                            5: ("A Look Behind", "featurettes")})
        changes = {(c["track_number"], c["field"]): (c["now"], c["proposed"]) for c in found["changes"]}
        self.assertEqual(changes[None, "year"], (None, "2001"))
        self.assertEqual(changes[2, "track_type"], (None, "trailers"))
        self.assertEqual({t["track_number"]: t["matched_by"] for t in found["tracks"]},
                         {1: "source file", 2: "source file", 3: None, 4: "source file", 5: "source file"})
        self.assertEqual(self.events(disc)[0], "identified")

    def test_a_second_run_changes_nothing(self):
        disc, _ = self.scan_and_describe()
        self.identify(disc)
        before = self.events(disc)
        again = self.identify(disc)
        self.assertEqual((again["changes"], again["kept"]), ([], []))
        self.assertEqual(self.events(disc), before)
        self.assertIn("nothing new", self.amphi("disc", "identify", disc, "--from", self.copy.folder).out)

    def test_what_was_edited_by_hand_is_kept_unless_forced(self):
        disc, _ = self.scan_and_describe()
        self.amphi("disc", "edit", disc, "--title", "My Film")
        self.amphi("track", "edit", f"{disc}:2", "--track-name", "My Trailer", "--track-type", "featurettes")
        found = self.identify(disc)
        kept = {(k["track_number"], k["field"]): (k["now"], k["proposed"]) for k in found["kept"]}
        self.assertEqual(kept, {(None, "title"): ("My Film", "The Test Film"), (2, "track_name"): ("My Trailer", "Theatrical Trailer"),
                                (2, "track_type"): ("featurettes", "trailers")})
        self.assertEqual(self.json("disc", "show", disc)["disc"]["year"], 2001)
        self.assertEqual(self.names(disc)[2], ("My Trailer", "featurettes"))
        self.assertEqual(self.names(disc)[4], ("Night: Shots", "deleted_scenes"))
        out = self.amphi("disc", "identify", disc, "--from", self.copy.folder).out
        self.assertIn("title kept, said by hand: My Film (TheDiscDB: The Test Film)", out)
        self.assertIn("track 2 track_name kept", out)
        forced = self.identify(disc, "--force")
        self.assertEqual(forced["kept"], [])
        self.assertEqual(self.json("disc", "show", disc)["disc"]["title"], "The Test Film")
        self.assertEqual(self.names(disc)[2], ("Theatrical Trailer", "trailers"))

    def test_what_was_identified_follows_the_copy_until_a_hand_changes_it(self):
        disc, path = self.scan_and_describe()
        self.identify(disc)
        path.write_text(path.read_text().replace("Theatrical Trailer", "First Trailer").replace("Night: Shots", "Dusk"))
        self.amphi("track", "edit", f"{disc}:4", "--track-name", "Mine")
        found = self.identify(disc)
        self.assertEqual([(c["field"], c["now"], c["proposed"]) for c in found["changes"]],
                         [("track_name", "Theatrical Trailer", "First Trailer")])
        self.assertEqual([(k["field"], k["now"], k["proposed"]) for k in found["kept"]], [("track_name", "Mine", "Dusk")])
        # The same value, said by hand: from now on it is the user's.
        self.amphi("track", "edit", f"{disc}:2", "--track-name", "Another")
        self.amphi("track", "edit", f"{disc}:2", "--track-name", "First Trailer")
        path.write_text(path.read_text().replace("First Trailer", "Last Trailer"))
        self.assertEqual(len(self.identify(disc)["kept"]), 2)
        self.assertEqual(self.names(disc)[2][0], "First Trailer")

    def test_preview_writes_nothing_and_names_what_process_makes(self):
        disc, _ = self.scan_and_describe()
        before, files = self.catalog_digest(), sorted(self.home.rglob("*"))
        preview = self.identify(disc, "--preview")
        self.amphi("disc", "identify", disc, "--from", self.copy.folder, "--preview")
        self.assertEqual(self.catalog_digest(), before)
        self.assertEqual(sorted(self.home.rglob("*")), files)
        paths = {t["track_number"]: t["library_path"] for t in preview["tracks"]}
        folder = f"{self.home}/movies/The Test Film (2001) {{imdb-tt7654321}}"
        self.assertEqual(paths[4], f"{folder}/Deleted Scenes/Night - Shots.mkv")
        self.assertEqual(paths[3], f"{folder}/Other/Extra 3.mkv")
        self.identify(disc)
        self.process(disc, "--tracks", "4,5")
        self.assertEqual([self.track(disc, n)["inserted_path"] for n in (4, 5)], [paths[4], paths[5]])
        self.assertTrue(all(os.path.exists(paths[n]) for n in (4, 5)))

    def test_the_preview_is_for_reading(self):
        disc, _ = self.scan_and_describe()
        self.amphi("track", "edit", f"{disc}:5", "--track-name", "Mine")
        out = self.amphi("disc", "identify", disc, "--from", self.copy.folder, "--preview").out
        self.assertIn("title: The Test Film\n", out)
        self.assertIn("track 5 track_name kept, said by hand: Mine (TheDiscDB: A Look Behind)", out)
        self.assertRegex(out, r"(?m)^2  Theatrical Trailer +trailers +0:30 +source file +track_type, track_name +/.*/Trailers/Theatrical Trailer\.mkv$")

    def test_two_films_of_one_name_are_told(self):
        disc, _ = self.scan_and_describe([title("01", "0:01:30", "The Test Film", "MainMovie", "1-12"),
                                          title("02", "0:00:30", "The Test Film", "MainMovie"),
                                          title("04", "0:00:06", "The Test Film (French)", "MainMovie")])
        tracks = {t["track_number"]: t for t in self.identify(disc, "--preview")["tracks"]}
        self.assertEqual((tracks[1]["same_name_as"], tracks[2]["same_name_as"], tracks[4]["same_name_as"]), (2, 1, None))
        self.assertIn("{edition-French}", tracks[4]["library_path"])
        told = self.amphi("disc", "identify", disc, "--from", self.copy.folder).err
        self.assertIn("tracks 1 and 2 would have the same name", told)

    def test_the_folder_may_be_configured_and_be_the_data_itself(self):
        disc, _ = self.scan_and_describe()
        self.error("disc", "identify", disc, code=2)
        self.write_config(f'[identify]\nthediscdb = "{self.copy.data}"\n')
        document = self.json("disc", "identify", disc)
        self.assertEqual(document["data"], str(self.copy.data))
        self.assertEqual(self.json("disc", "show", disc)["disc"]["title"], "The Test Film")

    def test_hashes_count_without_case_and_disc_ids_find_it_too(self):
        disc, path = self.scan_and_describe()
        found = json.loads(path.read_text())
        path.write_text(json.dumps({**found, "ContentHash": found["ContentHash"].lower()}))
        self.assertEqual(self.identify(disc, "--preview")["found_by"], "thediscdb-content-hash")
        ids = {i["kind"]: i["value"] for i in self.json("disc", "show", disc)["disc"]["identifiers"]}
        path.write_text(json.dumps({**found, "ContentHash": "0" * 32, "GlobalDiscId": ids["dvd-disc-id"]}))
        self.assertEqual(self.identify(disc)["found_by"], "dvd-disc-id")

    def test_an_edition_is_the_films_and_not_the_packages(self):
        disc, path = self.scan_and_describe()
        self.copy.release(path.parent.parent, title="2001 Limited Collector's Edition DVD")
        self.assertEqual(self.identify(disc, "--preview")["edition"], None)
        self.copy.release(path.parent.parent, title="The Director's Cut DVD")
        self.assertEqual(self.identify(disc)["edition"], "Director's Cut")

    def test_json_is_as_the_schema_says(self):
        disc, _ = self.scan_and_describe()
        self.amphi("disc", "edit", disc, "--title", "Mine")
        document = self.json("disc", "identify", disc, "--from", self.copy.folder, "--preview")
        schema = self.json("schema", "disc.identify")
        found = document["discs"][0]
        for value, described in ((document, schema), (found, schema["$defs"]["identification"]),
                                 (found["tracks"][0], schema["$defs"]["identified_track"]),
                                 (found["changes"][0], schema["$defs"]["field_decision"]),
                                 (found["kept"][0], schema["$defs"]["field_decision"])):
            self.assertEqual(set(value), set(described["properties"]))
            self.assertEqual(set(value), set(described["required"]))
        lines = self.amphi("disc", "identify", disc, "--from", self.copy.folder, "--preview", "--jsonl").lines
        self.assertEqual(lines, document["discs"])

    def test_all_discs_of_the_catalog_at_once(self):
        disc, _ = self.scan_and_describe()
        other = self.json("disc", "scan", BLURAY / "disc.iso")["disc"]["id"]
        document = self.json("disc", "identify", "--all", "--from", self.copy.folder)
        found = {d["disc_id"]: d for d in document["discs"]}
        self.assertEqual(found[disc]["title"], "The Test Film")
        self.assertIn("is not in TheDiscDB's copy", found[other]["trouble"])
        self.error("disc", "identify", disc, "--all", "--from", self.copy.folder, code=2)


class BlurayAndShow(Identifying):
    def test_playlists_and_clips_by_source_file_and_by_clips(self):
        disc = self.json("disc", "scan", BLURAY / "disc.iso")["disc"]["id"]
        titles = [title("00000.mpls", "0:03:10", "The Test Film", "MainMovie", "0"), title("00001.m2ts", "0:00:20", "A Teaser", "Trailer"),
                  title("00020.m2ts", "0:00:06", "Interview with a Tree", "Interview", "20")]
        release = self.copy.release(self.copy.work(), "2001-blu-ray", "2001 Blu-ray")
        self.copy.disc(release, self.hash_of(BLURAY / "disc.iso"), titles, Format="Blu-ray")
        found = self.identify(disc)
        by = {t["reference"]: (t["matched_by"], t["track_type"], t["track_name"]) for t in found["tracks"] if t["matched_by"]}
        self.assertEqual(by, {"mpls:00000": ("source file", "main_feature", "The Test Film"),
                              "mpls:00001": ("segment map", "trailers", "A Teaser"),
                              "m2ts:00020": ("source file", "interviews", "Interview with a Tree")})
        self.assertEqual(found["not_on_disc"], [])

    def test_a_show_has_seasons_and_episodes_and_process_puts_them_there(self):
        disc = self.scan(title=None)
        release = self.copy.release(self.copy.work("series", "The Show"), "season-1", "Season 1")
        self.copy.disc(release, self.hash_of(self.image), [
            title("02", "0:00:30", "Two at Once", "Episode", Season="1", Episode="1-2"),
            title("04", "0:00:06", "The Third", "Episode", Season="1", Episode="3"),
            title("05", "0:00:08", "Third, Deleted", "DeletedScene", Season="1", Episode="3")])
        found = self.identify(disc)
        self.assertEqual((found["title"], found["show_name"], found["media_type"]), ("The Show", "The Show", "tv"))
        tracks = {t["track_number"]: t for t in found["tracks"]}
        self.assertEqual([tracks[2][f] for f in ("season", "episode", "episode_end")], [1, 1, 2])
        self.assertEqual([tracks[5][f] for f in ("track_type", "season", "episode")], ["deleted_scenes", 1, None])
        season = f"{self.home}/shows/The Show (2001) {{imdb-tt7654321}}/Season 01"
        self.assertEqual(tracks[2]["library_path"], f"{season}/The Show (2001) - s01e01-e02 - Two at Once.mkv")
        self.process(disc, "--tracks", "4,5")
        self.assertEqual([self.track(disc, n)["inserted_path"] for n in (4, 5)],
                         [f"{season}/The Show (2001) - s01e03 - The Third.mkv", f"{season}/Deleted Scenes/Third, Deleted.mkv"])

    def test_a_show_needs_no_release_and_a_film_does(self):
        disc = self.scan(title=None)
        release = self.copy.release(self.copy.work("series", "The Show"), "season-1", "Season 1")
        path = self.copy.disc(release, self.hash_of(self.image), [title("04", "0:00:06", "The Third", "Episode", Season="1", Episode="3")])
        (release / "release.json").unlink()
        self.assertEqual(self.identify(disc, "--preview")["releases"], ["the-show-2001/season-1"])
        film = self.copy.work() / "2001-dvd"
        film.mkdir()
        path.rename(film / "disc01.json")
        self.assertIn("no edition is taken", self.identify(disc, "--preview", code=3)["missing"][0])

    def test_a_number_said_by_hand_keeps_the_others(self):
        disc = self.scan(title=None)
        release = self.copy.release(self.copy.work("series", "The Show"), "season-1", "Season 1")
        self.copy.disc(release, self.hash_of(self.image), [title("04", "0:00:06", "The Third", "Episode", Season="1", Episode="3")])
        self.amphi("track", "edit", f"{disc}:4", "--season", "2", "--episode", "9")
        found = self.identify(disc)
        self.assertEqual([k["field"] for k in found["kept"]], ["season", "episode"])
        track = self.track(disc, 4)
        self.assertEqual((track["season"], track["episode"], track["track_name"]), (2, 9, "The Third"))

    def test_without_a_library_names_are_relative(self):
        self.library = False
        self.write_config()
        disc, _ = self.scan_and_describe()
        tracks = {t["track_number"]: t for t in self.identify(disc, "--preview")["tracks"]}
        self.assertEqual(tracks[4]["library_path"], "The Test Film (2001) {imdb-tt7654321}/Deleted Scenes/Night - Shots.mkv")
        self.assertEqual(tracks[4]["missing_key"], "library.movies")
        out = self.amphi("disc", "identify", disc, "--from", self.copy.folder, "--preview").out
        self.assertIn("library.movies is not configured: names are beneath it, in the layout of plex", out)


class Releases(Identifying):
    """The same disc in several boxes."""

    def describe_twice(self, second_titles=FILM, second_release="2010-box"):
        disc, path = self.scan_and_describe()
        other = self.copy.release(path.parent.parent, second_release, "2010 Box")
        self.copy.disc(other, self.hash_of(self.image), second_titles, 3)
        return disc

    def test_those_that_agree_are_one(self):
        disc = self.describe_twice([*FILM[:3], title("03", "0:00:12", "Only Here")])
        found = self.identify(disc)
        self.assertEqual(len(found["files"]), 2)
        self.assertEqual(self.names(disc)[2][0], "Theatrical Trailer")

    def test_those_that_do_not_are_for_the_user_to_choose(self):
        disc = self.describe_twice([title("02", "0:00:30", "Trailer B", "Trailer")])
        before = self.catalog_digest()
        error = self.refused(disc, code=4)
        self.assertEqual(error["kind"], "ambiguous")
        self.assertIn("do not agree on track 2 track_name", error["message"])
        self.assertEqual(error["candidates"], ["the-test-film-2001/2001-dvd", "the-test-film-2001/2010-box"])
        self.assertEqual(self.catalog_digest(), before)
        error = self.refused(disc, "--release", "2020-nothing", code=4)
        self.assertEqual(error["candidates"], ["the-test-film-2001/2001-dvd", "the-test-film-2001/2010-box"])
        for name in ("2010-box", "the-test-film-2001/2010-BOX", error["candidates"][1]):
            found = self.identify(disc, "--release", name, "--preview")
            self.assertEqual(found["releases"], ["the-test-film-2001/2010-box"])
        self.identify(disc, "--release", "2010-box")
        self.assertEqual(self.names(disc)[2][0], "Trailer B")
        self.identify(disc, "--release", "2001-dvd")   # another choice: what was identified may change
        self.assertEqual(self.names(disc)[2][0], "Theatrical Trailer")

    def test_two_films_with_the_same_disc(self):
        disc, _ = self.scan_and_describe()
        other = self.copy.release(self.copy.work(title="Another Film", year=1999))
        self.copy.disc(other, self.hash_of(self.image), FILM)
        error = self.refused(disc, code=4)
        self.assertIn("do not agree on title, year", error["message"])
        self.assertEqual(self.identify(disc, "--release", "another-film-1999/2001-dvd")["title"], "Another Film")
        document = self.json("disc", "identify", "--all", "--from", self.copy.folder, code=3)
        self.assertEqual(len(document["discs"][0]["candidates"]), 2)


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
