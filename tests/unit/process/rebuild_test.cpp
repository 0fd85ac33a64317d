#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "amphi/care.hpp"
#include "amphi/classify.hpp"
#include "amphi/error.hpp"
#include "environment.hpp"
#include "process/locks.hpp"
#include "support.hpp"

namespace amphi::test {
namespace {

const std::string kFingerprint = "dvd-" + std::string(64, 'a');

// Every file is a medium of the same track, but those called "damaged".
const std::string kWorker = fmt::format(R"(#!/bin/sh
case "$2" in *damaged*) echo '{{"event":"error","cause":"judge","message":"no medium","hint":""}}'; exit 1;; esac
echo '{{"event":"result","media":{{"duration_seconds":6.0,"video_streams":1,"audio_streams":1,"subtitle_streams":0,"chapters":0}},"streams":[],"chapters":[],"tags":[["TITLE","Film"],["DATE_RELEASED","1979"],["AMPHI_FINGERPRINT","{}"],["AMPHI_REFERENCE","dvd:1"]]}}'
)",
                                        kFingerprint);

struct RebuildTest : testing::Test {
  Home home;
  Catalog catalog = open_catalog(home);
  Scratch tools;
  Environment worker{"AMPHI_MEDIA", tools.write_program("worker", kWorker)};
  std::vector<std::string> told;

  RebuildSummary rebuild() {
    told.clear();
    return rebuild_catalog(
        catalog, home.config, [&](const std::string& line) { told.push_back(line); }, WhenBusy::kFail);
  }
  ErrorKind refusal() {
    try {
      rebuild();
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kUnexpected;
  }
  void leave(const std::string& root, const std::string& relative, Stage stage) {
    leave_receipt(make_spec(home, catalog, root, relative, stage), relative, root);
  }
  DiscRecord found() { return catalog.load_disc(catalog.all_discs().at(0)); }
  DiscId store_unedited() {
    ScannedDisc disc;
    disc.fingerprint = kFingerprint;
    disc.identifiers = {{"amphi", kFingerprint}};
    disc.tracks.resize(1);
    disc.tracks[0].number = 1;
    disc.tracks[0].reference = "dvd:1";
    return catalog.store_scan(disc, classify(disc)).disc_id;
  }
};

TEST_F(RebuildTest, a_folder_beneath_another_is_searched_for_its_own_stage_alone) {
  std::filesystem::create_directory(home.path("ripped/movies"));
  home.config.library->movies = home.config.library->shows = Folder{home.path("ripped/movies"), true};
  home.write("ripped/movies/Film.mkv", "x");
  home.write("ripped/movies/damaged.mkv", "x");
  EXPECT_EQ(rebuild().unverified, 1);
  EXPECT_EQ(told.size(), 1U) << "once, though two keys name the folder";
  EXPECT_TRUE(found().artifacts.at(0)[Stage::kInsert]);
  EXPECT_FALSE(found().artifacts.at(0)[Stage::kRip]);
}

TEST_F(RebuildTest, a_damaged_file_does_not_end_it_and_another_stage_tells_the_title) {
  leave("ripped", "disc/damaged.mkv", Stage::kRip);
  leave("transcoded", "disc/dvd-1.mkv", Stage::kTranscode);
  const auto summary = rebuild();
  EXPECT_EQ(summary.discs, 1);
  EXPECT_EQ(summary.artifacts, 2);
  EXPECT_EQ(told.size(), 1U);
  EXPECT_EQ(found().disc.edits.title, "Film");
  EXPECT_EQ(found().tracks.at(0).scanned.duration_seconds, 10) << "the receipt's word";
}

TEST_F(RebuildTest, a_disc_that_was_stored_and_not_yet_edited_gets_its_title) {
  leave("ripped", "disc/dvd-1.mkv", Stage::kRip);
  const auto disc = store_unedited();
  EXPECT_EQ(rebuild().discs, 0);
  EXPECT_EQ(found().disc.edits.title, "Film");
  EXPECT_EQ(found().disc.edits.year, 1979);
  Edit edit;
  edit.disc.title = "Mine";
  catalog.apply_edit(disc, edit);
  rebuild();
  EXPECT_EQ(found().disc.edits.title, "Mine");
}

TEST_F(RebuildTest, nothing_is_recorded_while_an_amphi_works) {
  leave("ripped", "disc/dvd-1.mkv", Stage::kRip);
  store_unedited();
  const auto lock = demand_track_lock(catalog, found().tracks.at(0).id);
  EXPECT_EQ(refusal(), ErrorKind::kBusy);
  EXPECT_FALSE(found().artifacts.at(0)[Stage::kRip]);
}

TEST_F(RebuildTest, without_a_worker_that_is_all_there_is_to_say) {
  home.write("ripped/disc/dvd-1.mkv", "x");
  const Environment none("AMPHI_MEDIA", "/nowhere/amphi-media");
  EXPECT_EQ(refusal(), ErrorKind::kUnavailable);
  EXPECT_TRUE(told.empty());
  EXPECT_TRUE(catalog.all_discs().empty());
}

}  // namespace
}  // namespace amphi::test
