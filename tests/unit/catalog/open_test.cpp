// Opening: made, refused, upgraded, read; what is refused stays as it is, to the byte.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "catalog/connection.hpp"
#include "catalog/migrate.hpp"
#include "support.hpp"

namespace amphi::testing {
namespace {

using Mode = Catalog::Mode;
using Access = Connection::Access;

struct OpenTest : CatalogTest {
  void make(const char* sql) { Connection(file, Access::kCreate).execute(sql); }

  Error refused(Mode mode) {
    const std::string before = bytes_of(file);
    const Error error = error_of([&] { open(mode); });
    EXPECT_EQ(bytes_of(file), before) << "the file was changed";
    EXPECT_EQ(error.kind(), ErrorKind::kCatalog) << error.message();
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.is_regular_file();
    EXPECT_EQ(files, 1) << "something was left beside it";
    return error;
  }
};

TEST_F(OpenTest, MakesACatalogWithTheNewestSchema) {
  { open(); }
  Connection db(file, Access::kRead);
  EXPECT_EQ(schema_of(db), newest_schema());
  EXPECT_EQ(db.integer("PRAGMA application_id"), 0x616d7068);
  EXPECT_EQ(db.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                       "AND sql NOT LIKE '%STRICT%'"),
            0);
}

TEST_F(OpenTest, TakesAnEmptyFile) {
  write_bytes(file, "");
  auto catalog = open();
  EXPECT_EQ(store(catalog, disc()).value, 1);
}

TEST_F(OpenTest, WritesDurably) {
  auto catalog = open();
  Connection db(file, Access::kExisting);
  db.open_for_writing();
  EXPECT_EQ(db.integer("PRAGMA synchronous"), 3);
  EXPECT_EQ(db.integer("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(db.integer("PRAGMA cell_size_check"), 1);
  EXPECT_EQ(db.integer("PRAGMA trusted_schema"), 0);
  EXPECT_EQ(db.use("PRAGMA journal_mode").step(), true);
  Use mode = db.use("PRAGMA main.journal_mode");
  mode.step();
  EXPECT_EQ(mode.next<std::string>(), "truncate");
}

TEST_F(OpenTest, RefusesANewerCatalog) {
  { open(); }
  Connection(file, Access::kExisting).execute("PRAGMA user_version = 7");
  for (const Mode mode : {Mode::kReadWrite, Mode::kReadOnly}) {
    EXPECT_EQ(refused(mode).message(),
              file + " was made by a newer amphi (schema 7, this one knows " + std::to_string(newest_schema()) + ")");
  }
}

TEST_F(OpenTest, RefusesTheAncestorByName) {
  make(
      "CREATE TABLE discs (id INTEGER PRIMARY KEY); CREATE TABLE tracks (id INTEGER PRIMARY KEY); CREATE TABLE presets "
      "(x)");
  for (const Mode mode : {Mode::kReadWrite, Mode::kReadOnly}) {
    EXPECT_NE(refused(mode).message().find("amphigory"), std::string::npos);
  }
}

TEST_F(OpenTest, RefusesAnotherProgramsDatabase) {
  make("CREATE TABLE songs (id INTEGER PRIMARY KEY); CREATE TABLE albums (x)");
  for (const Mode mode : {Mode::kReadWrite, Mode::kReadOnly}) {
    EXPECT_NE(refused(mode).message().find("another program, not a catalog (it holds albums, songs)"),
              std::string::npos);
  }
}

TEST_F(OpenTest, RefusesAnotherProgramsApplicationIdWithoutTables) {
  make("PRAGMA application_id = 77; CREATE TABLE t (x); DROP TABLE t");
  refused(Mode::kReadWrite);
}

TEST_F(OpenTest, RefusesAWalDatabaseOfAnotherProgramWithoutTouchingIt) {
  make("PRAGMA journal_mode = WAL; CREATE TABLE songs (x); INSERT INTO songs VALUES (1)");
  const std::string before = bytes_of(file);
  EXPECT_EQ(error_of([&] { open(); }).kind(), ErrorKind::kCatalog);
  EXPECT_EQ(bytes_of(file), before);  // SQLite itself leaves an empty -wal and -shm beside it
}

TEST_F(OpenTest, RefusesWhatIsNoDatabase) {
  for (const std::string& text :
       {std::string("x"), std::string("this is a text\n"), std::string(100, '#'), std::string(9000, '\0')}) {
    write_bytes(file, text);
    for (const Mode mode : {Mode::kReadWrite, Mode::kReadOnly}) {
      EXPECT_NE(refused(mode).message().find("not an SQLite database"), std::string::npos) << text.size();
    }
  }
}

TEST_F(OpenTest, RefusesAFolder) {
  std::filesystem::create_directory(file);
  EXPECT_EQ(error_of([&] { open(); }).message(), file + " is a folder, not a catalog");
  EXPECT_EQ(error_of([&] { open(Mode::kReadOnly); }).kind(), ErrorKind::kCatalog);
}

TEST_F(OpenTest, EveryTruncationIsAnErrorOrReadsAsItShould) {
  DiscId id;
  {
    auto catalog = open();
    id = store(catalog, disc());
  }
  const std::string whole = bytes_of(file);
  for (std::size_t size = 1; size < whole.size(); size += size < 200 ? 13 : 2048) {
    write_bytes(file, whole.substr(0, size));
    try {
      // Without a part of its last page, which holds an index, the rows can still be read.
      EXPECT_EQ(open(Mode::kReadOnly).load_disc(id).tracks.size(), 3u) << size;
      EXPECT_GT(size + 4096, whole.size()) << size;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kCatalog) << size << ": " << error.message();
    }
    EXPECT_EQ(bytes_of(file).size(), size);
  }
}

TEST_F(OpenTest, DamageNamesTheNewestBackup) {
  {
    auto catalog = open();
    store(catalog, disc());
  }
  write_bytes(file + ".backup-v1-20250101T000000000Z", "older");
  write_bytes(file + ".backup-v1-20260101T000000000Z", "newer");
  std::string bytes = bytes_of(file);
  for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = '\xff';
  write_bytes(file, bytes);
  const Error error = error_of([&] { open().find_disc("dvd-a1b2c3d"); });
  EXPECT_EQ(error.kind(), ErrorKind::kCatalog);
  EXPECT_NE(error.hint().find(file + ".backup-v1-20260101T000000000Z"), std::string::npos) << error.hint();
}

TEST_F(OpenTest, AMissingFolderIsNotMadeUp) {
  file = folder / "not/there/catalog.db";
  EXPECT_EQ(error_of([&] { open(); }).kind(), ErrorKind::kCatalog);
  EXPECT_FALSE(std::filesystem::exists(folder / "not"));
  Catalog::make_folder(file);
  open();
  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST_F(OpenTest, NamesThatMeanSomethingToSqliteAreOnlyNames) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  for (const std::string name : {":memory:", "file:x?mode=memory", "-name", "a'b\"c"}) {
    Catalog::open(name, Mode::kReadWrite, clock.tick());
    EXPECT_TRUE(std::filesystem::exists(folder / name)) << name;
  }
  std::filesystem::current_path(before);
  EXPECT_EQ(error_of([&] { Catalog::open("", Mode::kReadWrite, clock.tick()); }).kind(), ErrorKind::kUsage);
}

TEST_F(OpenTest, ReadingAMissingFileMakesNothing) {
  auto catalog = open(Mode::kReadOnly);
  EXPECT_TRUE(catalog.all_discs().empty());
  EXPECT_EQ(error_of([&] { catalog.find_disc("1"); }).kind(), ErrorKind::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(file));
  file = folder / "no/folder/catalog.db";
  EXPECT_TRUE(open(Mode::kReadOnly).all_discs().empty());
}

TEST_F(OpenTest, ReadingChangesNothing) {
  {
    auto catalog = open();
    store(catalog, disc());
  }
  const std::string before = bytes_of(file);
  auto catalog = open(Mode::kReadOnly);
  EXPECT_EQ(catalog.load_disc({1}).tracks.size(), 3u);
  for (const auto& write : std::vector<std::function<void()>>{
           [&] { catalog.forget_disc({1}); }, [&] { store(catalog, disc()); }, [&] { catalog.drop_intent({1}); },
           [&] {
             catalog.remember_folder({"/a", "b"});
           }}) {
    EXPECT_NE(error_of(write).message().find("opened for reading only"), std::string::npos);
  }
  EXPECT_EQ(bytes_of(file), before);
}

TEST_F(OpenTest, DescriptorsDoNotReachChildren) {
  auto catalog = open();
  store(catalog, disc());
  int found = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    const auto target = std::filesystem::read_symlink(entry.path(), error).string();
    if (!target.starts_with(file)) continue;
    ++found;
    EXPECT_TRUE(fcntl(std::stoi(entry.path().filename()), F_GETFD) & FD_CLOEXEC) << target;
  }
  EXPECT_GE(found, 1);
}

// Killed in the middle of writing: the next one reads what was there before, even one that only reads.
TEST_F(OpenTest, AJournalLeftByACrashIsRolledBackForReaders) {
  {
    auto catalog = open();
    store(catalog, disc());
  }
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    Connection db(file, Access::kExisting);
    db.open_for_writing();
    db.execute(
        "PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE disc SET volume_label = 'HALF';"
        "WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
        "INSERT INTO folder SELECT 'path ' || i, hex(randomblob(99)) FROM n");
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  ASSERT_GT(std::filesystem::file_size(file + "-journal"), 512u) << "no hot journal: the test shows nothing";
  EXPECT_EQ(open(Mode::kReadOnly).load_disc({1}).disc.volume_label, "THE_FILM");
  EXPECT_FALSE(open(Mode::kReadOnly).known_folder("path 1"));
}

}  // namespace
}  // namespace amphi::testing
