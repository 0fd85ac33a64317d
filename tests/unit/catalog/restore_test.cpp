// Restoring: over every kind of file, from every kind of file; what was there is never lost.
#include "catalog/restore.hpp"
#include "catalog/backup.hpp"
#include "catalog/held.hpp"
#include "catalog/migrate.hpp"
#include "catalog/save.hpp"
#include "support.hpp"

namespace amphi::testing {
namespace {

namespace fs = std::filesystem;
using Access = Connection::Access;

struct RestoreTest : CatalogTest {
  Timestamp now{1'700'000'001'000'000'000};
  std::string backup = folder / "backup.db";

  // The backup has one disc, the catalog two.
  void SetUp() override {
    auto catalog = open();
    store(catalog, disc());
    save_copy(file, backup, now);
    store(catalog, disc("beefbeef"));
  }
  static Contents contents(const std::string& path) {
    Connection db(path, Access::kRead);
    const Transaction same_state(db, Transaction::Kind::kRead);
    return contents_of(db);
  }
  std::string damage(const std::string& path) {
    std::string bytes = bytes_of(path);
    for (std::size_t i = 10 * 4096; i < bytes.size(); ++i) bytes[i] = '\xff';
    write_bytes(path, bytes);
    return bytes;
  }
  // A file that may not be restored: nothing changes.
  Error refused() {
    const std::string before = bytes_of(file), given = bytes_of(backup);
    const Error error = error_of([&] { restore_from(file, backup, now, WhenBusy::kFail); });
    EXPECT_EQ(bytes_of(file), before);
    EXPECT_EQ(bytes_of(backup), given);
    EXPECT_EQ(error.kind(), ErrorKind::kCatalog) << error.message();
    return error;
  }
  void expect_set_aside(const std::string& bytes) {
    const auto restored = restore_from(file, backup, now, WhenBusy::kFail);
    EXPECT_TRUE(restored.set_aside);
    EXPECT_EQ(restored.kept, file + ".damaged-20231114T221321000Z");
    EXPECT_EQ(bytes_of(restored.kept), bytes);
    EXPECT_EQ(contents(file), contents(backup));
    EXPECT_FALSE(fs::exists(folder / ".catalog.db.amphi-part"));
  }
};

TEST_F(RestoreTest, OverAGoodCatalog) {
  const Contents before = contents(file);
  const auto restored = restore_from(file, backup, now, WhenBusy::kFail);
  EXPECT_EQ(restored.discs, 1);
  EXPECT_EQ(restored.schema, newest_schema());
  EXPECT_FALSE(restored.set_aside);
  EXPECT_EQ(restored.kept, file + ".backup-v" + std::to_string(newest_schema()) + "-20231114T221321000Z.replaced");
  EXPECT_EQ(contents(restored.kept), before);
  EXPECT_EQ(contents(file), contents(backup));
  EXPECT_EQ(open().all_discs().size(), 1u);
  EXPECT_FALSE(fs::exists(folder / ".catalog.db.amphi-part"));
}

TEST_F(RestoreTest, AConnectionThatWasOpenSeesTheNewContent) {
  auto catalog = open();
  EXPECT_EQ(catalog.all_discs().size(), 2u);
  restore_from(file, backup, now, WhenBusy::kFail);
  EXPECT_EQ(catalog.all_discs().size(), 1u);
  EXPECT_EQ(store(catalog, disc("cafecafe")).value, 2);
}

TEST_F(RestoreTest, OverNothing) {
  file = folder / "new.db";
  EXPECT_EQ(restore_from(file, backup, now, WhenBusy::kFail).kept, "");
  EXPECT_EQ(contents(file), contents(backup));
  write_bytes(folder / "empty.db", "");
  file = folder / "empty.db";
  EXPECT_EQ(restore_from(file, backup, now, WhenBusy::kFail).kept, "");
  EXPECT_EQ(contents(file), contents(backup));
}

TEST_F(RestoreTest, OverADamagedCatalog) {
  expect_set_aside(damage(file));
}

TEST_F(RestoreTest, OverWhatIsNoDatabase) {
  for (const std::string& text : {std::string("x"), std::string(9000, '\0')}) {
    write_bytes(file, text);
    expect_set_aside(text);
    fs::remove(file + ".damaged-20231114T221321000Z");
  }
}

TEST_F(RestoreTest, OverANewerCatalog) {
  Connection(file, Access::kExisting).execute("PRAGMA user_version = 99");
  expect_set_aside(bytes_of(file));
}

TEST_F(RestoreTest, OverAnotherProgramsDatabase) {
  fs::remove(file);
  Connection(file, Access::kCreate).execute("CREATE TABLE songs (x)");
  expect_set_aside(bytes_of(file));
}

// A stale journal must never be rolled back into the restored file.
TEST_F(RestoreTest, ADamagedCatalogTakesItsJournalAlong) {
  const std::string journal = "not a journal that SQLite would know, but it may be worth something";
  write_bytes(file, std::string(9000, '#'));
  write_bytes(file + "-journal", journal);
  const auto restored = restore_from(file, backup, now, WhenBusy::kFail);
  EXPECT_EQ(bytes_of(restored.kept + "-journal"), journal);
  EXPECT_FALSE(fs::exists(file + "-journal"));
  EXPECT_EQ(contents(file), contents(backup));
}

// SQLite rolls a journal back as it opens the file: before that it is copied.
TEST_F(RestoreTest, ADamagedCatalogIsKeptAsItWasBeforeItsJournalIsRolledBack) {
  std::string hot;
  {
    Connection db(file, Access::kExisting);
    db.execute("PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE track SET source_name = hex(randomblob(3000))");
    hot = bytes_of(file + "-journal");
    damage(file);
    write_bytes(folder / "as it was", bytes_of(file));
  }
  ASSERT_GT(hot.size(), 0u);
  const std::string bytes = bytes_of(folder / "as it was");
  write_bytes(file, bytes);
  write_bytes(file + "-journal", hot);
  const auto restored = restore_from(file, backup, now, WhenBusy::kFail);
  EXPECT_EQ(bytes_of(restored.kept) == bytes, true) << "it was rolled back";
  EXPECT_EQ(bytes_of(restored.kept + "-journal") == hot, true);
  EXPECT_FALSE(fs::exists(file + "-journal"));
  EXPECT_EQ(contents(file), contents(backup));
}

// ... and where it can be used after that, nothing is left of the copy.
TEST_F(RestoreTest, ACatalogWithAJournalThatCanBeUsedIsNotSetAside) {
  write_bytes(file + "-journal", "not a journal that SQLite would know");
  EXPECT_FALSE(restore_from(file, backup, now, WhenBusy::kFail).set_aside);
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    EXPECT_EQ(entry.path().string().find(".damaged-"), std::string::npos) << entry.path();
  }
}

// What a run that was killed between the steps leaves, and the next run makes of it.
TEST_F(RestoreTest, GoesOnWhereItWasKilled) {
  const std::string bytes = damage(file);
  fs::create_hard_link(file, file + ".damaged-20231114T221321000Z");
  write_bytes(folder / ".catalog.db.amphi-part", "half of a copy");
  const auto restored = restore_from(file, backup, now, WhenBusy::kFail);
  EXPECT_EQ(restored.kept, file + ".damaged-20231114T221321000Z.2");
  EXPECT_EQ(bytes_of(restored.kept), bytes);
  EXPECT_EQ(contents(file), contents(backup));
}

TEST_F(RestoreTest, ALinkGoesOnLeadingToTheCatalog) {
  fs::create_directory(folder / "far");
  fs::rename(file, folder / "far/real.db");
  damage(folder / "far/real.db");
  fs::create_symlink("far/real.db", file);
  restore_from(file, backup, now, WhenBusy::kFail);
  EXPECT_TRUE(fs::is_symlink(file));
  EXPECT_EQ(contents(folder / "far/real.db"), contents(backup));
}

TEST_F(RestoreTest, RefusesWhatIsNoSoundBackup) {
  write_bytes(backup, "x");
  refused();
  write_bytes(backup, std::string(9000, '\0'));
  refused();
  fs::remove(backup);
  Connection(backup, Access::kCreate).execute("CREATE TABLE songs (x)");
  EXPECT_NE(refused().message().find("another program"), std::string::npos);
  fs::remove(backup);
  save_copy(file, backup, now);
  Connection(backup, Access::kExisting).execute("PRAGMA user_version = 99");
  EXPECT_NE(refused().message().find("newer"), std::string::npos);
}

TEST_F(RestoreTest, RefusesADamagedBackup) {
  damage(backup);
  EXPECT_NE(refused().message().find("damaged"), std::string::npos);
}

TEST_F(RestoreTest, RefusesABackupWhoseRowsReferToNothing) {
  Connection(backup, Access::kExisting).execute("PRAGMA foreign_keys = OFF; DELETE FROM disc");
  EXPECT_NE(refused().message().find("refer to nothing"), std::string::npos);
}

TEST_F(RestoreTest, RefusesATriggerButNotAnIndex) {
  Connection(backup, Access::kExisting).execute("CREATE INDEX mine ON disc (volume_label)");
  EXPECT_EQ(restore_from(file, backup, now, WhenBusy::kFail).discs, 1);
  Connection(backup, Access::kExisting)
      .execute("CREATE TRIGGER evil AFTER INSERT ON disc BEGIN DELETE FROM history; END");
  EXPECT_NE(refused().message().find("trigger evil is added"), std::string::npos);
}

TEST_F(RestoreTest, RefusesTheCatalogItself) {
  EXPECT_EQ(error_of([&] { restore_from(file, folder / "./catalog.db", now, WhenBusy::kFail); }).kind(),
            ErrorKind::kUsage);
  EXPECT_EQ(error_of([&] { restore_from(file, folder / "nothing.db", now, WhenBusy::kFail); }).kind(),
            ErrorKind::kUnavailable);
}

TEST_F(RestoreTest, AnOlderBackupIsRestoredAsItIs) {
  fs::remove(backup);
  Connection(backup, Access::kCreate).execute(bytes_of(AMPHI_SOURCE_DIR "/tests/upgrade/schema_1.sql").c_str());
  EXPECT_EQ(restore_from(file, backup, now, WhenBusy::kFail).schema, 1);
  EXPECT_EQ(contents(file), contents(backup));
  EXPECT_EQ(open().all_discs().size(), 1u);  // upgraded
}

TEST_F(RestoreTest, ABackupThatSomebodyTurnedToWalIsRestoredAsNone) {
  Connection(backup, Access::kExisting).execute("PRAGMA journal_mode = WAL");
  restore_from(file, backup, now, WhenBusy::kFail);
  EXPECT_EQ(bytes_of(file)[18], 1);
  EXPECT_EQ(open().all_discs().size(), 1u);
}

TEST_F(RestoreTest, AHeldCatalogIsReadByNobodyElse) {
  const Held held = hold_alone(file, WhenBusy::kFail);
  ASSERT_TRUE(held.usable());
  Connection other(file, Access::kRead);
  other.execute("PRAGMA busy_timeout = 0");
  EXPECT_EQ(error_of([&] { other.integer("SELECT count(*) FROM disc"); }).kind(), ErrorKind::kBusy);
}

}  // namespace
}  // namespace amphi::testing
