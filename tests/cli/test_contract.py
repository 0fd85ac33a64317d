"""What scripts rely on: one valid JSON document on stdout, errors on stderr, field names, schemas, pipes."""

import json
import os
import subprocess

import harness

DISC = set("""id fingerprint kind volume_label title year imdb_id tmdb_id media_type show_name edition notes state
needs_reprocessing reprocessing_type track_count scanned_at source identifiers""".split())
TRACK = set("""id disc_id track_number reference track_type track_name edition language season episode episode_end
duration_seconds size_bytes resolution chapter_count segment_map audio_tracks subtitle_tracks classification preset_name
wanted ripped_path transcoded_path inserted_path ripped_exists transcoded_exists inserted_exists stages status selected
resettable""".split())
STEP = set("id track_id stage state after reason input output tool".split())


class Contract(harness.AmphiTest):
    def test_disc_show(self):
        document = self.json("disc", "show", self.scan())
        self.assertEqual(set(document) & {"schema", "disc", "tracks"}, {"schema", "disc", "tracks"})
        self.assertEqual(document["schema"], "amphi.disc.show/1")
        self.assertLessEqual(DISC, set(document["disc"]))
        for track in document["tracks"]:
            self.assertLessEqual(TRACK, set(track))
            self.assertEqual(set(track["stages"]), {"rip", "transcode", "insert"})
            self.assertLessEqual({"score", "confidence", "reasons"}, set(track["classification"]))
            for stage in track["stages"].values():
                self.assertLessEqual({"state", "path", "size_bytes", "checked_at"}, set(stage))
        self.assertRegex(document["disc"]["scanned_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")

    def test_every_document_is_a_single_one(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "rip")
        track = str(self.track(disc, 4)["id"])
        documents = {
            "amphi.status/1": ["status"], "amphi.disc.list/1": ["disc", "list"],
            "amphi.disc.show/1": ["disc", "show", disc],
            "amphi.disc.fingerprint/1": ["disc", "fingerprint", harness.PAL / "disc.iso"],
            "amphi.track.show/1": ["track", "show", track], "amphi.plan/1": ["plan", disc],
            "amphi.history/1": ["history"], "amphi.config.show/1": ["config", "show"],
            "amphi.drive.list/1": ["drive", "list"], "amphi.track.verify/1": ["track", "verify", track],
        }
        for schema, command in documents.items():
            with self.subTest(schema=schema):
                result = self.amphi(*command, "--json", code=None)
                self.assertIn(result.code, (0, 3), repr(result))
                self.assertEqual(result.json["schema"], schema)
                described = self.amphi("schema", schema.removeprefix("amphi.").removesuffix("/1")).json
                self.assertLessEqual(set(described["required"]), set(result.json))

    def test_plan_and_fingerprint_fields(self):
        disc = self.scan()
        plan = self.json("plan", disc)
        self.assertTrue(plan["steps"])
        for step in plan["steps"]:
            self.assertLessEqual(STEP, set(step))
            self.assertIn(step["state"], ("ready", "after", "waiting", "blocked"))
        fingerprint = self.json("disc", "fingerprint", harness.PAL / "disc.iso")
        self.assertLessEqual({"schema", "fingerprint", "kind", "volume_label", "identifiers"}, set(fingerprint))
        kinds = {i["kind"]: i["value"] for i in fingerprint["identifiers"]}
        self.assertEqual(kinds["dvd-disc-id"], "45E55078D9468F0F2426CC58077ACC11")
        self.assertEqual(kinds["amphi"], fingerprint["fingerprint"])
        self.assertIn("thediscdb-content-hash", kinds)

    def test_process_prints_json_lines(self):
        events = self.process(self.scan(), "--tracks", "4")
        for event in events:
            self.assertLessEqual({"event", "time", "track_id", "stage"}, set(event))
            self.assertIn(event["event"], ("plan", "step_started", "progress", "step_finished", "step_failed", "summary"))
        self.assertEqual(events[0]["event"], "plan")
        self.assertEqual(events[-1]["event"], "summary")

    def test_options_work_before_and_after_the_verb(self):
        disc = str(self.scan())
        one = self.amphi("--json", "disc", "show", disc).json
        two = self.amphi("disc", "--json", "show", disc).json
        three = self.amphi("disc", "show", disc, "--json").json
        for document in (one, two, three):
            for track in document["tracks"]:
                for stage in track["stages"].values():
                    stage.pop("checked_at")
        self.assertEqual(one, two)
        self.assertEqual(two, three)

    def test_a_disc_is_found_by_any_name(self):
        disc = self.scan()
        fingerprint = self.json("disc", "fingerprint", harness.PAL / "disc.iso")
        names = [str(disc), fingerprint["fingerprint"], fingerprint["fingerprint"][:11], fingerprint["fingerprint"][4:10],
                 str(harness.PAL / "disc.iso"), str(harness.PAL / "dvd")]
        names += [i["value"] for i in fingerprint["identifiers"]]
        for name in names:
            self.assertEqual(self.json("disc", "show", name)["disc"]["id"], disc, name)

    def test_a_file_called_like_a_disc_does_not_hide_it(self):
        disc = self.scan()
        (self.home / str(disc)).write_text("no disc")
        self.assertEqual(self.json("disc", "show", disc, cwd=self.home)["disc"]["id"], disc)
        self.assertEqual(self.json("disc", "show", self.image.name, cwd=self.home)["disc"]["id"], disc)

    def test_track_path_is_alone_on_a_line(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "rip")
        out = self.amphi("track", "path", f"{disc}:4", "--stage", "rip").out
        self.assertEqual(out, self.track(disc, 4)["ripped_path"] + "\n")
        self.amphi("track", "path", f"{disc}:4", "--stage", "insert", code=3)

    def test_nothing_recorded_is_not_a_success(self):
        disc = self.scan()
        self.amphi("track", "verify", f"{disc}:4", code=3)
        self.amphi("track", "verify", f"{disc}:4", "--stage", "rip", code=3)

    def test_adopt_takes_a_file_after_probing_it(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "rip")
        other = self.home / "mine.mkv"
        other.write_bytes(open(self.track(disc, 4)["ripped_path"], "rb").read())
        self.amphi("track", "adopt", f"{disc}:4", "--stage", "transcode", other)
        self.assertEqual(self.states(disc, 4), ("done", "done", "pending"))
        self.assertEqual(self.track(disc, 4)["transcoded_path"], str(other))
        bad = self.home / "bad.mkv"
        bad.write_text("no medium")
        self.amphi("track", "adopt", f"{disc}:5", "--stage", "rip", bad, code=None)
        self.assertEqual(self.states(disc, 5), ("pending",) * 3)
        self.amphi("track", "reset", f"{disc}:4", "--yes", code=None)
        self.assertTrue(other.exists())   # outside the configured folders: never deleted

    def test_adopt_refuses_a_file_that_is_recorded_elsewhere(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "rip")
        rip = self.track(disc, 4)["ripped_path"]
        self.assertIn("as the rip of this track",
                      self.error("track", "adopt", f"{disc}:4", "--stage", "insert", rip, code=2)["message"])
        self.assertIn("of another track",
                      self.error("track", "adopt", f"{disc}:5", "--stage", "rip", rip, code=2)["message"])
        self.assertEqual(self.states(disc, 4), ("done", "pending", "pending"))
        self.amphi("track", "adopt", f"{disc}:4", "--stage", "rip")   # as it is now
        self.assertEqual(self.states(disc, 4), ("done", "pending", "pending"))

    def test_forget_keeps_files_unless_told(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4")
        before = self.tree()
        self.amphi("disc", "forget", disc, "--yes")
        self.assertEqual(self.tree(), before)
        self.assertEqual(self.json("disc", "list")["discs"], [])
        self.amphi("disc", "show", disc, code=4)

    def test_a_closed_pipe_ends_a_listing_quietly(self):
        self.scan()
        out = subprocess.run(f"{harness.BIN} --config {self.config} disc show 1 | true; echo ${{PIPESTATUS[0]}}",
                             shell=True, executable="/bin/bash", env=self.env, capture_output=True, text=True)
        self.assertEqual(out.stderr, "")

    def test_icons_can_be_read_without_colour(self):
        disc = self.scan()
        self.want_only(disc, 4)
        self.process(disc)
        os.unlink(self.track(disc, 4)["inserted_path"])
        out = self.amphi("disc", "show", disc, "--ascii", code=None).out
        self.assertRegex(out, r"R\+ ?T\+ ?I!")
        self.assertNotIn("\x1b", out)
        self.assertIn("📺", self.amphi("disc", "show", disc, code=None).out)

    def test_history_tells_what_was_done(self):
        disc = self.scan()
        self.process(disc, "--tracks", "4", "--until", "rip")
        events = [e["event"] for e in self.json("history", disc)["history"]]
        for event in ("scanned", "edited", "requested", "ripped"):
            self.assertIn(event, events)

    def test_config_init_show_check(self):
        path = self.home / "config/amphi/config.toml"
        completed = subprocess.run([harness.BIN, "config", "init"], env=self.env, capture_output=True, text=True)
        self.assertEqual(completed.returncode, 0, completed.stderr)
        self.assertTrue(path.exists())
        self.assertEqual(subprocess.run([harness.BIN, "config", "check"], env=self.env).returncode, 0)
        self.assertEqual(subprocess.run([harness.BIN, "config", "init"], env=self.env, capture_output=True).returncode, 2)
        origins = {k["key"]: k["origin"] for k in self.json("config", "show")["settings"]}
        self.assertIn("config.toml:", origins["folders.ripped"])
        self.assertEqual(origins["transcode.jobs"], "default")

    def test_the_step_is_plumbing_a_person_can_use(self):
        self.error("step", "run", self.home / "nothing.json", code=6)
        spec = self.home / "spec.json"
        spec.write_text('{"schema": "amphi.step.spec/1"}')
        self.error("step", "run", spec, code=2)


if __name__ == "__main__":
    harness.main()
