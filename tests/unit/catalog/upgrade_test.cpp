// A catalog of each released schema becomes one of the newest, and nothing in it is lost. See tests/upgrade.
#include <set>

#include <nlohmann/json.hpp>

#include "catalog/connection.hpp"
#include "catalog/migrate.hpp"
#include "support.hpp"

namespace amphi::testing {
namespace {

using Mode = Catalog::Mode;
using Access = Connection::Access;

struct UpgradeTest : CatalogTest {
  void SetUp() override {
    const std::string script = bytes_of(AMPHI_SOURCE_DIR "/tests/upgrade/schema_1.sql");
    ASSERT_FALSE(script.empty());
    Connection(file, Access::kCreate).execute(script.c_str());
  }
  std::vector<std::string> backups() {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      if (entry.path().filename().string().starts_with("catalog.db.backup-")) found.push_back(entry.path().string());
    }
    return found;
  }
  static std::set<std::string> tables_of(const std::string& path) {
    Connection db(path, Access::kRead);
    std::set<std::string> columns;
    Use row = db.use(
        "SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" FROM sqlite_schema m "
        "JOIN pragma_table_info(m.name) c WHERE m.type = 'table' UNION ALL "
        "SELECT name || ': ' || sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
    while (row.step()) columns.insert(row.next<std::string>());
    return columns;
  }
  static Receipt old_rip() {
    Receipt rip;
    rip.step_id = "00000000000000a1";
    rip.fingerprint = "dvd-5ca1ab1e00000000000000000000000000000000000000000000000000000001";
    rip.reference = "dvd:1";
    rip.root = "/srv/ripped";
    rip.path = "/srv/ripped/OLD_FILM-dvd-5ca1ab1/dvd-1.mkv";
    rip.size_bytes = 6'120'000'000;
    rip.mtime_ns = 1'700'000'150'000'000'000;
    rip.inode = 77;
    rip.media = {8940.4, 1, 1, 1, 24};
    rip.tool = "libdvdread";
    rip.tool_version = "6.1.3";
    rip.created_at = {1'700'000'160'000'000'000};
    return rip;
  }
  static void expect_all_there(Catalog& catalog) {
    const DiscRecord record = catalog.load_disc(catalog.find_disc("dvd-5ca1ab1e"));
    EXPECT_EQ(record.disc.edits.title, "The \"Old\" Film, its title; ../ and more 🎬");
    EXPECT_EQ(record.disc.edits.year, 1968);
    EXPECT_FALSE(record.disc.reprocessing);
    ASSERT_EQ(record.tracks.size(), 2u);
    EXPECT_EQ(record.tracks[1].edits.track_type, TrackType::kInterviews);
    EXPECT_EQ(record.tracks[1].edits.wanted, false);
    const auto& rip = record.artifacts[0][Stage::kRip];
    ASSERT_TRUE(rip);
    EXPECT_EQ(rip->artifact.receipt, old_rip());
    EXPECT_EQ(rip->verdict, Verdict::kDone);
    const auto& insert = record.artifacts[0][Stage::kInsert];
    ASSERT_TRUE(insert);
    EXPECT_EQ(insert->artifact.receipt.path, "/srv/media/Movies/Ünter/Film (1968).mkv");
    EXPECT_EQ(insert->verdict, Verdict::kMissing);
    EXPECT_EQ(catalog.unfinished_requests().size(), 1u);
    EXPECT_EQ(catalog.intents().size(), 1u);
    EXPECT_EQ(catalog.failures(record.tracks[0].id, Stage::kTranscode).size(), 1u);
    EXPECT_EQ(catalog.known_folder("/srv/ripped")->marker, "00112233445566778899aabbccddeeff");
    EXPECT_EQ(catalog.history(record.disc.id, std::nullopt, 0).size(), 2u);
    // What schema 1 did not have is filled in.
    EXPECT_EQ(catalog.inserted_at({"/SRV/media/movies/ünTER/film (1968).MKV"}).size(), 1u);
  }
};

TEST_F(UpgradeTest, KeepsEverythingAndLeavesABackup) {
  {
    auto catalog = open();
    expect_all_there(catalog);
  }
  Connection db(file, Access::kRead);
  EXPECT_EQ(schema_of(db), newest_schema());
  ASSERT_EQ(backups().size(), 1u);
  EXPECT_NE(backups()[0].find(".backup-v1-2023"), std::string::npos) << backups()[0];
  Connection backup(backups()[0], Access::kRead);
  EXPECT_EQ(schema_of(backup), 1);
  EXPECT_EQ(backup.integer("SELECT count(*) FROM artifact"), 2);
}

TEST_F(UpgradeTest, GivesTheSameTablesAsANewCatalog) {
  { open(); }
  const auto upgraded = tables_of(file);
  file = folder / "new.db";
  { open(); }
  EXPECT_EQ(upgraded, tables_of(file));
}

TEST_F(UpgradeTest, AReaderSeesItUpgradedAndChangesNothing) {
  const std::string before = bytes_of(file);
  {
    auto catalog = open(Mode::kReadOnly);
    expect_all_there(catalog);
  }
  EXPECT_EQ(bytes_of(file), before);
  EXPECT_TRUE(backups().empty());
}

TEST_F(UpgradeTest, AFailedStepLeavesTheOldCatalog) {
  // A column that the step wants to add is there already.
  Connection(file, Access::kExisting).execute("ALTER TABLE artifact ADD COLUMN folded_path TEXT");
  const std::string before = bytes_of(file);
  EXPECT_EQ(error_of([&] { open(); }).kind(), ErrorKind::kCatalog);
  Connection db(file, Access::kRead);
  EXPECT_EQ(schema_of(db), 1);
  EXPECT_TRUE(backups().empty()) << "hides the good ones";
  EXPECT_EQ(db.integer("SELECT count(*) FROM pragma_table_info('disc') WHERE name = 'reprocessing'"), 0);
}

TEST_F(UpgradeTest, RowsThatReferToNothingStopIt) {
  Connection(file, Access::kExisting).execute("PRAGMA foreign_keys = OFF; INSERT INTO disc_edit (disc_id) VALUES (99)");
  EXPECT_NE(error_of([&] { open(); }).hint().find("amphi catalog check"), std::string::npos);
  const std::string good = file + ".backup-v1-20200101T000000000Z";
  write_bytes(good, "x");
  const Error error = error_of([&] { open(); });
  EXPECT_EQ(error.kind(), ErrorKind::kCatalog);
  EXPECT_NE(error.message().find("rows of disc_edit refer to nothing"), std::string::npos) << error.message();
  EXPECT_NE(error.hint().find(good), std::string::npos) << error.hint();
  EXPECT_EQ(backups(), std::vector<std::string>{good});
  Connection db(file, Access::kRead);
  EXPECT_EQ(schema_of(db), 1);
}

TEST_F(UpgradeTest, WithoutABackupThereIsNoUpgrade) {
  // Every name that the backup could take is taken.
  for (int i = 1; i < 100; ++i) {
    write_bytes(file + ".backup-v1-20231114T221321000Z" + (i == 1 ? "" : "." + std::to_string(i)), "taken");
  }
  const Error error = error_of([&] { open(); });
  EXPECT_EQ(error.kind(), ErrorKind::kCatalog) << error.message();
  Connection db(file, Access::kRead);
  EXPECT_EQ(schema_of(db), 1);
}

}  // namespace
}  // namespace amphi::testing
