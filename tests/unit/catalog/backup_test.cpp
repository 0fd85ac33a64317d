// Backups: their names, what is verified of them, which ones --keep deletes, and that they hold one state of a catalog
// that others write meanwhile.
#include <sys/stat.h>

#include <thread>

#include "catalog/backup.hpp"
#include "catalog/inspect.hpp"
#include "catalog/migrate.hpp"
#include "catalog/save.hpp"
#include "support.hpp"

namespace amphi::testing {
namespace {

using Access = Connection::Access;

const std::string kStamp = "20231114T221321000Z";

struct BackupTest : CatalogTest {
  Timestamp now{1'700'000'001'000'000'000};

  void SetUp() override {
    auto catalog = open();
    store(catalog, disc());
  }
  std::vector<std::string> names() {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      const auto name = entry.path().filename().string();
      if (name != "catalog.db" && name != "catalog.db-journal") found.push_back(name);
    }
    std::sort(found.begin(), found.end());
    return found;
  }
  static Contents contents(const std::string& path) {
    Connection db(path, Access::kRead);
    const Transaction same_state(db, Transaction::Kind::kRead);
    return contents_of(db);
  }
};

TEST_F(BackupTest, LiesBesideTheCatalogWithTheTimeInItsName) {
  const auto saved = save_copy(file, std::nullopt, now);
  EXPECT_EQ(saved.path, file + ".backup-v" + std::to_string(newest_schema()) + "-" + kStamp + ".saved");
  EXPECT_EQ(saved.schema, newest_schema());
  EXPECT_EQ(contents(saved.path), contents(file));
  EXPECT_EQ(saved.rows, contents(file).all_rows());
  EXPECT_EQ(saved.size_bytes, static_cast<std::int64_t>(std::filesystem::file_size(saved.path)));
  EXPECT_EQ(save_copy(file, std::nullopt, now).path,
            file + ".backup-v" + std::to_string(newest_schema()) + "-" + kStamp + ".2.saved");
  EXPECT_EQ(names().size(), 2u) << "something was left";
}

TEST_F(BackupTest, NothingIsWrittenOver) {
  const std::string target = folder / "mine.db";
  write_bytes(target, "mine");
  const Error error = error_of([&] { save_copy(file, target, now); });
  EXPECT_EQ(error.kind(), ErrorKind::kUsage);
  EXPECT_EQ(bytes_of(target), "mine");
  EXPECT_EQ(names(), std::vector<std::string>{"mine.db"});
}

TEST_F(BackupTest, HasThePermissionsOfTheCatalog) {
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const auto saved = save_copy(file, folder / "private.db", now);
  struct stat status {};
  ASSERT_EQ(stat(saved.path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(BackupTest, TakesOverWhatAKilledOneLeft) {
  write_bytes(folder / ".catalog.db.amphi-part", "half of a copy");
  const auto saved = save_copy(file, std::nullopt, now);
  EXPECT_EQ(contents(saved.path), contents(file));
  EXPECT_EQ(names().size(), 1u);
}

TEST_F(BackupTest, DamageOfACopyIsFound) {
  const std::string copy = save_copy(file, folder / "copy.db", now).path;
  const Contents wanted = contents(file);
  verify_copy(copy, wanted);
  const std::string whole = bytes_of(copy);
  std::string bytes = whole;
  for (std::size_t i = 3 * 4096; i < 5 * 4096; ++i) bytes[i] = '\x5a';
  write_bytes(copy, bytes);
  EXPECT_EQ(error_of([&] { verify_copy(copy, wanted); }).kind(), ErrorKind::kCatalog);
  write_bytes(copy, whole.substr(0, whole.size() - 4096));
  EXPECT_EQ(error_of([&] { verify_copy(copy, wanted); }).kind(), ErrorKind::kCatalog);
}

// One letter in an index: every row can still be read and counted.
TEST_F(BackupTest, ALetterThatChangedIsFound) {
  const std::string copy = save_copy(file, folder / "copy.db", now).path;
  std::string bytes = bytes_of(copy);
  const auto place = bytes.rfind("dvd-a1b2c3d4");
  ASSERT_NE(place, std::string::npos);
  bytes[place] = 'D';
  write_bytes(copy, bytes);
  EXPECT_EQ(contents(copy), contents(file));
  EXPECT_EQ(error_of([&] { verify_copy(copy, contents(file)); }).kind(), ErrorKind::kCatalog);
}

TEST_F(BackupTest, ACopyOfSomethingElseIsNotTaken) {
  const std::string copy = save_copy(file, folder / "copy.db", now).path;
  const Contents wanted = contents(file);
  const auto refused = [&](const char* sql) {
    Connection(copy, Access::kExisting).execute(sql);
    const Error error = error_of([&] { verify_copy(copy, wanted); });
    EXPECT_EQ(error.kind(), ErrorKind::kCatalog);
    return error.message();
  };
  EXPECT_NE(refused("DELETE FROM history").find("rows of history"), std::string::npos);
  EXPECT_NE(refused("PRAGMA user_version = 2").find("another schema"), std::string::npos);
}

TEST_F(BackupTest, ADamagedCatalogGivesNoBackup) {
  std::string bytes = bytes_of(file);
  for (std::size_t i = 10 * 4096; i < bytes.size(); ++i) bytes[i] = '\xff';
  write_bytes(file, bytes);
  EXPECT_EQ(error_of([&] { save_copy(file, std::nullopt, now); }).kind(), ErrorKind::kCatalog);
  EXPECT_TRUE(names().empty());
}

TEST_F(BackupTest, NoCatalogNoBackup) {
  file = folder / "other.db";
  const Error error = error_of([&] { save_copy(file, std::nullopt, now); });
  EXPECT_EQ(error.kind(), ErrorKind::kCatalog);
  EXPECT_NE(error.message().find("there is no catalog"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(BackupTest, IsOfOneStateWhileAnotherWrites) {
  std::jthread writer([&](const std::stop_token& stop) {
    auto catalog = open();
    for (int i = 0; !stop.stop_requested(); ++i) {  // two tables that change together
      catalog.remember_folder({"/folder " + std::to_string(i), "marker"});
    }
  });
  for (int i = 0; i < 10; ++i) {
    const auto saved = save_copy(file, folder / ("copy" + std::to_string(i)), now);
    Connection db(saved.path, Access::kRead);
    EXPECT_EQ(db.integer("SELECT count(*) FROM folder"),
              db.integer("SELECT count(*) FROM history WHERE event = 'folder_remembered'"));
  }
}

TEST_F(BackupTest, KeepDeletesOnlyItsOwnOldest) {
  const std::string own = "catalog.db.backup-v3-2026010";
  const std::vector<std::string> others{
      "catalog.db.backup-v2-20200101T000000000Z",                // of a migration
      "catalog.db.backup-v3-20200101T000000000Z.replaced",       // of a restore
      "catalog.db.backup-v3-20200101T000000000Z.saved.old",      // renamed by somebody
      "catalog.db.backup-v3-20200101T000000000Z.1.saved",        // no number that amphi gives
      "catalog.db.backup-v03-20200101T000000000Z.saved",         //
      "catalog.db.backup-v3-20200101T00000000Z.saved",           // a digit short
      "xcatalog.db.backup-v3-20200101T000000000Z.saved",         // of another catalog
      "catalog.db2.backup-v3-20200101T000000000Z.saved",         //
      "catalog.db.backup-v3-20200101T000000000Z.saved-journal",  //
  };
  for (const auto& name : others) write_bytes(folder / name, "x");
  for (const char* day : {"1", "2", "3", "4"}) write_bytes(folder / (own + day + "T000000000Z.saved"), "x");
  write_bytes(folder / (own + "4T000000000Z.2.saved"), "x");
  const std::string newest = folder / (own + "4T000000000Z.2.saved");
  const auto deleted = drop_old_copies(file, 2, newest);
  EXPECT_EQ(deleted,
            (std::vector<std::string>{folder / (own + "1T000000000Z.saved"), folder / (own + "2T000000000Z.saved"),
                                      folder / (own + "3T000000000Z.saved")}));
  for (const auto& name : others) EXPECT_TRUE(std::filesystem::exists(folder / name)) << name;
  EXPECT_TRUE(std::filesystem::exists(newest));
  EXPECT_TRUE(drop_old_copies(file, 5, newest).empty());
}

// A machine without a clock of its own starts in 1970.
TEST_F(BackupTest, KeepNeverDeletesTheOneJustMade) {
  const std::vector<std::string> later{"catalog.db.backup-v3-20270101T000000000Z.saved",
                                       "catalog.db.backup-v3-20280101T000000000Z.saved"};
  for (const auto& name : later) write_bytes(folder / name, "x");
  const auto saved = save_copy(file, std::nullopt, now);
  EXPECT_EQ(drop_old_copies(file, 2, saved.path), std::vector<std::string>{folder / later[0]});
  EXPECT_EQ(drop_old_copies(file, 1, saved.path), std::vector<std::string>{folder / later[1]});
  EXPECT_TRUE(std::filesystem::exists(saved.path));
}

TEST_F(BackupTest, TheNewestIsFoundByItsTime) {
  EXPECT_EQ(newest_backup(file), "");
  const auto put = [&](const std::string& name) { write_bytes(file + name, "x"); };
  put(".backup-v3-20270101T000000000Z.replaced");
  EXPECT_EQ(newest_backup(file), file + ".backup-v3-20270101T000000000Z.replaced");
  put(".backup-v1-20250101T000000000Z");
  put(".backup-v3-20260101T000000000Z.saved");
  put(".damaged-20280101T000000000Z");
  EXPECT_EQ(newest_backup(file), file + ".backup-v3-20260101T000000000Z.saved");
}

TEST_F(BackupTest, TheWayBackCanBePasted) {
  const std::string odd = folder / "it's a catalog.db";
  write_bytes(odd + ".backup-v3-20260101T000000000Z.saved", "x");
  const auto hint = way_back(odd, "no");
  const std::string quoted = "'" + (folder / "it'\\''s a catalog.db");
  EXPECT_NE(hint.find("amphi --catalog " + quoted + "' catalog restore " + quoted + ".backup"), std::string::npos)
      << hint;
  EXPECT_NE(hint.find("restore '" + (folder / "it'\\''s a catalog.db.backup-v3-20260101T000000000Z.saved'")),
            std::string::npos)
      << hint;
  EXPECT_EQ(way_back(file, "no"), "no");
}

}  // namespace
}  // namespace amphi::testing
