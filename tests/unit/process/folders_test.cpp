#include <filesystem>

#include "amphi/error.hpp"
#include "process/folders.hpp"
#include "process/locks.hpp"
#include "step/marked_root.hpp"
#include "support.hpp"

namespace amphi::test {
namespace {

struct FoldersTest : testing::Test {
  Home home;
  Catalog catalog = open_catalog(home);

  void record_something(const std::string& root) {
    const auto scanned = scan_fixture(catalog, home);
    catalog.commit_artifact(scanned.track(1),
                            leave_receipt(make_spec(home, catalog, root, "a.mkv", Stage::kRip), "a.mkv", "x"),
                            std::nullopt);
  }
};

TEST_F(FoldersTest, a_configured_folder_is_never_made) {
  std::filesystem::remove(home.path("ripped"));
  Folders folders(catalog, home.config);
  EXPECT_NE(folders.look(home.path("ripped")).trouble, "");
  EXPECT_THROW(folders.open(home.path("ripped")), Error);
  EXPECT_FALSE(home.has("ripped"));
}

TEST_F(FoldersTest, a_default_folder_is_made_when_it_is_needed_and_not_before) {
  home.config.ripped = {home.path("data/amphi/ripped"), false};
  Folders folders(catalog, home.config);
  EXPECT_EQ(folders.look(home.config.ripped.path).trouble, "");
  EXPECT_FALSE(home.has("data"));
  EXPECT_EQ(folders.open(home.config.ripped.path).marker.size(), 32U);
  EXPECT_TRUE(home.has("data/amphi/ripped/.amphi/id"));
}

TEST_F(FoldersTest, the_marker_is_made_once_and_remembered) {
  const auto first = Folders(catalog, home.config).open(home.path("ripped")).marker;
  EXPECT_EQ(Folders(catalog, home.config).open(home.path("ripped")).marker, first);
  EXPECT_EQ(catalog.known_folder(home.path("ripped"))->marker, first);
  EXPECT_EQ(home.files("ripped"), (std::vector<std::string>{"ripped/.amphi/id", "ripped/.amphi/lock"}));
}

TEST_F(FoldersTest, without_its_marker_a_folder_with_recorded_files_is_unreadable_and_stays_as_it_is) {
  record_something("ripped");
  std::filesystem::remove_all(home.path("ripped/.amphi"));
  Folders folders(catalog, home.config);
  EXPECT_FALSE(folders.look(home.path("ripped")).readable);
  EXPECT_THROW(folders.open(home.path("ripped")), Error);
  EXPECT_THROW(folders.open_known(home.path("ripped")), Error);
  EXPECT_FALSE(home.has("ripped/.amphi"));
}

// What an import records where amphi has never made anything.
struct ImportedFoldersTest : FoldersTest {
  void import(TrackId track, const std::string& path) {
    Artifact artifact;
    artifact.track_id = track;
    artifact.unverified = true;
    artifact.receipt.stage = Stage::kRip;
    artifact.receipt.path = home.path(path);
    catalog.put_artifact(track, artifact);
  }
};

TEST_F(ImportedFoldersTest, one_imported_file_shows_that_the_folder_is_there) {
  const auto scanned = scan_fixture(catalog, home);
  import(scanned.track(1), "ripped/a/1.mkv");
  import(scanned.track(2), "ripped/a/2.mkv");
  EXPECT_FALSE(Folders(catalog, home.config).look(home.path("ripped")).readable);
  EXPECT_THROW(Folders(catalog, home.config).open(home.path("ripped")), Error);
  home.write("ripped/a/2.mkv", "x");
  EXPECT_TRUE(Folders(catalog, home.config).look(home.path("ripped")).readable);
  Folders(catalog, home.config).open(home.path("ripped"));
  // From now on its marker does, and only that.
  std::filesystem::remove_all(home.path("ripped/.amphi"));
  EXPECT_FALSE(Folders(catalog, home.config).look(home.path("ripped")).readable);
}

TEST_F(ImportedFoldersTest, beside_files_of_amphis_own_they_show_nothing) {
  record_something("ripped");
  import(scan_fixture(catalog, home).track(2), "ripped/a/2.mkv");
  home.write("ripped/a/2.mkv", "x");
  std::filesystem::remove_all(home.path("ripped/.amphi"));
  EXPECT_FALSE(Folders(catalog, home.config).look(home.path("ripped")).readable);
}

TEST_F(FoldersTest, another_folder_in_its_place_is_unreadable) {
  record_something("ripped");
  home.write("ripped/.amphi/id", "00112233445566778899aabbccddeeff\n");
  EXPECT_FALSE(Folders(catalog, home.config).look(home.path("ripped")).readable);
}

TEST_F(FoldersTest, a_folder_that_is_gone_though_files_are_recorded_in_it_is_unreadable_even_a_default_one) {
  home.config.ripped.configured = false;
  record_something("ripped");
  std::filesystem::remove_all(home.path("ripped"));
  Folders folders(catalog, home.config);
  EXPECT_FALSE(folders.look(home.path("ripped")).readable);
  EXPECT_THROW(folders.open(home.path("ripped")), Error);
  EXPECT_FALSE(home.has("ripped"));
}

TEST_F(FoldersTest, a_folder_exchanged_after_the_look_is_not_taken_for_it) {
  Folders folders(catalog, home.config);
  folders.open(home.path("ripped"));
  std::filesystem::rename(home.path("ripped"), home.path("away"));
  std::filesystem::create_directory(home.path("outside"));
  std::filesystem::create_directory_symlink(home.path("outside"), home.path("ripped"));
  EXPECT_THROW(folders.open(home.path("ripped")), Error);
  EXPECT_TRUE(std::filesystem::is_empty(home.path("outside")));
}

TEST_F(FoldersTest, a_destination_is_locked_beneath_its_folder_only) {
  const auto root = Folders(catalog, home.config).open(home.path("ripped")).root;
  home.write("outside/id", "not amphi's");
  std::filesystem::remove(home.path("ripped/.amphi/lock"));  // that of marking
  std::filesystem::create_symlink(home.path("outside/lock"), home.path("ripped/.amphi/lock"));
  EXPECT_THROW(try_destination_lock(root, "a.mkv"), Error);
  EXPECT_THROW(try_marking_lock(root), Error);
  EXPECT_FALSE(home.has("outside/lock"));
}

TEST_F(FoldersTest, a_step_opens_only_the_folder_that_was_marked) {
  const auto marker = Folders(catalog, home.config).open(home.path("ripped")).marker;
  EXPECT_NO_THROW(open_marked(home.path("ripped"), marker));
  EXPECT_THROW(open_marked(home.path("ripped"), std::string(32, '0')), Error);
  EXPECT_THROW(open_marked(home.path("movies"), marker), Error);
}

TEST_F(FoldersTest, the_root_of_a_path_is_the_longest_that_holds_it) {
  home.config.library->movies->path = home.path("ripped/movies");
  Folders folders(catalog, home.config);
  EXPECT_EQ(folders.root_of(home.path("ripped/movies/x.mkv")), home.path("ripped/movies"));
  EXPECT_EQ(folders.root_of(home.path("ripped/x.mkv")), home.path("ripped"));
  EXPECT_EQ(folders.root_of("/elsewhere/x.mkv"), "");
}

}  // namespace
}  // namespace amphi::test
