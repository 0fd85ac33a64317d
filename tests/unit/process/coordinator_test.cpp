#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "amphi/error.hpp"
#include "base/signals.hpp"
#include "base/text.hpp"
#include "process/locks.hpp"
#include "process/state_folder.hpp"
#include "step/marked_root.hpp"
#include "support.hpp"

namespace amphi::test {
namespace {

using Type = ProcessEvent::Type;

struct CoordinatorTest : testing::Test {
  Home home;
  Catalog catalog = open_catalog(home);
  Scanned scanned = scan_fixture(catalog, home);
  std::vector<ProcessEvent> events;

  void SetUp() override {
    set("AMPHI_TEST_STEPS", "fake");
    set("AMPHI_TEST_LOG", home.path("log"));
    set("AMPHI_TEST_CATALOG", home.config.catalog);
  }
  void TearDown() override {
    for (const auto* name : {"STEPS", "LOG", "CATALOG", "RIP", "TRANSCODE", "INSERT", "OVERLAP"})
      ::unsetenv((std::string("AMPHI_TEST_") + name).c_str());
  }
  static void set(const char* name, const std::string& value) { ::setenv(name, value.c_str(), 1); }

  ProcessOptions asked(const std::vector<int>& numbers) {
    ProcessOptions options;
    for (const auto number : numbers) options.tracks.push_back(scanned.track(number));
    return options;
  }
  static ProcessOptions resumed() {
    ProcessOptions options;
    options.mode = PlanInput::Mode::kResume;
    return options;
  }
  ProcessSummary run(const ProcessOptions& options) {
    events.clear();
    return run_process(catalog, home.config, options, [&](const ProcessEvent& event) {
      events.push_back(event);
      if (on_event) on_event(event);
    });
  }
  std::vector<std::string> log() const {
    auto lines = split(home.read("log"), '\n');
    lines.erase(std::remove(lines.begin(), lines.end(), ""), lines.end());
    return lines;
  }
  long position(const std::string& line) const {
    const auto lines = log();
    return std::find(lines.begin(), lines.end(), line) - lines.begin();
  }
  long count(Type type) const {
    return std::count_if(events.begin(), events.end(), [&](const auto& event) { return event.type == type; });
  }
  Verdict verdict_of(int number, Stage stage) {
    for (const auto& track : survey_disc(catalog, home.config, scanned.disc, Look::kDisk).tracks)
      if (track.snapshot.number == number) return track.snapshot.stages[stage].verdict;
    return Verdict::kPending;
  }
  std::function<void(const ProcessEvent&)> on_event;
};

TEST_F(CoordinatorTest, a_track_goes_through_all_stages_and_the_request_is_finished) {
  const auto summary = run(asked({1}));
  EXPECT_EQ(summary.done, 3);
  EXPECT_FALSE(summary.unfinished());
  EXPECT_EQ(log(), (std::vector<std::string>{"start rip dvd:1", "end rip dvd:1", "start transcode dvd:1",
                                             "end transcode dvd:1", "start insert dvd:1", "end insert dvd:1"}));
  for (const auto stage : kStages) EXPECT_EQ(verdict_of(1, stage), Verdict::kDone);
  EXPECT_TRUE(catalog.unfinished_requests().empty());
  EXPECT_TRUE(catalog.intents().empty());
  EXPECT_TRUE(catalog.running_attempts().empty());
  EXPECT_EQ(events.front().type, Type::kPlan);
  EXPECT_EQ(events.back().type, Type::kSummary);
  EXPECT_GE(count(Type::kProgress), 3);
}

TEST_F(CoordinatorTest, what_is_done_is_not_done_again) {
  run(asked({1}));
  std::filesystem::remove(home.path("log"));
  EXPECT_EQ(run(asked({1})).done, 0);
  EXPECT_TRUE(log().empty());
}

TEST_F(CoordinatorTest, until_ends_where_it_says) {
  auto options = asked({1});
  options.until = Stage::kRip;
  EXPECT_EQ(run(options).done, 1);
  EXPECT_EQ(verdict_of(1, Stage::kTranscode), Verdict::kPending);
}

TEST_F(CoordinatorTest, the_rip_of_the_next_track_overlaps_the_transcode_of_the_last_and_rips_never_each_other) {
  set("AMPHI_TEST_OVERLAP", "1");
  EXPECT_EQ(run(asked({1, 2})).done, 6);
  EXPECT_LT(position("end rip dvd:1"), position("start rip dvd:2"));
  EXPECT_LT(position("start transcode dvd:1"), position("end rip dvd:2"));
}

TEST_F(CoordinatorTest, a_step_that_fails_stops_its_track_only) {
  set("AMPHI_TEST_TRANSCODE", "fail@dvd:1");
  const auto summary = run(asked({1, 2}));
  EXPECT_EQ(summary.failed, 1);
  EXPECT_EQ(summary.done, 4);
  EXPECT_EQ(summary.waiting, 1);  // the insert behind it
  EXPECT_EQ(verdict_of(2, Stage::kInsert), Verdict::kDone);
  const auto failures = catalog.failures(scanned.track(1), Stage::kTranscode);
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0].cause, Cause::kJudge);
  EXPECT_EQ(failures[0].message, "the tool said no");
  EXPECT_EQ(catalog.unfinished_requests().size(), 1U);
}

TEST_F(CoordinatorTest, a_step_that_cannot_be_started_has_failed_and_keeps_nothing) {
  const auto plan = plan_disc(catalog, home.config, scanned.disc, std::vector{scanned.track(1)}, Stage::kRip,
                              PlanInput::Mode::kAsked);
  std::filesystem::create_directories(log_path_of(catalog, plan.steps.at(0).id));
  const auto summary = run(asked({1, 2}));
  EXPECT_EQ(summary.failed, 1);
  EXPECT_EQ(summary.done, 3);  // the other one's, from the same disc
  EXPECT_TRUE(catalog.intents().empty());
  EXPECT_TRUE(catalog.running_attempts().empty());
  EXPECT_EQ(catalog.failures(scanned.track(1), Stage::kRip).size(), 1U);
}

TEST_F(CoordinatorTest, a_failed_step_is_tried_three_times_and_again_when_asked) {
  set("AMPHI_TEST_RIP", "fail");
  run(asked({1}));
  for (int again = 0; again < 4; ++again) run(resumed());
  EXPECT_EQ(log().size(), 3U);
  set("AMPHI_TEST_RIP", "");
  EXPECT_EQ(run(asked({1})).done, 3);
}

TEST_F(CoordinatorTest, a_step_that_ends_well_without_a_receipt_has_failed) {
  set("AMPHI_TEST_RIP", "lie");
  EXPECT_EQ(run(asked({1})).failed, 1);
  EXPECT_EQ(verdict_of(1, Stage::kRip), Verdict::kPending);
}

TEST_F(CoordinatorTest, a_step_that_is_killed_leaves_nothing_and_resuming_ends_it) {
  set("AMPHI_TEST_TRANSCODE", "cut");
  EXPECT_EQ(run(asked({1})).failed, 1);
  EXPECT_TRUE(home.leftovers().empty());
  EXPECT_TRUE(catalog.intents().empty());
  set("AMPHI_TEST_TRANSCODE", "");
  EXPECT_EQ(run(resumed()).done, 2);
}

TEST_F(CoordinatorTest, a_step_without_progress_is_ended) {
  set("AMPHI_TEST_RIP", "hang");
  home.config.watchdog_seconds = 1;
  EXPECT_EQ(run(asked({1})).failed, 1);
  EXPECT_NE(catalog.failures(scanned.track(1), Stage::kRip).at(0).message.find("no progress"), std::string::npos);
}

TEST_F(CoordinatorTest, cancelling_from_another_shell_ends_what_runs) {
  set("AMPHI_TEST_RIP", "cancel");
  const auto summary = run(asked({1, 2}));
  EXPECT_TRUE(summary.cancelled);
  EXPECT_EQ(log().size(), 1U);
  EXPECT_TRUE(catalog.unfinished_requests().empty());
  EXPECT_TRUE(catalog.failures(scanned.track(1), Stage::kRip).empty());
}

TEST_F(CoordinatorTest, the_first_signal_ends_politely_and_the_request_stays) {
  set("AMPHI_TEST_RIP", "hang");
  install_signal_handlers();
  on_event = [raised = false](const ProcessEvent& event) mutable {
    if (event.type == Type::kProgress && !std::exchange(raised, true)) ::raise(SIGTERM);
  };
  const auto summary = run(asked({1}));
  EXPECT_EQ(summary.signal, SIGTERM);
  EXPECT_EQ(summary.failed, 0);
  EXPECT_EQ(catalog.unfinished_requests().size(), 1U);
  EXPECT_TRUE(catalog.intents().empty());
  EXPECT_TRUE(catalog.failures(scanned.track(1), Stage::kRip).empty());
}

TEST_F(CoordinatorTest, what_another_amphi_holds_is_busy_and_the_rest_goes_on) {
  const auto lock = try_track_lock(catalog, scanned.track(1));
  ASSERT_TRUE(lock);
  const auto summary = run(asked({1, 2}));
  EXPECT_EQ(summary.done, 3);
  EXPECT_GT(summary.busy, 0);
  EXPECT_EQ(position("start rip dvd:1"), static_cast<long>(log().size()));
}

TEST_F(CoordinatorTest, when_all_of_it_is_held_the_answer_is_busy) {
  const auto lock = try_source_lock(make_source(home.path("disc.iso")));
  ASSERT_TRUE(lock);
  try {
    run(asked({1}));
    FAIL() << "nothing said busy";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kBusy);
  }
  EXPECT_TRUE(log().empty());
}

TEST_F(CoordinatorTest, a_drive_in_which_another_track_is_read_is_said_to_be_held_by_whom_since_when) {
  auto reading = make_spec(home, catalog, "ripped", "disc/dvd-2.mkv", Stage::kRip);
  reading.source = make_source(home.path("disc.iso"));
  const auto intent = add_intent(catalog, scanned.track(2), reading);
  const auto track = try_track_lock(catalog, scanned.track(2));
  const auto drive = try_source_lock(*reading.source);
  try {
    run(asked({1}));
    FAIL() << "nothing said busy";
  } catch (const Error& error) {
    EXPECT_NE(error.message().find(home.path("disc.iso") + ", " + intent.held_by), std::string::npos)
        << error.message();
  }
}

TEST_F(CoordinatorTest, a_track_whose_step_somebody_started_by_hand_is_busy) {
  const auto spec = make_spec(home, catalog, "ripped", "disc/dvd-1.mkv", Stage::kRip);
  add_intent(catalog, scanned.track(1), spec);
  home.write("ripped/" + spec.output.temporary, "half");
  const auto destination = try_destination_lock(Root::open(spec.output.root), spec.output.relative);
  ASSERT_TRUE(destination);
  EXPECT_GT(run(asked({1, 2})).busy, 0);
  EXPECT_EQ(position("start rip dvd:1"), static_cast<long>(log().size()));
  EXPECT_TRUE(home.has("ripped/" + spec.output.temporary));
}

TEST_F(CoordinatorTest, a_request_that_is_held_is_not_run_twice) {
  const auto request = catalog.add_request({scanned.track(1)}, Stage::kInsert, 0);
  const auto lock = try_request_lock(catalog, request);
  ASSERT_TRUE(lock);
  EXPECT_THROW(run(resumed()), Error);
  EXPECT_TRUE(log().empty());
}

TEST_F(CoordinatorTest, a_file_somebody_put_there_is_adopted_only_when_it_holds) {
  run([&] {
    auto options = asked({1});
    options.until = Stage::kTranscode;
    return options;
  }());
  const auto plan = plan_disc(catalog, home.config, scanned.disc, std::vector{scanned.track(1)}, Stage::kInsert,
                              PlanInput::Mode::kAsked);
  ASSERT_EQ(plan.steps.size(), 1U);
  std::filesystem::create_directories(std::filesystem::path(plan.steps[0].output).parent_path());
  std::ofstream(plan.steps[0].output) << "no film";
  set("AMPHI_TEST_STEPS", "real");
  EXPECT_EQ(run(asked({1})).failed, 1);
  std::ifstream file(plan.steps[0].output);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), "no film");
}

TEST_F(CoordinatorTest, an_unmounted_library_waits_and_nothing_is_made_in_its_place) {
  run(asked({1}));
  std::filesystem::rename(home.path("movies"), home.path("elsewhere"));
  std::filesystem::create_directory(home.path("movies"));
  const auto summary = run(asked({1, 2}));
  EXPECT_EQ(verdict_of(1, Stage::kInsert), Verdict::kUnreadable);
  EXPECT_GT(summary.waiting, 0);
  EXPECT_TRUE(home.files("movies").empty());
}

TEST_F(CoordinatorTest, a_deleted_file_is_made_again_by_asking_and_not_by_resuming) {
  run(asked({1}));
  for (const auto& file : home.files("movies"))
    if (file.ends_with(".mkv")) std::filesystem::remove(home.path(file));
  std::filesystem::remove(home.path("log"));
  EXPECT_EQ(verdict_of(1, Stage::kInsert), Verdict::kMissing);
  EXPECT_EQ(run(resumed()).done, 0);
  EXPECT_EQ(run(asked({1})).done, 1);
  EXPECT_EQ(log().front(), "start insert dvd:1");
}

}  // namespace
}  // namespace amphi::test
