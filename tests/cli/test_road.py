"""The main job: a disc image goes in, a library comes out."""

import os
import pathlib
import shutil

import harness


class Road(harness.AmphiTest):
    def test_one_title_goes_the_whole_road(self):
        disc = self.scan()
        events = self.process(disc, "--tracks", "4")
        self.assertEqual([stage for _, stage in self.finished(events)], ["rip", "transcode", "insert"])
        self.assertEqual(events[-1]["event"], "summary")
        track = self.track(disc, 4)
        self.assertEqual(track["status"], "complete")
        self.assertTrue(track["inserted_exists"])
        self.assertTrue(pathlib.Path(track["inserted_path"]).is_relative_to(self.home / "movies"))
        self.assertEqual(os.stat(track["inserted_path"]).st_ino, os.stat(track["transcoded_path"]).st_ino)
        self.assertEqual(self.leftovers(), [])
        # There is nothing to compare with the first time; the digests taken then count from now on.
        self.amphi("track", "verify", track["id"], "--probe", "--checksum", code=3)
        self.amphi("track", "verify", track["id"], "--probe", "--checksum")

    def test_main_feature_lands_under_its_title(self):
        disc = self.scan(title="Alien", year=1979)
        self.amphi("disc", "edit", disc, "--imdb-id", "tt0078748")
        self.process(disc, "--tracks", "1")
        track = self.track(disc, 1)
        name = "Alien (1979) {imdb-tt0078748}"
        self.assertEqual(track["track_type"], "main_feature")
        self.assertEqual(pathlib.Path(track["inserted_path"]).relative_to(self.home / "movies").parts[0][:12],
                         "Alien (1979)")
        self.assertIn(name, track["inserted_path"])
        media = self.probe(track["inserted_path"])
        languages = [s["tags"].get("language") for s in media["streams"] if s["codec_type"] == "audio"]
        self.assertEqual(languages, ["eng", "ger"])
        self.assertEqual(len(media["chapters"]), 12)

    def test_a_finished_step_is_never_done_again(self):
        self.count_tools("ffmpeg")
        disc = self.scan()
        self.process(disc, "--tracks", "4")
        before, starts = self.tree(), self.tool_starts()
        self.assertEqual(self.finished(self.process(disc, "--tracks", "4")), [])
        self.assertEqual(self.finished(self.process("--resume")), [])
        self.assertEqual(self.tree(), before)
        self.assertEqual(self.tool_starts(), starts)

    def test_plan_and_process_do_exactly_what_is_left(self):
        disc = self.scan()
        self.want_only(disc, 2, 3, 4, 5)
        self.process(disc, "--tracks", "4")                          # complete
        self.process(disc, "--tracks", "5", "--until", "transcode")  # transcoded only
        self.process(disc, "--tracks", "3", "--until", "rip")        # ripped only; 2 is untouched
        ids = {t["track_number"]: t["id"] for t in self.json("disc", "show", disc)["tracks"]}
        expected = {(ids[5], "insert"), (ids[3], "transcode"), (ids[3], "insert"),
                    (ids[2], "rip"), (ids[2], "transcode"), (ids[2], "insert")}
        shown = {t["track_number"]: t for t in self.json("disc", "show", disc)["tracks"]}
        self.assertEqual([shown[n]["status"] for n in (4, 5, 3, 2)],
                         ["complete", "transcoded", "ripped", "discovered"])
        self.assertEqual([shown[n]["selected"] for n in (4, 5, 3, 2)], [False, True, True, True])
        self.assertEqual([shown[n]["resettable"] for n in (4, 5, 3, 2)], [True, True, True, False])
        plan = self.json("plan", disc)["steps"]
        self.assertEqual({(s["track_id"], s["stage"]) for s in plan}, expected)
        self.assertEqual(set(self.finished(self.process(disc))), expected)
        self.assertEqual(self.json("plan", disc)["steps"], [])
        self.assertEqual(self.json("disc", "show", disc)["disc"]["state"], "complete")

    def test_deleted_files_turn_missing_and_are_made_again_when_asked_for(self):
        disc = self.scan()
        self.want_only(disc, 4)
        self.process(disc)
        track = self.track(disc, 4)
        for stage in ("ripped", "transcoded", "inserted"):
            os.unlink(track[f"{stage}_path"])
        self.assertEqual(self.states(disc, 4), ("missing",) * 3)
        self.assertEqual(self.track(disc, 4)["inserted_exists"], False)
        self.amphi("track", "verify", track["id"], code=3)
        self.assertEqual(self.finished(self.process("--resume")), [])   # resuming never undoes a deletion
        self.assertEqual(len(self.finished(self.process(disc, "--tracks", "4"))), 3)
        self.assertEqual(self.states(disc, 4), ("done",) * 3)

    def test_only_the_inserted_file_is_gone(self):
        disc = self.scan()
        self.want_only(disc, 4)
        self.process(disc)
        os.unlink(self.track(disc, 4)["inserted_path"])
        self.assertEqual(self.states(disc, 4), ("done", "done", "missing"))
        events = self.process(disc, "--tracks", "4")
        self.assertEqual([s for _, s in self.finished(events)], ["insert"])

    def test_reset_deletes_clears_and_works_again(self):
        disc = self.scan()
        self.want_only(disc, 4)
        self.process(disc)
        track = self.track(disc, 4)
        self.amphi("track", "reset", track["id"], code=2)   # nobody to ask: needs --yes
        self.assertEqual(self.states(disc, 4), ("done",) * 3)
        self.amphi("track", "reset", track["id"], "--yes")
        after = self.track(disc, 4)
        self.assertEqual((after["status"], after["ripped_path"], after["transcoded_path"], after["inserted_path"]),
                         ("discovered", None, None, None))
        self.assertEqual(self.tree(), {})
        self.assertEqual(len(self.finished(self.process(disc))), 3)

    def test_reset_from_a_stage_keeps_what_came_before(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4")
        track = self.track(disc, 4)
        self.amphi("track", "reset", track["id"], "--from", "transcode", "--yes")
        self.assertEqual(self.states(disc, 4), ("done", "pending", "pending"))
        self.assertTrue(os.path.exists(track["ripped_path"]))
        self.assertFalse(os.path.exists(track["inserted_path"]))

    def test_the_folder_the_image_and_a_moved_image_are_one_disc(self):
        first = self.scan()
        self.assertEqual(self.scan(harness.PAL / "dvd", title=None), first)
        self.assertEqual(self.scan(self.copy_of_disc("moved.iso"), title=None), first)
        shown = self.json("disc", "show", first)
        self.assertEqual(shown["disc"]["title"], "The Test Disc")
        self.assertEqual([t["track_number"] for t in shown["tracks"]], [1, 2, 3, 4, 5])

    def test_a_rip_from_a_folder_has_the_same_packets_as_one_from_the_image(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "rip")
        image = self.packets(self.track(disc, 4)["ripped_path"])
        self.amphi("track", "reset", self.track(disc, 4)["id"], "--yes")
        self.scan(harness.PAL / "dvd", title=None)
        self.process(disc, "--tracks", "4", "--until", "rip")
        self.assertEqual(self.packets(self.track(disc, 4)["ripped_path"]), image)

    def test_edits_are_saved_before_processing(self):
        disc = self.scan(title=None)
        self.process(disc, "--tracks", "4", "--title", "Given While Processing", "--year", "1999")
        self.assertEqual(self.json("disc", "show", disc)["disc"]["title"], "Given While Processing")
        self.assertIn("Given While Processing (1999)", self.track(disc, 4)["inserted_path"])

    def test_dry_run_changes_nothing(self):
        disc = self.scan()
        self.amphi("process", disc, "--tracks", "4", "--dry-run")
        self.assertEqual(self.tree(), {})
        self.assertEqual(self.states(disc, 4), ("pending",) * 3)
        self.assertEqual(self.finished(self.process("--resume")), [])   # and no request was left behind

    def test_copy_preset_inserts_the_rip_itself(self):
        disc = self.scan()
        track = self.track(disc, 4)
        self.amphi("track", "edit", track["id"], "--preset-name", "copy")
        events = self.process(disc, "--tracks", "4")
        self.assertEqual([s for _, s in self.finished(events)], ["rip", "insert"])
        track = self.track(disc, 4)
        self.assertEqual(track["status"], "complete")
        self.assertEqual(os.stat(track["inserted_path"]).st_ino, os.stat(track["ripped_path"]).st_ino)

    def test_every_kind_of_extra_has_its_folder(self):
        disc = self.scan(title="Film", year=2010)
        folders = {"featurettes": "Featurettes", "deleted_scenes": "Deleted Scenes", "interviews": "Interviews",
                   "behind_the_scenes": "Behind The Scenes", "scenes": "Scenes", "shorts": "Shorts",
                   "trailers": "Trailers", "other": "Other"}
        track = self.track(disc, 4)
        self.amphi("track", "edit", track["id"], "--preset-name", "copy", "--track-name", "A Name")
        self.process(disc, "--tracks", "4", "--until", "rip")
        for kind, folder in folders.items():
            self.amphi("track", "edit", track["id"], "--track-type", kind)
            self.process(disc, "--tracks", "4")
            path = pathlib.Path(self.track(disc, 4)["inserted_path"])
            self.assertEqual((path.parent.name, path.name), (folder, "A Name.mkv"))
            self.amphi("track", "reset", track["id"], "--from", "insert", "--yes")

    def test_two_tracks_for_one_name_are_both_blocked_and_named(self):
        disc = self.scan()
        for number in (4, 5):
            self.amphi("track", "edit", self.track(disc, number)["id"], "--track-name", "Same",
                       "--track-type", "trailers")
        events = self.process(disc, "--tracks", "4,5", code=5)
        self.assertNotIn("insert", [s for _, s in self.finished(events)])
        blocked = [s for s in self.json("plan", disc, code=None)["steps"] if s["state"] == "blocked"]
        self.assertEqual(len([s for s in blocked if s["stage"] == "insert"]), 2)
        self.amphi("track", "edit", self.track(disc, 5)["id"], "--track-name", "Other")
        self.assertEqual([s for _, s in self.finished(self.process("--resume"))], ["insert", "insert"])

    def test_a_file_that_is_there_already_is_never_overwritten(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "transcode")
        plan = [s for s in self.json("plan", disc)["steps"] if s["stage"] == "insert"]
        target = pathlib.Path(next(s["output"] for s in plan if s["track_id"] == self.track(disc, 4)["id"]))
        target.parent.mkdir(parents=True)
        target.write_text("somebody's own file")
        self.process(disc, "--tracks", "4", code=5)
        self.assertEqual(target.read_text(), "somebody's own file")

    def test_reprocessing_replaces_by_exchange(self):
        disc = self.scan()
        self.want_only(disc, 4)
        self.process(disc)
        old = os.stat(self.track(disc, 4)["transcoded_path"]).st_ino
        self.amphi("disc", "flag", disc, "re-transcode")
        self.assertTrue(self.json("disc", "show", disc)["disc"]["needs_reprocessing"])
        events = self.process(disc)
        self.assertEqual([s for _, s in self.finished(events)], ["transcode", "insert"])
        track = self.track(disc, 4)
        self.assertNotEqual(os.stat(track["transcoded_path"]).st_ino, old)
        self.assertEqual(os.stat(track["inserted_path"]).st_ino, os.stat(track["transcoded_path"]).st_ino)
        self.assertEqual(self.leftovers(), [])
        self.assertEqual(self.states(disc, 4), ("done",) * 3)


class Jellyfin(harness.AmphiTest):
    layout = "jellyfin"

    def test_the_other_layout(self):
        disc = self.scan(title="Alien", year=1979)
        self.amphi("disc", "edit", disc, "--imdb-id", "tt0078748")
        self.process(disc, "--tracks", "4", "--until", "rip")
        self.amphi("track", "edit", self.track(disc, 4)["id"], "--track-type", "main_feature", "--preset-name", "copy")
        self.process(disc, "--tracks", "4")
        self.assertIn("[imdbid-tt0078748]", self.track(disc, 4)["inserted_path"])


class Unmounted(harness.AmphiTest):
    def test_an_unmounted_library_changes_nothing(self):
        disc = self.scan()
        self.want_only(disc, 4)
        self.process(disc)
        before = self.tree("ripped", "transcoded")
        mounted = self.home / "movies"
        mounted.rename(self.home / "elsewhere")
        mounted.mkdir()   # the bare mount point
        track = self.track(disc, 4)
        self.assertEqual(track["stages"]["insert"]["state"], "unreadable")
        self.assertIsNone(track["inserted_exists"])
        self.process(disc, "--tracks", "4", code=5)
        self.process("--resume", code=None)
        self.assertEqual(list(mounted.rglob("*")), [])
        self.assertEqual(self.tree("ripped", "transcoded"), before)
        shutil.rmtree(mounted)
        (self.home / "elsewhere").rename(mounted)
        self.assertEqual(self.states(disc, 4), ("done",) * 3)
        self.assertEqual(self.finished(self.process(disc, "--tracks", "4")), [])

    def test_a_library_that_does_not_exist_waits(self):
        shutil.rmtree(self.home / "movies")
        disc = self.scan()
        events = self.process(disc, "--tracks", "4", code=5)
        self.assertEqual([s for _, s in self.finished(events)], ["rip", "transcode"])
        self.assertFalse((self.home / "movies").exists())
        (self.home / "movies").mkdir()
        self.assertEqual([s for _, s in self.finished(self.process("--resume"))], ["insert"])


class NoLibrary(harness.AmphiTest):
    library = False

    def test_without_a_library_the_insert_waits_and_names_the_key(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", code=5)
        self.assertEqual(self.states(disc, 4), ("done", "done", "pending"))
        steps = self.json("plan", disc, code=None)["steps"]
        waiting = [s for s in steps if s["stage"] == "insert" and s["track_id"] == self.track(disc, 4)["id"]]
        self.assertEqual(waiting[0]["state"], "waiting")
        self.assertIn("library", waiting[0]["reason"])


if __name__ == "__main__":
    harness.main()
