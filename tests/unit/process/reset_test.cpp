#include <filesystem>

#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/digest.hpp"
#include "failing_sync.hpp"
#include "process/locks.hpp"
#include "support.hpp"

namespace amphi::test {
namespace {

struct ResetTest : testing::Test {
  Home home;
  Catalog catalog = open_catalog(home);
  Scanned scanned = scan_fixture(catalog, home);
  TrackId track = scanned.track(1);

  void SetUp() override {
    put("ripped", "disc/dvd-1.mkv", Stage::kRip);
    put("transcoded", "disc/dvd-1.mkv", Stage::kTranscode);
    put("movies", "Film (2020)/Film (2020).mkv", Stage::kInsert);
  }
  void put(const std::string& root, const std::string& relative, Stage stage) {
    const auto spec = make_spec(home, catalog, root, relative, stage);
    catalog.commit_artifact(track, leave_receipt(spec, relative, root), std::nullopt);
  }
  // As a cleanup of the rip that was killed leaves it.
  void begin_deletion() {
    Intent intent;
    intent.step_id = "delete";
    intent.track_id = track;
    intent.stage = Stage::kRip;
    intent.kind = IntentKind::kDelete;
    intent.spec_json =
        nlohmann::json{{"schema", "amphi.deletion/2"}, {"receipt", stored(Stage::kRip).value().artifact.receipt},
                       {"unverified", false},          {"root", home.path("ripped")},
                       {"relative", "disc/dvd-1.mkv"}, {"keep", false},
                       {"mark_removed", true}}
            .dump();
    catalog.add_intent(intent);
  }
  std::optional<StoredArtifact> stored(Stage stage) {
    const auto record = catalog.load_disc(scanned.disc);
    for (std::size_t index = 0; index < record.tracks.size(); ++index)
      if (record.tracks[index].id == track) return record.artifacts[index][stage];
    return std::nullopt;
  }
};

TEST_F(ResetTest, everything_goes_with_the_folders_it_was_alone_in) {
  const ResetOptions options;
  EXPECT_EQ(preview_reset(catalog, home.config, track, options).deleted.size(), 3U);
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
  const auto answer = reset_track(catalog, home.config, track, options);
  EXPECT_EQ(answer.deleted.size(), 3U);
  EXPECT_TRUE(answer.left.empty());
  for (const auto stage : kStages) EXPECT_FALSE(stored(stage));
  EXPECT_FALSE(home.has("movies/Film (2020)"));
  EXPECT_TRUE(home.has("movies/.amphi/id"));
  EXPECT_TRUE(std::filesystem::is_empty(home.path("movies/.amphi/receipts")));
  EXPECT_TRUE(catalog.intents().empty());
}

TEST_F(ResetTest, a_file_that_is_not_as_recorded_stays_and_so_does_its_record) {
  home.write("ripped/disc/dvd-1.mkv", "somebody's own work");
  EXPECT_EQ(preview_reset(catalog, home.config, track, {}).left.size(), 1U);
  const auto answer = reset_track(catalog, home.config, track, {});
  ASSERT_EQ(answer.left.size(), 1U);
  EXPECT_EQ(answer.left[0].first, home.path("ripped/disc/dvd-1.mkv"));
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
  EXPECT_TRUE(stored(Stage::kRip));
  EXPECT_TRUE(catalog.intents().empty());
  EXPECT_FALSE(stored(Stage::kInsert));
}

TEST_F(ResetTest, the_digest_settles_it_where_only_the_time_is_another) {
  using namespace std::chrono_literals;
  const auto path = home.path("ripped/disc/dvd-1.mkv");
  std::filesystem::last_write_time(path, std::filesystem::last_write_time(path) - 1h);
  EXPECT_EQ(reset_track(catalog, home.config, track, {}).left.size(), 1U);  // no digest is recorded: who knows
  catalog.set_digest(track, Stage::kRip, std::string(64, '0'));
  EXPECT_EQ(reset_track(catalog, home.config, track, {}).left.size(), 1U);
  catalog.set_digest(track, Stage::kRip, sha256_of_file(path));
  EXPECT_TRUE(reset_track(catalog, home.config, track, {}).left.empty());
  EXPECT_FALSE(home.has("ripped/disc/dvd-1.mkv"));
}

TEST_F(ResetTest, what_was_never_verified_is_not_deleted) {
  auto artifact = stored(Stage::kRip).value().artifact;
  artifact.unverified = true;
  catalog.put_artifact(track, artifact);
  EXPECT_EQ(reset_track(catalog, home.config, track, {}).left.size(), 1U);
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
}

TEST_F(ResetTest, from_a_stage_leaves_what_is_before) {
  reset_track(catalog, home.config, track, {Stage::kTranscode, false});
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
  EXPECT_TRUE(stored(Stage::kRip));
  EXPECT_FALSE(stored(Stage::kTranscode));
  EXPECT_FALSE(home.has("transcoded/disc"));
}

TEST_F(ResetTest, keeping_files_clears_the_records_only) {
  const auto answer = reset_track(catalog, home.config, track, {Stage::kRip, true});
  EXPECT_TRUE(answer.deleted.empty());
  EXPECT_TRUE(home.has("movies/Film (2020)/Film (2020).mkv"));
  EXPECT_FALSE(stored(Stage::kInsert));
}

TEST_F(ResetTest, a_file_that_is_gone_is_cleared) {
  std::filesystem::remove(home.path("ripped/disc/dvd-1.mkv"));
  const auto answer = reset_track(catalog, home.config, track, {});
  EXPECT_EQ(answer.cleared, std::vector<std::string>{home.path("ripped/disc/dvd-1.mkv")});
}

TEST_F(ResetTest, foreign_files_beside_it_stay) {
  home.write("movies/Film (2020)/poster.jpg", "mine");
  reset_track(catalog, home.config, track, {});
  EXPECT_TRUE(home.has("movies/Film (2020)/poster.jpg"));
}

TEST_F(ResetTest, through_a_symlinked_folder_nothing_is_deleted_and_the_record_stays) {
  std::filesystem::rename(home.path("movies/Film (2020)"), home.path("outside"));
  std::filesystem::create_directory_symlink(home.path("outside"), home.path("movies/Film (2020)"));
  const auto answer = reset_track(catalog, home.config, track, {});
  ASSERT_EQ(answer.left.size(), 1U);
  EXPECT_TRUE(home.has("outside/Film (2020).mkv"));
  EXPECT_TRUE(stored(Stage::kInsert));
  EXPECT_TRUE(catalog.intents().empty());
}

TEST_F(ResetTest, a_symlink_in_the_files_place_is_not_followed_and_not_deleted) {
  home.write("outside/precious.mkv", "mine");
  std::filesystem::remove(home.path("ripped/disc/dvd-1.mkv"));
  std::filesystem::create_symlink(home.path("outside/precious.mkv"), home.path("ripped/disc/dvd-1.mkv"));
  const auto answer = reset_track(catalog, home.config, track, {});
  EXPECT_EQ(answer.left.size(), 1U);
  EXPECT_TRUE(home.has("outside/precious.mkv"));
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
  EXPECT_TRUE(stored(Stage::kRip));
}

TEST_F(ResetTest, an_unmounted_folder_keeps_its_records) {
  std::filesystem::remove_all(home.path("movies"));
  std::filesystem::create_directory(home.path("movies"));
  const auto answer = reset_track(catalog, home.config, track, {});
  EXPECT_EQ(answer.left.size(), 1U);
  EXPECT_TRUE(stored(Stage::kInsert));
  EXPECT_FALSE(stored(Stage::kRip));
}

TEST_F(ResetTest, a_record_beneath_no_configured_folder_is_left) {
  auto spec = make_spec(home, catalog, "movies", "a.mkv", Stage::kInsert);
  auto receipt = leave_receipt(spec, "a.mkv", "x");
  receipt.root = "";
  receipt.path = home.path("elsewhere.mkv");
  home.write("elsewhere.mkv", "x");
  catalog.put_artifact(track, Artifact{track, receipt, false, false});
  const auto answer = reset_track(catalog, home.config, track, {Stage::kInsert, false});
  EXPECT_EQ(answer.left.size(), 1U);
  EXPECT_TRUE(home.has("elsewhere.mkv"));
}

TEST_F(ResetTest, what_somebody_works_on_is_busy) {
  const auto lock = try_track_lock(catalog, track);
  EXPECT_THROW(reset_track(catalog, home.config, track, {}), Error);
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
}

TEST_F(ResetTest, a_deletion_that_was_interrupted_is_finished) {
  Intent intent;
  intent.step_id = "delete";
  intent.track_id = track;
  intent.stage = Stage::kRip;
  intent.kind = IntentKind::kDelete;
  intent.spec_json = R"({"schema":"amphi.deletion/1","root":")" + home.path("ripped") +
                     R"(","relative":"disc/dvd-1.mkv","path":")" + home.path("ripped/disc/dvd-1.mkv") +
                     R"(","keep":false})";
  intent.id = catalog.add_intent(intent);
  std::filesystem::remove(home.path("ripped/disc/dvd-1.mkv"));
  recover(catalog, home.config);
  EXPECT_FALSE(stored(Stage::kRip));
  EXPECT_TRUE(catalog.intents().empty());
}

TEST_F(ResetTest, an_interrupted_deletion_waits_for_its_folder_and_is_finished_then) {
  begin_deletion();
  std::filesystem::remove(home.path("ripped/disc/dvd-1.mkv"));
  std::filesystem::rename(home.path("ripped"), home.path("away"));
  std::filesystem::create_directory(home.path("ripped"));
  const auto said = recover(catalog, home.config);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_NE(said[0].find("deletion of track 1 cannot be settled: "), std::string::npos) << said[0];
  EXPECT_EQ(catalog.intents().size(), 1U);
  std::filesystem::remove(home.path("ripped"));
  std::filesystem::rename(home.path("away"), home.path("ripped"));
  recover(catalog, home.config);
  EXPECT_TRUE(stored(Stage::kRip).value().artifact.removed);
  EXPECT_TRUE(catalog.intents().empty());
}

TEST_F(ResetTest, an_interrupted_deletion_of_what_is_not_recorded_any_more_is_forgotten) {
  begin_deletion();
  std::filesystem::rename(home.path("ripped"), home.path("away"));
  std::filesystem::create_directory(home.path("ripped"));
  reset_track(catalog, home.config, track, {Stage::kRip, true});
  std::filesystem::remove(home.path("ripped"));
  std::filesystem::rename(home.path("away"), home.path("ripped"));
  recover(catalog, home.config);
  EXPECT_TRUE(catalog.intents().empty());
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
}

TEST_F(ResetTest, nothing_is_adopted_for_a_stage_whose_interrupted_deletion_cannot_be_finished_yet) {
  begin_deletion();
  std::filesystem::rename(home.path("ripped"), home.path("away"));
  std::filesystem::create_directory(home.path("ripped"));
  const auto why_not = [&](Stage stage) {
    try {
      adopt_file(catalog, home.config, track, stage, home.path("no media"));
    } catch (const Error& error) {
      return error.message() + "; " + error.hint();
    }
    return std::string();
  };
  EXPECT_NE(why_not(Stage::kRip).find("deletion of track 1 cannot be settled: "), std::string::npos);
  EXPECT_NE(why_not(Stage::kRip).find("amphi track reset 1 --from rip --keep-files"), std::string::npos);
  EXPECT_EQ(why_not(Stage::kTranscode).find("cannot be settled"), std::string::npos);
  reset_track(catalog, home.config, track, {Stage::kRip, true});
  EXPECT_EQ(why_not(Stage::kRip).find("cannot be settled"), std::string::npos);
}

TEST_F(ResetTest, what_was_interrupted_in_a_folder_that_never_comes_back_is_given_up) {
  reset_track(catalog, home.config, track, {Stage::kInsert, true});
  const auto stuck = make_spec(home, catalog, "movies", "Film (2021)/Film (2021).mkv", Stage::kInsert);
  add_intent(catalog, track, stuck);
  std::filesystem::rename(home.path("movies"), home.path("away"));
  reset_track(catalog, home.config, scanned.track(2), {});
  const auto said = recover(catalog, home.config);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_NE(said[0].find("amphi track reset 1 --from insert gives it up"), std::string::npos) << said[0];
  EXPECT_EQ(catalog.intents().size(), 1U);
  EXPECT_TRUE(reset_track(catalog, home.config, track, {}).left.empty());
  EXPECT_TRUE(catalog.intents().empty());
}

TEST_F(ResetTest, what_an_amphi_left_that_died_after_the_recovery_goes_too) {
  reset_track(catalog, home.config, track, {Stage::kInsert, true});
  const auto sealed = make_spec(home, catalog, "movies", "Film (2021)/Film (2021).mkv", Stage::kInsert);
  leave_receipt(sealed, sealed.output.temporary, "whole");
  add_intent(catalog, track, sealed);
  EXPECT_EQ(reset_track(catalog, home.config, track, {}).deleted.size(), 3U);
  EXPECT_TRUE(recover(catalog, home.config).empty());
  EXPECT_FALSE(stored(Stage::kInsert));
  EXPECT_FALSE(home.has("movies/Film (2021)"));
}

TEST_F(ResetTest, an_interrupted_deletion_of_what_changed_meanwhile_is_refused) {
  begin_deletion();
  home.write("ripped/disc/dvd-1.mkv", "somebody's own work");
  EXPECT_EQ(recover(catalog, home.config).size(), 1U);
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
  EXPECT_FALSE(stored(Stage::kRip).value().artifact.removed);
  EXPECT_TRUE(catalog.intents().empty());
}

// The first fsync is that of the deletion itself, those that follow are of what goes with it.
TEST_F(ResetTest, what_cannot_be_tidied_up_beside_a_deleted_file_decides_nothing) {
  for (int call = 2; stored(Stage::kInsert); ++call) {
    const FailingSync broken(call);
    const auto answer = reset_track(catalog, home.config, track, {Stage::kInsert, false});
    EXPECT_EQ(answer.deleted.size(), 1U) << call;
    EXPECT_TRUE(answer.left.empty()) << call;
    EXPECT_FALSE(stored(Stage::kInsert)) << call;
    if (broken.failed()) put("movies", "Film (2020)/Film (2020).mkv", Stage::kInsert);
  }
}

TEST_F(ResetTest, forgetting_a_disc_keeps_its_files_unless_asked) {
  forget_disc(catalog, home.config, scanned.disc, false);
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
  EXPECT_TRUE(catalog.all_discs().empty());
}

TEST_F(ResetTest, a_disc_is_not_forgotten_while_a_file_of_it_could_not_be_deleted) {
  std::filesystem::remove_all(home.path("movies/.amphi"));
  EXPECT_EQ(forget_disc(catalog, home.config, scanned.disc, true).left.size(), 1U);
  EXPECT_EQ(catalog.all_discs().size(), 1U);
}

}  // namespace
}  // namespace amphi::test
