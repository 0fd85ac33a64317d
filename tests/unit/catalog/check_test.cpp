// What `catalog check` finds, each kind of damage once, and what it takes for none.
#include "amphi/care.hpp"
#include "catalog/connection.hpp"
#include "catalog/migrate.hpp"
#include "support.hpp"

namespace amphi::testing {
namespace {

using Access = Connection::Access;

struct CheckTest : CatalogTest {
  void SetUp() override {
    auto catalog = open();
    store(catalog, disc());
  }
  void change(const char* sql) { Connection(file, Access::kExisting).execute(sql); }
  CatalogCheck check(CheckDepth depth = CheckDepth::kQuick) { return check_catalog(file, depth); }
};

TEST_F(CheckTest, ASoundCatalog) {
  const std::string before = bytes_of(file);
  const auto found = check(CheckDepth::kFull);
  EXPECT_FALSE(found.damaged());
  EXPECT_EQ(found.schema, newest_schema());
  EXPECT_TRUE(found.orphans.empty());
  EXPECT_TRUE(found.hint.empty());
  EXPECT_EQ(found.size_bytes, static_cast<std::int64_t>(before.size()));
  EXPECT_EQ(bytes_of(file), before);
}

TEST_F(CheckTest, AnUpgradedCatalogIsLikeANewOne) {
  file = folder / "old.db";
  Connection(file, Access::kCreate).execute(bytes_of(AMPHI_SOURCE_DIR "/tests/upgrade/schema_1.sql").c_str());
  { open(); }
  EXPECT_FALSE(check(CheckDepth::kFull).damaged());
}

TEST_F(CheckTest, DamagedPages) {
  std::string bytes = bytes_of(file);
  for (std::size_t i = 10 * 4096; i < bytes.size(); ++i) bytes[i] = '\xff';
  write_bytes(file, bytes);
  write_bytes(file + ".backup-v3-20260101T000000000Z.saved", "x");
  const auto found = check();
  EXPECT_TRUE(found.damaged());
  ASSERT_FALSE(found.problems.empty());
  EXPECT_NE(found.hint.find("catalog restore " + file + ".backup-v3-20260101T000000000Z.saved"), std::string::npos);
}

TEST_F(CheckTest, ProblemsAreLinesWithoutSqlitesHeading) {
  std::string bytes = bytes_of(file);
  bytes.replace(2 * 4096 + 8, 8, 8, 'X');  // where the third page says its rows are
  write_bytes(file, bytes);
  const auto found = check();
  ASSERT_FALSE(found.problems.empty());
  EXPECT_NE(found.problems[0].find("page"), std::string::npos) << found.problems[0];
  for (const auto& problem : found.problems) {
    EXPECT_EQ(problem.find("\\n"), std::string::npos) << problem;
    EXPECT_FALSE(problem.starts_with("***")) << problem;
  }
}

TEST_F(CheckTest, RowsThatReferToNothing) {
  change("PRAGMA foreign_keys = OFF; INSERT INTO disc_edit (disc_id) VALUES (99)");
  const auto found = check();
  ASSERT_EQ(found.broken_references.size(), 1u);
  EXPECT_EQ(found.broken_references[0].table, "disc_edit");
  EXPECT_EQ(found.broken_references[0].row, 99);
  EXPECT_EQ(found.broken_references[0].refers_to, "disc");
  EXPECT_TRUE(found.damaged());
}

TEST_F(CheckTest, AnotherSchema) {
  change("DROP INDEX artifact_path; CREATE INDEX mine ON disc (kind); ALTER TABLE folder ADD COLUMN more TEXT");
  const auto found = check();
  ASSERT_EQ(found.schema_differences.size(), 3u);
  std::string text;
  for (const auto& each : found.schema_differences) text += each.name + " " + std::string(to_string(each.kind)) + "; ";
  EXPECT_EQ(text, "index artifact_path missing; table folder changed; index mine added; ");
  EXPECT_TRUE(found.damaged());
}

TEST_F(CheckTest, RowsThatAreNoValuesAreFoundByTheFullCheck) {
  change("UPDATE track SET type = 'blooper' WHERE id = 2");
  EXPECT_FALSE(check().damaged());
  const auto found = check(CheckDepth::kFull);
  ASSERT_EQ(found.problems.size(), 1u);
  EXPECT_NE(found.problems[0].find("blooper"), std::string::npos);
}

TEST_F(CheckTest, TheHistoryIsReadToo) {
  change("UPDATE history SET detail = 'garbage'");
  EXPECT_FALSE(check().damaged());
  const auto found = check(CheckDepth::kFull);
  ASSERT_EQ(found.problems.size(), 1u);
  EXPECT_NE(found.problems[0].find("entry 1 of the history"), std::string::npos) << found.problems[0];
}

// It ends with its track's reset; the catalog is not to be replaced for it.
TEST_F(CheckTest, AnIntentThatCannotBeReadIsNoDamage) {
  change(
      "INSERT INTO intent (step_id, track_id, stage, kind, spec, held_by, created_at) VALUES ('0123456789abcdef', 1, "
      "'rip', 'make', 'garbage', '', 0)");
  EXPECT_FALSE(check(CheckDepth::kFull).damaged());
}

TEST_F(CheckTest, OrphansAreToldAndNoDamage) {
  change(
      "INSERT INTO request (until_stage, jobs, created_at) VALUES ('rip', 1, 0); DELETE FROM identifier WHERE kind = "
      "'amphi'");
  const auto found = check();
  ASSERT_EQ(found.orphans.size(), 2u);
  EXPECT_EQ(found.orphans[0].rows, 1);
  EXPECT_EQ(found.orphans[1].rows, 1);
  EXPECT_FALSE(found.damaged());
}

TEST_F(CheckTest, NoCatalogIsAnError) {
  file = folder / "nothing.db";
  write_bytes(file + ".backup-v3-20260101T000000000Z.saved", "x");
  const Error error = error_of([&] { check(); });
  EXPECT_EQ(error.kind(), ErrorKind::kCatalog);
  EXPECT_NE(error.hint().find("catalog restore"), std::string::npos);
}

// Every way in which a catalog is refused names the way back.
TEST_F(CheckTest, WhoeverMeetsAnUnusableCatalogNamesTheNewestBackup) {
  const std::string backup = file + ".backup-v3-20260101T000000000Z.saved";
  write_bytes(backup, "x");
  const auto names_it = [&](const std::function<void()>& act) {
    const Error error = error_of(act);
    EXPECT_EQ(error.kind(), ErrorKind::kCatalog);
    EXPECT_NE(error.hint().find("amphi --catalog " + file + " catalog restore " + backup), std::string::npos)
        << error.message();
  };
  change("UPDATE track SET type = 'blooper'");
  names_it([&] { open().load_disc({1}); });
  for (const std::string& text : {std::string("x"), std::string(9000, '#')}) {
    write_bytes(file, text);
    for (const auto mode : {Catalog::Mode::kReadWrite, Catalog::Mode::kReadOnly}) names_it([&] { open(mode); });
    EXPECT_EQ(bytes_of(file), text);
  }
  std::filesystem::remove(file);
  Connection(file, Access::kCreate).execute("CREATE TABLE songs (x)");
  names_it([&] { open(); });
}

}  // namespace
}  // namespace amphi::testing
