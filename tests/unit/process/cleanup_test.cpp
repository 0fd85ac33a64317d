#include <filesystem>

#include <fmt/format.h>

#include "support.hpp"

namespace amphi::test {
namespace {

struct CleanupTest : testing::Test {
  Home home;
  Catalog catalog = open_catalog(home);
  Scanned scanned = scan_fixture(catalog, home);
  TrackId track = scanned.track(1);

  Receipt put(const std::string& root, const std::string& relative, Stage stage) {
    return put_artifact(home, catalog, track, root, relative, stage);
  }
  std::vector<CleanupItem> clean(CleanupOptions options = {}) {
    options.discs = {scanned.disc};
    std::vector<CleanupItem> items;
    cleanup(catalog, home.config, options, [&](const CleanupItem& item) { items.push_back(item); });
    return items;
  }
};

TEST_F(CleanupTest, a_rip_that_is_the_library_file_stays) {
  auto receipt = put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  receipt.stage = Stage::kInsert;
  receipt.step_id = "f";
  catalog.commit_artifact(track, receipt, std::nullopt);
  EXPECT_TRUE(clean().empty());
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
}

TEST_F(CleanupTest, a_rip_that_is_the_library_file_by_another_way_stays) {
  put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  std::filesystem::remove(home.path("movies"));
  std::filesystem::create_directory_symlink(home.path("ripped"), home.path("movies"));
  put("movies", "disc/dvd-1.mkv", Stage::kInsert);
  put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  EXPECT_TRUE(clean().empty());
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
}

TEST_F(CleanupTest, only_what_was_agreed_to_goes) {
  const auto rip = put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  put("movies", "Film (2020).mkv", Stage::kInsert);
  CleanupOptions options;
  options.agreed.emplace();
  const auto items = clean(options);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_NE(items[0].left, "");
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
  options.agreed->insert(rip.path);
  EXPECT_EQ(clean(options)[0].left, "");
  EXPECT_FALSE(home.has("ripped/disc/dvd-1.mkv"));
}

TEST_F(CleanupTest, what_went_is_said_to_be_removed_and_not_forgotten) {
  put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  put("movies", "Film (2020).mkv", Stage::kInsert);
  ASSERT_EQ(clean().size(), 1U);
  EXPECT_FALSE(home.has("ripped/disc/dvd-1.mkv"));
  EXPECT_TRUE(catalog.load_disc(scanned.disc).artifacts.at(0)[Stage::kRip].value().artifact.removed);
}

TEST_F(CleanupTest, a_track_that_another_amphi_changed_after_the_look_stays) {
  const auto second = scanned.track(2);
  for (const auto each : {track, second}) {
    const auto name = fmt::format("{}.mkv", each.value);
    put_artifact(home, catalog, each, "ripped", "disc/" + name, Stage::kRip);
    put_artifact(home, catalog, each, "movies", name, Stage::kInsert);
  }
  CleanupOptions options;
  options.discs = {scanned.disc};
  std::vector<CleanupItem> items;
  cleanup(catalog, home.config, options, [&](const CleanupItem& item) {
    if (items.empty()) catalog.set_digest(second, Stage::kRip, std::string(64, 'a'));
    items.push_back(item);
  });
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].left, "");
  EXPECT_EQ(items[1].left, "the track changed meanwhile");
  EXPECT_TRUE(home.has(fmt::format("ripped/disc/{}.mkv", second.value)));
}

TEST_F(CleanupTest, a_digest_taken_now_proves_nothing_and_is_not_recorded) {
  put("ripped", "disc/dvd-1.mkv", Stage::kRip);
  put("movies", "Film (2020).mkv", Stage::kInsert);
  CleanupOptions options;
  options.proof = CleanupOptions::Proof::kChecksum;
  for (int time = 0; time < 2; ++time) EXPECT_NE(clean(options).at(0).left, "");
  EXPECT_FALSE(catalog.recorded(track, Stage::kInsert)->sha256);
  EXPECT_TRUE(home.has("ripped/disc/dvd-1.mkv"));
}

}  // namespace
}  // namespace amphi::test
