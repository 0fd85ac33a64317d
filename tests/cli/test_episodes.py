"""Series: episodes are numbered over the discs of a set, by hand, by order and by runtimes, and the library names them."""

import json
import pathlib
import subprocess

import harness

EPISODE_BYTES = 4_000_000   # a second


def clock(seconds):
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def log_of(label, titles):
    """What makemkvcon says of a Blu-ray; a title is (playlist, seconds, clips)."""
    lines = [f"TCOUNT:{len(titles)}", 'CINFO:1,6209,"Blu-ray disc"', f'CINFO:32,0,"{label}"']
    for number, (playlist, seconds, clips) in enumerate(titles):
        values = {8: 6, 9: clock(seconds), 11: seconds * EPISODE_BYTES, 16: f"{playlist:05}.mpls", 26: clips}
        lines += [f'TINFO:{number},{key},0,"{value}"' for key, value in values.items()]
        lines += [f'SINFO:{number},0,1,6201,"Video"', f'SINFO:{number},0,19,0,"1920x1080"']
    return "\n".join(lines) + "\n"


class Set(harness.AmphiTest):
    """Discs of one season, known from logs."""

    def scan_log(self, label, titles):
        log = self.home / f"{label}.log"
        log.write_text(log_of(label, titles))
        return str(self.json("disc", "scan", "--from-makemkv-log", log)["disc"]["id"])

    def disc_of(self, label, *lengths):
        """Playlists from 00800 on, each of a clip of its own."""
        return self.scan_log(label, [(800 + i, seconds, str(10 + i)) for i, seconds in enumerate(lengths)])

    def number(self, disc, *args, **kw):
        return self.json("disc", "episodes", disc, *args, **kw)

    @staticmethod
    def told(document):
        return {row["track_number"]: row["code"] for row in document["tracks"]}

    def codes(self, disc):
        """What the catalog says now."""
        return {t["track_number"]: (t["season"], t["episode"], t["episode_end"])
                for t in self.json("disc", "show", disc)["tracks"]}


class Numbering(Set):
    def test_three_discs_of_a_set_continue_the_numbering(self):
        one = self.disc_of("BIG_SHOW_S1_D1", 2640, 2650, 2660)
        two = self.disc_of("BIG_SHOW_S1_D2", 2641, 2651, 2661)
        three = self.disc_of("BIG_SHOW_S1_D3", 2642, 2652)
        first = self.number(one)
        self.assertEqual(first["schema"], "amphi.disc.episodes/1")
        self.assertEqual(self.told(first), {0: "s01e01", 1: "s01e02", 2: "s01e03"})
        self.assertEqual((first["season"], first["season_reason"], first["order"]), (1, "label BIG_SHOW_S1_D1", "disc"))
        self.assertTrue(first["complete"])
        error = self.error("disc", "episodes", three, code=2)
        self.assertEqual(error["message"], "disc 3 of season 1 comes after disc 2, which is not numbered")
        self.assertIn("--first", error["hint"])
        self.assertEqual(self.codes(three), {0: (None, None, None), 1: (None, None, None)})
        second = self.number(two)
        self.assertEqual(self.told(second), {0: "s01e04", 1: "s01e05", 2: "s01e06"})
        self.assertRegex(second["first_reason"], r"^continues after log-[0-9a-f]{7}, s01e03$")
        self.assertEqual(self.told(self.number(three)), {0: "s01e07", 1: "s01e08"})
        self.assertEqual(self.codes(three), {0: (1, 7, None), 1: (1, 8, None)})

    def test_again_changes_nothing_and_tells_no_history(self):
        one, two = self.disc_of("BIG_SHOW_S1_D1", 2640, 2650), self.disc_of("BIG_SHOW_S1_D2", 2641, 2651)
        before = [self.number(disc)["tracks"] for disc in (one, two)]
        edits = len(self.json("history", "--limit", "0")["history"])
        self.assertEqual([self.number(disc)["tracks"] for disc in (one, two)], before)
        self.assertEqual(len(self.json("history", "--limit", "0")["history"]), edits)

    def test_the_document_is_as_its_schema_says(self):
        disc = self.disc_of("BIG_SHOW_S1_D1", 2640, 2650)
        document = self.number(disc, "--runtimes", "-", stdin="44:00 Pilot\n44:10\n20:00 Lost\n", code=3)
        schema = self.amphi("schema", "disc.episodes").json
        self.assertEqual(set(schema["required"]), set(document))
        for part, name in (("tracks", "numbered_track"), ("unmatched", "runtime")):
            self.assertEqual(set(schema["$defs"][name]["properties"]), set(document[part][0]))
        lines = self.amphi("disc", "episodes", disc, "--jsonl").lines
        self.assertEqual([line["code"] for line in lines], ["s01e01", "s01e02"])

    def test_a_dry_run_shows_the_same_and_writes_nothing(self):
        disc = self.disc_of("BIG_SHOW_S1_D1", 2640, 2650)
        dry = self.number(disc, "--dry-run")
        self.assertEqual(self.told(dry), {0: "s01e01", 1: "s01e02"})
        self.assertTrue(dry["dry_run"])
        self.assertEqual(self.codes(disc)[0], (None, None, None))
        self.assertIsNone(self.json("disc", "show", disc)["disc"]["media_type"])
        self.assertEqual(self.number(disc)["tracks"], dry["tracks"])
        self.assertEqual(self.json("disc", "show", disc)["disc"]["media_type"], "tv")

    def test_the_order_of_the_play_all_counts_and_is_told(self):
        titles = [(800, 2640, "11"), (801, 2650, "12"), (802, 2660, "13"), (810, 7950, "12,11,13")]
        disc = self.scan_log("BIG_SHOW_S1_D1", titles)
        self.assertEqual(self.track(disc, 3)["track_type"], "play_all")
        told = self.number(disc)
        self.assertEqual(self.told(told), {1: "s01e01", 0: "s01e02", 2: "s01e03"})
        self.assertEqual((told["order"], told["order_reason"]), ("play_all", "in the order of the play-all, track 3"))
        self.assertEqual(self.told(self.number(disc, "--order", "disc")), {0: "s01e01", 1: "s01e02", 2: "s01e03"})

    def test_season_first_and_tracks_as_asked_for(self):
        disc = self.disc_of("NOTHING_TOLD", 2640, 2650, 2660)
        self.assertIn("which season?", self.error("disc", "episodes", disc, code=2)["message"])
        self.assertEqual(self.told(self.number(disc, "--season", "0", "--first", "3", "--tracks", "1-2")),
                         {1: "s00e03", 2: "s00e04"})
        self.assertEqual(self.codes(disc), {0: (None, None, None), 1: (0, 3, None), 2: (0, 4, None)})
        self.error("disc", "episodes", disc, "--season", "0", "--tracks", "9", code=4)
        self.error("disc", "episodes", disc, "--season", "0", "--tracks", "x", code=2)
        self.error("disc", "episodes", disc, "--season", "10000", code=2)
        self.error("disc", "episodes", disc, "--season", "1", "--order", "list", code=2)

    def test_a_number_that_another_track_has_is_refused_unless_told(self):
        one, two = self.disc_of("BIG_SHOW_S1_D1", 2640, 2650), self.disc_of("BIG_SHOW_S1_D2", 2641, 2651)
        self.number(two, "--first", "2")
        self.assertRegex(self.error("disc", "episodes", one, code=2)["message"], r"^s01e02 is track 0 of log-\w+ already$")
        self.assertEqual(self.codes(one)[0], (None, None, None))
        self.assertFalse(self.number(one, "--first", "1", code=3)["complete"])
        self.assertEqual(self.told(self.number(two)), {0: "s01e03", 1: "s01e04"})

    def test_the_table_and_what_is_missing(self):
        disc = self.disc_of("BIG_SHOW_S1_D1", 2640, 2650)
        page = self.amphi("disc", "episodes", disc)
        self.assertRegex(page.out, r"^BIG_SHOW_S1_D1, log-\w+: season 1 \(label BIG_SHOW_S1_D1\), in the disc's order\n"
                                   r"from episode 1: the label says that it is the first disc\n")
        self.assertRegex(page.out, r"(?m)^0 +episode +44:00 +s01e01 ")
        self.assertRegex(page.err, r"the library needs the show's name: amphi disc edit log-\w+ --show-name 'Big Show'")
        self.assertIsNone(self.json("disc", "show", disc)["disc"]["show_name"])
        shown = self.amphi("disc", "show", disc).out
        self.assertRegex(shown, r"(?m) s01e01 00800\.mpls +episode ")
        self.amphi("track", "edit", f"{disc}:0", "--track-name", "Pilot", "--episode-end", "2")
        self.assertRegex(self.amphi("disc", "show", disc).out, r"(?m) s01e01-e02 Pilot +episode ")


class Runtimes(Set):
    LIST = "# season 1\n44:00 Pilot, Part 1\n44:10 Part 2\n43:20 The Third\n46:00 The Fourth\n44:12 The Fifth\n"

    def test_a_list_tells_doubled_and_missing_episodes(self):
        disc = self.disc_of("BIG_SHOW_S1_D1", 5290, 2762, 2650)
        told = self.number(disc, "--runtimes", "-", stdin=self.LIST, code=3)
        self.assertEqual(self.told(told), {0: "s01e01-e02", 1: "s01e04", 2: "s01e05"})
        self.assertEqual([(line["line"], line["name"]) for line in told["unmatched"]], [(4, "The Third")])
        self.assertFalse(told["complete"])
        self.assertEqual(self.codes(disc), {0: (1, 1, 2), 1: (1, 4, None), 2: (1, 5, None)})
        self.assertEqual(self.track(disc, 1)["track_name"], "The Fourth")
        self.number(disc)   # without the list the range is stale
        self.assertEqual(self.codes(disc), {0: (1, 1, None), 1: (1, 2, None), 2: (1, 3, None)})

    def test_a_file_and_a_track_that_fits_nothing(self):
        disc = self.disc_of("BIG_SHOW_S1_D1", 2640, 2300, 2650)
        path = self.home / "runtimes.txt"
        path.write_text("s01e01 44:00\ns01e02 44:10\ns01e03 44:00\n")
        result = self.amphi("disc", "episodes", disc, "--runtimes", path, code=3)
        self.assertRegex(result.out, r"(?m)^1 +episode +38:20 +fits no runtime: left as it is")
        self.assertEqual(self.codes(disc)[1], (None, None, None))

    def test_alike_lengths_are_told(self):
        disc = self.disc_of("BIG_SHOW_S1_D1", 1320, 1321)
        told = self.number(disc, "--runtimes", "-", stdin="22:00\n22:01\n22:00\n", code=3)
        self.assertEqual(self.told(told), {0: "s01e01", 1: "s01e02"})
        self.assertIn("too alike", " ".join(told["notes"]))

    def test_bad_lists_are_clear_errors(self):
        disc = self.disc_of("BIG_SHOW_S1_D1", 2640, 2650)
        path = self.home / "bad.txt"
        for text, part in ((b"44:00\nlong\n", "line 2"), (b"", "no runtimes"), (b"\xff\xfe4\x004\x00", "line 1"),
                           (b"44:00\n" * 2000, "line 1001")):
            path.write_bytes(text)
            self.assertIn(part, self.error("disc", "episodes", disc, "--runtimes", path, code=2)["message"])
        self.error("disc", "episodes", disc, "--runtimes", self.home / "none.txt", code=6)
        self.error("disc", "episodes", disc, "--runtimes", self.home, code=6)
        self.assertEqual(self.codes(disc)[0], (None, None, None))


class Readme(Set):
    """What the README shows of a series, command by command."""

    def test_its_commands_print_what_it_shows(self):
        (self.home / "path/amphi").write_text(f'#!/bin/sh\nexec {harness.BIN} --config {self.config} "$@"\n')
        (self.home / "path/amphi").chmod(0o755)
        self.disc_of("FIREFLY_S1_D1", 5172, 2640, 2625)
        self.scan_log("FIREFLY_S1_D2", [(800, 2641, "11"), (801, 2600, "12"), (810, 5241, "12,11")])
        for disc in ("1", "2"):
            self.amphi("disc", "edit", disc, "--show-name", "Firefly")
        section = (harness.ROOT / "README.md").read_text().split("\n## Series\n", 1)[1].split("\n## ", 1)[0]
        shown = section.split("```console\n", 1)[1].split("```", 1)[0]
        entries = [entry.partition("\n") for entry in shown.split("$ ")[1:]]
        (self.home / "list.txt").write_text(entries[0][2].rstrip("\n") + "\n")
        for line, _, expected in entries:
            done = subprocess.run(["bash", "-c", line], env=self.env, cwd=self.home, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""), line)
            self.assertEqual(done.stdout.rstrip("\n"), expected.rstrip("\n"), line)


class Library(harness.AmphiTest):
    """Where episodes end up: the same names in both layouts, but for the ids of the folder."""

    folder = "The Show (2001) {tmdb-1437}"

    def outputs(self, disc):
        """Track number -> where its insert would go, beneath the shows."""
        steps = [s for s in self.json("plan", disc)["steps"] if s["stage"] == "insert" and s["output"]]
        numbers = {t["id"]: t["track_number"] for t in self.json("disc", "show", disc)["tracks"]}
        return {numbers[s["track_id"]]: str(pathlib.Path(s["output"]).relative_to(self.home / "shows")) for s in steps}

    def scan_show(self):
        disc = str(self.scan(title=None))
        self.amphi("disc", "edit", disc, "--show-name", "The Show", "--year", "2001", "--tmdb-id", "1437")
        return disc

    def test_numbered_tracks_are_inserted_under_their_numbers(self):
        disc = self.scan_show()
        self.json("disc", "episodes", disc, "--season", "1", "--first", "5", "--tracks", "4,5")
        self.amphi("track", "edit", f"{disc}:4", "--track-name", "The Train Job")
        self.process(disc, "--tracks", "4")
        self.assertEqual(self.track(disc, 4)["inserted_path"],
                         f"{self.home}/shows/{self.folder}/Season 01/The Show (2001) - s01e05 - The Train Job.mkv")
        self.assertTrue(self.track(disc, 4)["inserted_exists"])
        self.assertEqual(self.outputs(disc)[5], f"{self.folder}/Season 01/The Show (2001) - s01e06.mkv")

    def test_ranges_and_specials_by_edits(self):
        disc = self.scan_show()
        ids = {t["track_number"]: t["id"] for t in self.json("disc", "show", disc)["tracks"]}
        patch = {"disc": {"media_type": "tv"},
                 "tracks": [{"id": ids[2], "season": 1, "episode": 1, "episode_end": 2, "track_type": "episode"},
                            {"id": ids[3], "season": 0, "episode": 3, "track_type": "episode", "track_name": "Extra"}]}
        self.amphi("disc", "edit", disc, "--patch", "-", stdin=json.dumps(patch))
        self.amphi("track", "edit", f"{disc}:4", "--season", "1", "--track-type", "trailers", "--track-name", "Promo")
        outputs = self.outputs(disc)
        self.assertEqual(outputs[2], f"{self.folder}/Season 01/The Show (2001) - s01e01-e02.mkv")
        self.assertEqual(outputs[3], f"{self.folder}/Season 00/The Show (2001) - s00e03 - Extra.mkv")
        self.assertEqual(outputs[4], f"{self.folder}/Season 01/Trailers/Promo.mkv")
        self.assertEqual(self.error("track", "edit", f"{disc}:2", "--episode", "3", code=2)["message"],
                         f"track {ids[2]}: episode_end 2 is before episode 3")
        self.json("disc", "episodes", disc, "--season", "1", "--first", "7", "--tracks", "2")
        self.assertEqual(self.outputs(disc)[2], f"{self.folder}/Season 01/The Show (2001) - s01e07.mkv")

    def test_a_disc_without_episodes_says_so(self):
        disc = self.scan_show()
        error = self.error("disc", "episodes", disc, "--season", "1", code=4)
        self.assertEqual(error["message"], "no track of the disc is an episode")
        self.assertIn("--tracks", error["hint"])

    def test_a_main_feature_of_a_show_waits_for_its_number(self):
        disc = self.scan_show()
        self.amphi("disc", "edit", disc, "--media-type", "tv")
        reasons = [s["reason"] for s in self.json("plan", disc)["steps"]
                   if s["stage"] == "insert" and s["track_id"] == self.track(disc, 1)["id"]]
        self.assertIn("season", " ".join(reasons))


class JellyfinLibrary(Library):
    layout = "jellyfin"
    folder = "The Show (2001) [tmdbid-1437]"


if __name__ == "__main__":
    harness.main()
