#include <chrono>
#include <filesystem>
#include <future>
#include <thread>

#include "amphi/error.hpp"
#include "base/clock.hpp"
#include "base/publish.hpp"
#include "failing_sync.hpp"
#include "process/locks.hpp"
#include "process/state_folder.hpp"
#include "step/marked_root.hpp"
#include "step/receipts.hpp"
#include "support.hpp"

namespace amphi::test {
namespace {

struct RecoverTest : testing::Test {
  Home home;
  Catalog catalog = open_catalog(home);
  Scanned scanned = scan_fixture(catalog, home);
  TrackId track = scanned.track(1);
  StepSpec spec = make_spec(home, catalog, "ripped", "disc/dvd-1.mkv", Stage::kRip);

  std::optional<StoredArtifact> rip() { return catalog.load_disc(scanned.disc).artifacts[0][Stage::kRip]; }
  void write_temporary(const std::string& text) { home.write("ripped/" + spec.output.temporary, text); }
};

TEST_F(RecoverTest, without_a_receipt_exactly_the_temporary_file_goes) {
  add_intent(catalog, track, spec);
  write_temporary("half");
  home.write("ripped/disc/.other.mkv.amphi-part", "somebody else's");
  EXPECT_EQ(recover(catalog, home.config).size(), 1U);
  EXPECT_FALSE(home.has("ripped/" + spec.output.temporary));
  EXPECT_TRUE(home.has("ripped/disc/.other.mkv.amphi-part"));
  EXPECT_FALSE(rip());
  EXPECT_TRUE(catalog.intents().empty());
}

TEST_F(RecoverTest, a_sealed_temporary_file_is_published_and_committed) {
  leave_receipt(spec, spec.output.temporary, "whole");
  add_intent(catalog, track, spec);
  recover(catalog, home.config);
  EXPECT_EQ(home.read("ripped/disc/dvd-1.mkv"), "whole");
  ASSERT_TRUE(rip());
  EXPECT_EQ(rip()->artifact.receipt.path, home.path("ripped/disc/dvd-1.mkv"));
  EXPECT_TRUE(home.leftovers().empty());
  EXPECT_TRUE(home.has("ripped/" + receipt_name(spec.id)));  // for a catalog that is lost
  EXPECT_TRUE(catalog.intents().empty());
}

TEST_F(RecoverTest, a_published_file_is_committed_and_its_scratch_goes) {
  leave_receipt(spec, spec.output.relative, "whole");
  home.write("ripped/" + spec.output.scratch, "sectors");
  home.write("ripped/" + progress_name(spec.id), "0000000000000001\n");
  add_intent(catalog, track, spec);
  recover(catalog, home.config);
  EXPECT_TRUE(rip());
  EXPECT_TRUE(home.leftovers().empty());
  EXPECT_FALSE(home.has("ripped/" + progress_name(spec.id)));
}

TEST_F(RecoverTest, a_published_name_is_durable_before_the_catalog_has_it) {
  leave_receipt(spec, spec.output.relative, "whole");
  add_intent(catalog, track, spec);
  {
    const FailingSync broken(1);
    const auto said = recover(catalog, home.config);
    EXPECT_TRUE(broken.failed());
    ASSERT_EQ(said.size(), 1U);
    EXPECT_NE(said[0].find("rip of track 1 cannot be settled: "), std::string::npos) << said[0];
  }
  // A second fsync would say yes and mean nothing: the step is done again.
  recover(catalog, home.config);
  EXPECT_FALSE(rip());
  EXPECT_TRUE(catalog.intents().empty());
  EXPECT_FALSE(home.has("ripped/disc/dvd-1.mkv"));
}

TEST_F(RecoverTest, a_refused_fsync_in_an_exchange_gives_the_old_file_its_name_back) {
  const auto folder = home.path("ripped/disc");
  leave_old_file(spec, "the old one");
  leave_receipt(spec, spec.output.temporary, "the new one, longer");
  add_intent(catalog, track, spec);
  {
    const FailingSync broken(1);
    const auto said = recover(catalog, home.config);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_NE(said[0].find("cannot be settled: "), std::string::npos) << said[0];
    EXPECT_EQ(broken.asked().at(0), folder);
  }
  EXPECT_EQ(home.read("ripped/disc/dvd-1.mkv"), "the old one");
  recover(catalog, home.config);
  EXPECT_EQ(home.read("ripped/disc/dvd-1.mkv"), "the old one");
  EXPECT_FALSE(rip());
  EXPECT_TRUE(home.leftovers().empty());
}

TEST_F(RecoverTest, receipts_stay_for_a_catalog_that_is_lost) {
  leave_receipt(spec, spec.output.relative, "whole");
  catalog.commit_artifact(track, *find_receipt(Root::open(spec.output.root), spec.id), std::nullopt);
  auto newer = make_spec(home, catalog, "ripped", "disc/dvd-2.mkv", Stage::kRip);
  newer.id = "0123456789abcdef";
  leave_receipt(newer, newer.output.relative, "another catalog's");
  recover(catalog, home.config);
  EXPECT_TRUE(home.has("ripped/" + receipt_name(spec.id)));
  EXPECT_TRUE(home.has("ripped/" + receipt_name(newer.id)));
}

TEST_F(RecoverTest, a_try_counts_as_interrupted_once_nobody_holds_its_track) {
  Attempt running;
  running.step_id = spec.id;
  running.track_id = track;
  running.stage = Stage::kRip;
  running.outcome = Outcome::kRunning;
  catalog.start_attempt(running);
  {
    const auto alive = try_track_lock(catalog, track);
    recover(catalog, home.config);
    EXPECT_EQ(catalog.running_attempts().size(), 1U);
  }
  recover(catalog, home.config);
  EXPECT_TRUE(catalog.running_attempts().empty());
}

TEST_F(RecoverTest, what_its_owner_ends_while_it_is_waited_for_is_not_settled_again) {
  const auto receipt = leave_receipt(spec, spec.output.relative, "whole");
  const auto intent = add_intent(catalog, track, spec);
  auto lock = try_track_lock(catalog, track);
  auto said = std::async(std::launch::async, [&] {
    Catalog another = open_catalog(home);
    return recover(another, home.config);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(500));  // until it waits for the lock
  catalog.commit_artifact(track, receipt, intent.id);
  lock.reset();
  EXPECT_TRUE(said.get().empty());
  EXPECT_TRUE(rip());
}

TEST_F(RecoverTest, the_specification_goes_with_the_intent) {
  make_state_folder(catalog);
  const auto file = write_spec(catalog, spec);
  add_intent(catalog, track, spec);
  recover(catalog, home.config);
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(RecoverTest, an_intent_that_cannot_be_read_stays_and_hinders_no_other_until_its_track_is_reset) {
  Intent broken;
  broken.step_id = "0123456789abcdef";
  broken.track_id = scanned.track(2);
  broken.stage = Stage::kTranscode;
  broken.spec_json = "{}";
  for (const auto kind : {IntentKind::kMake, IntentKind::kDelete}) {
    broken.kind = kind;
    catalog.add_intent(broken);
  }
  leave_receipt(spec, spec.output.temporary, "whole");
  add_intent(catalog, track, spec);
  const auto said = recover(catalog, home.config);
  ASSERT_EQ(said.size(), 3U);
  EXPECT_NE(said[0].find("transcode of track 2 cannot be read"), std::string::npos) << said[0];
  EXPECT_NE(said[1].find("deletion of track 2 cannot be read"), std::string::npos) << said[1];
  EXPECT_TRUE(rip());
  reset_track(catalog, home.config, track, {});
  reset_track(catalog, home.config, broken.track_id, {Stage::kInsert, false});
  EXPECT_EQ(catalog.intents().size(), 2U);
  reset_track(catalog, home.config, broken.track_id, {});
  EXPECT_TRUE(catalog.intents().empty());
}

TEST_F(RecoverTest, an_intent_that_cannot_be_settled_now_hinders_no_other) {
  const auto stuck = make_spec(home, catalog, "ripped", "disc/dvd-2.mkv", Stage::kRip);
  add_intent(catalog, scanned.track(2), stuck);
  home.write("outside", "mine");
  std::filesystem::create_directories(home.path("ripped/disc"));
  std::filesystem::create_symlink(home.path("outside"), home.path("ripped/" + stuck.output.temporary));
  leave_receipt(spec, spec.output.temporary, "whole");
  add_intent(catalog, track, spec);
  const auto said = recover(catalog, home.config);
  ASSERT_EQ(said.size(), 2U);
  EXPECT_NE(said[0].find("rip of track 2 cannot be settled: "), std::string::npos) << said[0];
  EXPECT_TRUE(rip());
  EXPECT_EQ(catalog.intents().size(), 1U);
  std::filesystem::remove(home.path("ripped/" + stuck.output.temporary));
  recover(catalog, home.config);
  EXPECT_TRUE(catalog.intents().empty());
  EXPECT_EQ(home.read("outside"), "mine");
}

TEST_F(RecoverTest, somebody_elses_file_under_the_final_name_is_not_taken_for_the_artifact) {
  leave_receipt(spec, spec.output.relative, "whole");
  home.write("ripped/disc/dvd-1.mkv", "foreign, and of another size");
  add_intent(catalog, track, spec);
  recover(catalog, home.config);
  EXPECT_FALSE(rip());
  EXPECT_EQ(home.read("ripped/disc/dvd-1.mkv"), "foreign, and of another size");
}

TEST_F(RecoverTest, a_file_of_the_same_size_and_another_time_is_not_the_artifact) {
  leave_receipt(spec, spec.output.relative, "whole");
  std::filesystem::last_write_time(home.path("ripped/disc/dvd-1.mkv"),
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  add_intent(catalog, track, spec);
  recover(catalog, home.config);
  EXPECT_FALSE(rip());
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
}

TEST_F(RecoverTest, a_sealed_file_never_overwrites_what_took_its_name) {
  leave_receipt(spec, spec.output.temporary, "whole");
  home.write("ripped/disc/dvd-1.mkv", "foreign");
  add_intent(catalog, track, spec);
  recover(catalog, home.config);
  EXPECT_EQ(home.read("ripped/disc/dvd-1.mkv"), "foreign");
  EXPECT_FALSE(rip());
  EXPECT_TRUE(home.leftovers().empty());
}

TEST_F(RecoverTest, reprocessing_that_was_sealed_takes_the_old_files_place) {
  leave_old_file(spec, "the old one");
  leave_receipt(spec, spec.output.temporary, "the new one, longer");
  add_intent(catalog, track, spec);
  recover(catalog, home.config);
  EXPECT_EQ(home.read("ripped/disc/dvd-1.mkv"), "the new one, longer");
  EXPECT_TRUE(home.leftovers().empty());
}

TEST_F(RecoverTest, reprocessing_that_was_sealed_leaves_what_took_the_old_files_place) {
  leave_old_file(spec, "the old one");
  home.write("ripped/disc/dvd-1.mkv", "somebody else's");
  leave_receipt(spec, spec.output.temporary, "the new one, longer");
  add_intent(catalog, track, spec);
  recover(catalog, home.config);
  EXPECT_EQ(home.read("ripped/disc/dvd-1.mkv"), "somebody else's");
  EXPECT_FALSE(rip());
  EXPECT_TRUE(home.leftovers().empty());
}

// Where the machine stopped between the exchange and the end of the old file.
TEST_F(RecoverTest, an_exchange_that_was_made_ends_with_the_old_file) {
  for (const auto& name : {spec.output.temporary, side_name_of(spec.output.temporary)}) {
    leave_old_file(spec, "the old one");
    std::filesystem::rename(home.path("ripped/disc/dvd-1.mkv"), home.path("ripped/" + name));
    leave_receipt(spec, spec.output.relative, "the new one, longer");
    add_intent(catalog, track, spec);
    recover(catalog, home.config);
    EXPECT_EQ(home.read("ripped/disc/dvd-1.mkv"), "the new one, longer") << name;
    EXPECT_TRUE(rip());
    EXPECT_TRUE(home.leftovers().empty()) << name;
  }
}

TEST_F(RecoverTest, what_an_exchange_took_for_the_old_file_gets_its_name_back) {
  for (const auto& name : {spec.output.temporary, side_name_of(spec.output.temporary)}) {
    leave_old_file(spec, "the old one");
    leave_receipt(spec, spec.output.relative, "the new one, longer");
    home.write("ripped/" + name, "somebody else's");
    add_intent(catalog, track, spec);
    recover(catalog, home.config);
    EXPECT_EQ(home.read("ripped/disc/dvd-1.mkv"), "somebody else's") << name;
    EXPECT_FALSE(rip());
    EXPECT_TRUE(home.leftovers().empty()) << name;
  }
}

TEST_F(RecoverTest, sectors_that_are_safe_are_kept_for_the_next_try) {
  home.write("ripped/" + spec.output.scratch, std::string(2048, 's'));
  home.write("ripped/" + progress_name(spec.id), "0000000000000001\n");
  write_temporary("half");
  add_intent(catalog, track, spec);
  recover(catalog, home.config);
  EXPECT_TRUE(home.has("ripped/" + spec.output.scratch));
  EXPECT_TRUE(home.has("ripped/" + progress_name(spec.id)));
  EXPECT_FALSE(home.has("ripped/" + spec.output.temporary));
}

TEST_F(RecoverTest, scratch_without_a_record_of_what_is_safe_goes) {
  home.write("ripped/" + spec.output.scratch, "sectors");
  add_intent(catalog, track, spec);
  recover(catalog, home.config);
  EXPECT_FALSE(home.has("ripped/" + spec.output.scratch));
}

TEST_F(RecoverTest, what_is_held_is_alive_and_left_alone) {
  add_intent(catalog, track, spec);
  write_temporary("half");
  // The coordinator's own lock says that it lives; without it recovery would wait for the step to die.
  const auto request = catalog.add_request({track}, Stage::kInsert, 0);
  const auto coordinator = try_request_lock(catalog, request);
  const auto lock = try_track_lock(catalog, track);
  ASSERT_TRUE(lock && coordinator);
  EXPECT_TRUE(recover(catalog, home.config).empty());
  EXPECT_TRUE(home.has("ripped/" + spec.output.temporary));
  ASSERT_EQ(catalog.intents().size(), 1U);
  EXPECT_TRUE(interrupted_work(catalog).at(0).alive);
}

TEST_F(RecoverTest, a_step_that_somebody_started_by_hand_is_alive_though_no_coordinator_is) {
  add_intent(catalog, track, spec);
  write_temporary("half");
  const auto request = catalog.add_request({track}, Stage::kInsert, 0);
  const auto coordinator = try_request_lock(catalog, request);
  auto lock = try_destination_lock(Root::open(spec.output.root), spec.output.relative);
  ASSERT_TRUE(lock && coordinator);
  EXPECT_TRUE(recover(catalog, home.config).empty());
  EXPECT_TRUE(home.has("ripped/" + spec.output.temporary));
  EXPECT_EQ(catalog.intents().size(), 1U);
  EXPECT_TRUE(interrupted_work(catalog).at(0).alive);
  lock.reset();
  EXPECT_FALSE(interrupted_work(catalog).at(0).alive);
  EXPECT_EQ(recover(catalog, home.config).size(), 1U);
  EXPECT_FALSE(home.has("ripped/" + spec.output.temporary));
}

TEST_F(RecoverTest, without_its_folder_nothing_is_decided) {
  leave_receipt(spec, spec.output.temporary, "whole");
  add_intent(catalog, track, spec);
  home.write("ripped/.amphi/id", std::string(32, '0') + "\n");
  recover(catalog, home.config);
  EXPECT_EQ(catalog.intents().size(), 1U);
  EXPECT_TRUE(home.has("ripped/" + spec.output.temporary));
  EXPECT_FALSE(rip());
}

TEST_F(RecoverTest, a_damaged_receipt_stops_everything_and_names_the_way_back) {
  add_intent(catalog, track, spec);
  write_temporary("whole");
  home.write("ripped/" + receipt_name(spec.id), "{\"schema\": \"amphi.rec");
  try {
    recover(catalog, home.config);
    FAIL() << "the damaged receipt was taken for none";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kCatalog);
    EXPECT_NE(error.message().find(receipt_name(spec.id)), std::string::npos);
  }
  EXPECT_TRUE(home.has("ripped/" + spec.output.temporary));
}

TEST_F(RecoverTest, half_made_copies_of_the_catalog_go_unless_somebody_makes_one) {
  const std::vector<std::string> parts{".catalog.db.amphi-part", ".catalog.db.amphi-part-journal",
                                       ".catalog.db.migration.amphi-part"};
  for (const auto& name : parts) home.write(name, "half");
  home.write(".other.db.amphi-part", "somebody else's");
  auto somebody = try_care_lock(catalog.path());
  recover(catalog, home.config);
  EXPECT_EQ(home.leftovers().size(), 4U);
  somebody.reset();
  recover(catalog, home.config);
  EXPECT_EQ(home.leftovers(), std::vector<std::string>{".other.db.amphi-part"});
}

TEST_F(RecoverTest, a_try_whose_process_is_gone_is_not_said_to_run) {
  Attempt attempt;
  attempt.step_id = spec.id;
  attempt.track_id = track;
  attempt.outcome = Outcome::kRunning;
  attempt.started_at = system_now();
  catalog.start_attempt(attempt);
  recover(catalog, home.config);
  EXPECT_TRUE(catalog.running_attempts().empty());
  EXPECT_TRUE(catalog.failures(track, Stage::kRip).empty());
}

}  // namespace
}  // namespace amphi::test
