"""Discs named by a copy of TheDiscDB: found, taken, a user's word kept."""

import json
import os

import harness
from discdb_copy import FILM, Identifying, title

BLURAY = harness.FIXTURES / "bluray"


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


if __name__ == "__main__":
    harness.main()
