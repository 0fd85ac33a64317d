#include <algorithm>
#include <filesystem>
#include <set>

#include "amphi/classify.hpp"
#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "base/digest.hpp"
#include "environment.hpp"
#include "process/locks.hpp"
#include "support.hpp"

namespace amphi::test {
namespace {

struct SurveyTest : testing::Test {
  Home home;
  Catalog catalog = open_catalog(home);
  Scanned scanned = scan_fixture(catalog, home);
  TrackId track = scanned.track(1);

  Receipt put(const std::string& root, const std::string& relative, Stage stage) {
    return put_artifact(home, catalog, track, root, relative, stage);
  }
  TrackReport report(Look look = Look::kDisk) {
    for (auto& each : survey_disc(catalog, home.config, scanned.disc, look).tracks)
      if (each.snapshot.id == track) return each;
    throw std::runtime_error("no such track");
  }
  StageAnswer verify_rip(const VerifyOptions& options) {
    StageAnswer rip;
    verify_tracks(catalog, home.config, {track}, options,
                  [&](const TrackAnswer& answer, const TrackSnapshot&) { rip = answer.stages[Stage::kRip]; });
    return rip;
  }
  // Another pressing with the same tracks, given `title`.
  DiscId scan_other(const std::string& print, const std::string& title) {
    auto disc = read_disc(make_source(home.path("disc.iso")));
    disc.fingerprint = "dvd-" + print;
    disc.identifiers = {{"amphi", disc.fingerprint}};
    const auto id = catalog.store_scan(disc, classify(disc)).disc_id;
    Edit edit;
    edit.disc.title = title;
    edit.disc.year = 2020;
    catalog.apply_edit(id, edit);
    return id;
  }
  Plan plan(PlanInput::Mode mode = PlanInput::Mode::kAsked) {
    return plan_disc(catalog, home.config, scanned.disc, std::vector{track}, Stage::kInsert, mode);
  }
};

TEST_F(SurveyTest, an_untouched_track_is_discovered_selected_and_has_nothing_to_reset) {
  const auto found = report();
  EXPECT_EQ(found.status, TrackStatus::kDiscovered);
  EXPECT_TRUE(found.selected);
  EXPECT_FALSE(found.resettable);
}

TEST_F(SurveyTest, the_status_is_that_of_the_last_stage_that_stands) {
  put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  EXPECT_EQ(report().status, TrackStatus::kRipped);
  put("transcoded", "disc/dvd-1.mkv", Stage::kTranscode);
  EXPECT_EQ(report().status, TrackStatus::kTranscoded);
  put("movies", "Fixture (2020)/Fixture (2020).mkv", Stage::kInsert);
  EXPECT_EQ(report().status, TrackStatus::kComplete);
  EXPECT_FALSE(report().selected);
  EXPECT_TRUE(report().resettable);
}

TEST_F(SurveyTest, a_stored_look_does_not_touch_the_disk_and_a_look_is_stored) {
  put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  std::filesystem::remove(home.path("ripped/disc/dvd-1.mkv"));
  EXPECT_EQ(report(Look::kStored).snapshot.stages[Stage::kRip].verdict, Verdict::kDone);
  EXPECT_EQ(report(Look::kDisk).snapshot.stages[Stage::kRip].verdict, Verdict::kMissing);
  EXPECT_EQ(report(Look::kStored).snapshot.stages[Stage::kRip].verdict, Verdict::kMissing);
}

TEST_F(SurveyTest, an_edited_title_leaves_the_file_where_it_is_and_marks_it) {
  const auto place = plan().steps.back().output;
  put("movies", std::filesystem::relative(place, home.path("movies")).string(), Stage::kInsert);
  EXPECT_FALSE(report().snapshot.stages[Stage::kInsert].misplaced);
  Edit edit;
  edit.disc.title = "Another Title";
  catalog.apply_edit(scanned.disc, edit);
  EXPECT_TRUE(report().snapshot.stages[Stage::kInsert].misplaced);
  EXPECT_TRUE(plan().finished());
}

TEST_F(SurveyTest, a_flag_makes_older_artifacts_of_its_stage_and_later_stale) {
  put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  put("transcoded", "disc/dvd-1.mkv", Stage::kTranscode);
  catalog.set_flag(scanned.disc, ReprocessingType::kReTranscode);
  const auto found = report();
  EXPECT_FALSE(found.snapshot.stages[Stage::kRip].stale);
  EXPECT_TRUE(found.snapshot.stages[Stage::kTranscode].stale);
  EXPECT_TRUE(plan().steps.front().replaces);
  catalog.set_flag(scanned.disc, ReprocessingType::kReRip);
  EXPECT_TRUE(report().snapshot.stages[Stage::kRip].stale);
}

TEST_F(SurveyTest, without_a_source_the_rip_waits_and_names_the_disc) {
  std::filesystem::remove(home.path("disc.iso"));
  const auto step = plan().steps.front();
  EXPECT_EQ(step.state, StepState::kWaiting);
  EXPECT_NE(step.reason.find("Fixture"), std::string::npos) << step.reason;
}

TEST_F(SurveyTest, a_drive_with_the_disc_is_found_by_its_fingerprint) {
  std::filesystem::rename(home.path("disc.iso"), home.path("drive"));
  home.config.drives = std::vector{home.path("drive")};
  const auto step = plan().steps.front();
  EXPECT_EQ(step.state, StepState::kReady) << step.reason;
  EXPECT_EQ(step.input, home.path("drive"));
}

TEST_F(SurveyTest, an_unknown_preset_is_named_before_anything_runs) {
  home.config.transcode.preset_dvd = "tinny";
  const auto steps = plan().steps;
  const auto transcode =
      std::find_if(steps.begin(), steps.end(), [](const auto& step) { return step.stage == Stage::kTranscode; });
  ASSERT_NE(transcode, steps.end());
  EXPECT_EQ(transcode->state, StepState::kBlocked);
  EXPECT_NE(transcode->reason.find("tinny"), std::string::npos);
}

TEST_F(SurveyTest, without_a_library_the_insert_waits_and_names_the_key) {
  home.config.library.reset();
  EXPECT_NE(plan().steps.back().reason.find("library.movies"), std::string::npos) << plan().steps.back().reason;
}

TEST_F(SurveyTest, a_running_step_is_running_and_a_dead_one_interrupted) {
  add_intent(catalog, track, make_spec(home, catalog, "ripped", "disc/dvd-1.mkv", Stage::kRip));
  EXPECT_EQ(report().status, TrackStatus::kInterrupted);
  const auto lock = try_track_lock(catalog, track);
  EXPECT_EQ(report().status, TrackStatus::kRunning);
  EXPECT_EQ(plan().steps.front().state, StepState::kWaiting);
}

TEST_F(SurveyTest, drives_tell_known_discs_from_busy_ones) {
  home.config.drives = std::vector{home.path("disc.iso")};
  auto drives = survey_drives(&catalog, home.config);
  ASSERT_EQ(drives.size(), 1U);
  EXPECT_EQ(drives[0].disc, scanned.disc);
  EXPECT_EQ(drives[0].fingerprint, scanned.record.disc.fingerprint);
  const auto lock = try_source_lock(make_source(home.path("disc.iso")));
  drives = survey_drives(&catalog, home.config);
  EXPECT_TRUE(drives[0].busy);
  EXPECT_EQ(resolve_disc(catalog, home.config, std::nullopt), scanned.disc);
}

TEST_F(SurveyTest, a_disc_is_meant_by_fingerprint_or_by_its_source) {
  EXPECT_EQ(resolve_disc(catalog, home.config, home.path("disc.iso")), scanned.disc);
  EXPECT_EQ(resolve_disc(catalog, home.config, scanned.record.disc.fingerprint.substr(0, 12)), scanned.disc);
  EXPECT_THROW(resolve_disc(catalog, home.config, std::nullopt), Error);  // no drive holds anything
}

TEST_F(SurveyTest, discs_that_would_write_the_same_library_file_are_planned_together) {
  const auto same = scan_other(std::string(64, 'a'), "Fixture");
  const auto other = scan_other(std::string(64, 'b'), "Another Film");
  std::vector<std::set<DiscId>> planned;
  std::set<DiscId> blocked;
  plan_discs(catalog, home.config, {scanned.disc, other, same}, Stage::kInsert, [&](const Plan& plan) {
    planned.emplace_back();
    for (const auto& step : plan.steps) {
      planned.back().insert(step.disc_id);
      if (step.state == StepState::kBlocked) blocked.insert(step.disc_id);
    }
  });
  EXPECT_EQ(planned, (std::vector<std::set<DiscId>>{{scanned.disc, same}, {other}}));
  EXPECT_EQ(blocked, (std::set<DiscId>{scanned.disc, same}));
}

TEST_F(SurveyTest, many_looks_are_stored_and_the_last_one_counts) {
  put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  home.write("ripped/disc/dvd-1.mkv", "longer than it was");
  verify_discs(catalog, home.config, {scanned.disc}, {}, [](const TrackAnswer&, const TrackSnapshot&) {});
  EXPECT_EQ(report(Look::kStored).snapshot.stages[Stage::kRip].verdict, Verdict::kChanged);
}

TEST_F(SurveyTest, only_a_worker_that_looked_can_say_that_a_file_changed) {
  put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  VerifyOptions options;
  options.probe = true;
  const Scratch tools;
  const auto verdict_with = [&](const std::string& line) {
    const Environment worker("AMPHI_MEDIA", tools.write_program("worker", "#!/bin/sh\n" + line + "\n"));
    const auto seen = verify_rip(options).verdict;
    return std::pair(seen, report(Look::kStored).snapshot.stages[Stage::kRip].verdict);
  };
  EXPECT_EQ(verdict_with("kill -9 $$"), std::pair(Verdict::kUnreadable, Verdict::kDone));
  EXPECT_EQ(verdict_with(R"(echo '{"event":"error","cause":"source","message":"cannot open it","hint":""}'; exit 1)"),
            std::pair(Verdict::kUnreadable, Verdict::kDone));
  EXPECT_EQ(verdict_with(R"(echo '{"event":"error","cause":"judge","message":"no medium","hint":""}'; exit 1)"),
            std::pair(Verdict::kChanged, Verdict::kChanged));
  const Environment none("AMPHI_MEDIA", "/nowhere/amphi-media");
  EXPECT_THROW(verify_rip(options), Error);
}

TEST_F(SurveyTest, verifying_fills_in_a_digest_and_finds_a_swapped_byte) {
  const auto receipt = put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  VerifyOptions options;
  options.checksum = true;
  const auto first = verify_rip(options);
  EXPECT_EQ(first.verdict, Verdict::kDone);
  EXPECT_TRUE(first.nothing_to_compare);
  EXPECT_FALSE(verify_rip(options).nothing_to_compare);
  EXPECT_EQ(report().snapshot.stages[Stage::kRip].receipt->sha256, sha256_hex("ripped"));
  const auto time = std::filesystem::last_write_time(receipt.path);
  home.write("ripped/disc/dvd-1.mkv", "rippeD");
  std::filesystem::last_write_time(receipt.path, time);
  EXPECT_EQ(verify_rip({}).verdict, Verdict::kDone);
  const auto answer = verify_rip(options);
  EXPECT_EQ(answer.verdict, Verdict::kChanged);
  EXPECT_EQ(report(Look::kStored).snapshot.stages[Stage::kRip].verdict, Verdict::kChanged);
  EXPECT_NE(answer.detail, "");
  EXPECT_FALSE(answer.nothing_to_compare);
}

}  // namespace
}  // namespace amphi::test
