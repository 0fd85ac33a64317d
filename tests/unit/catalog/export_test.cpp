// Export and import: nothing is lost on the way, and what is no whole export is not taken in.
#include <sstream>

#include <nlohmann/json.hpp>

#include "base/descriptor.hpp"
#include "catalog/import.hpp"
#include "catalog/inspect.hpp"
#include "catalog/migrate.hpp"
#include "catalog/new_file.hpp"
#include "support.hpp"

namespace amphi::testing {
namespace {

namespace fs = std::filesystem;
using Access = Connection::Access;
using Json = nlohmann::ordered_json;

const std::string kHostile = "a \"quote\", a '\n\t\\ and 🎬 \x01\xe2\x80\xae";
const std::string kNoUtf8 = "/srv/\xff\xfe/\xc3(.mkv";

struct ExportTest : CatalogTest {
  std::string other = folder / "other.db";

  void SetUp() override {
    auto catalog = open();
    const auto id = store(catalog, disc());
    store(catalog, disc("beefbeef"));
    catalog.commit_artifact(catalog.load_disc(id).tracks[0].id, receipt(Stage::kRip, "/srv/rip.mkv"), std::nullopt);
    catalog.forget_disc({2});
    Connection db(file, Access::kExisting);
    db.run("INSERT INTO disc_edit (disc_id, title) VALUES (1, ?)", kHostile);
    db.run("UPDATE artifact SET path = ?, inode = ?, duration_seconds = ?", kNoUtf8,
           std::numeric_limits<std::int64_t>::min(), 0.1 + 0.2);
    db.run("UPDATE track SET score = ?, frame_rate = 1e308, duration_seconds = 5400.0, size_bytes = ? WHERE id = 1",
           std::numeric_limits<double>::infinity(), std::numeric_limits<std::int64_t>::max());
    db.run("UPDATE disc SET volume_label = ?", std::string("nul\0inside", 10));
  }
  static std::vector<std::string> lines_of(const std::string& path) {
    std::vector<std::string> lines;
    export_catalog(path, [&](std::string_view line) { lines.emplace_back(line); });
    return lines;
  }
  static std::string join(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
  }
  Imported import(const std::string& text) {
    std::istringstream lines(text);
    return import_lines(other, lines, "dump", clock.tick(), WhenBusy::kFail);
  }
  Error refused(const std::string& text) {
    const bool there = fs::exists(other);
    const Error error = error_of([&] { import(text); });
    EXPECT_EQ(error.kind(), ErrorKind::kUsage) << error.message();
    EXPECT_EQ(fs::exists(other), there) << error.message();
    return error;
  }
  // The export with one of its lines changed.
  Error refused_line(std::size_t number, const std::function<void(Json&)>& change) {
    auto lines = lines_of(file);
    Json line = Json::parse(lines[number - 1]);
    change(line);
    lines[number - 1] = line.dump();
    const Error error = refused(join(lines));
    EXPECT_NE(error.message().find("dump, line " + std::to_string(number) + ": "), std::string::npos)
        << error.message();
    return error;
  }
  std::size_t line_of(const std::string& table) {
    const auto lines = lines_of(file);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].starts_with("{\"table\":\"" + table + "\"")) return i + 1;
    }
    ADD_FAILURE() << table;
    return 1;
  }
};

TEST_F(ExportTest, SaysWhatItIsAndCounts) {
  const auto lines = lines_of(file);
  EXPECT_EQ(lines.front(),
            R"({"schema":"amphi.catalog.export/1","catalog_schema":)" + std::to_string(newest_schema()) + "}");
  const auto last = Json::parse(lines.back());
  EXPECT_EQ(last["rows"]["disc"], 1);
  EXPECT_EQ(last["rows"]["track"], 3);
  std::size_t rows = 0;
  for (const auto& [table, count] : last["rows"].items()) rows += count.get<std::size_t>();
  EXPECT_EQ(rows + 2, lines.size());
}

// `catalog export | less` may stand for hours.
TEST_F(ExportTest, HoldsNoLockWhileItsLinesAreTaken) {
  const auto before = lines_of(file);
  std::vector<std::string> lines;
  export_catalog(file, [&](std::string_view line) {
    if (lines.size() == 2) {  // in the middle of the rows
      Connection writer(file, Access::kExisting);
      writer.execute("PRAGMA busy_timeout = 0");
      writer.run("UPDATE track SET source_name = 'written meanwhile'");
    }
    lines.emplace_back(line);
  });
  EXPECT_TRUE(lines == before) << "not of one state";
}

TEST_F(ExportTest, ComesBackWithoutLoss) {
  const auto imported = import(join(lines_of(file)));
  EXPECT_EQ(imported.discs, 1);
  EXPECT_EQ(imported.kept, "");
  EXPECT_EQ(lines_of(other), lines_of(file));
  Connection db(other, Access::kRead);
  Use row = db.use(
      "SELECT (SELECT title FROM disc_edit), a.path, a.inode, a.duration_seconds, t.size_bytes, t.score, t.frame_rate "
      "FROM artifact a JOIN track t ON t.id = 1");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.next<std::string>(), kHostile);
  EXPECT_EQ(row.next<std::string>(), kNoUtf8);
  EXPECT_EQ(row.next<std::int64_t>(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(row.next<double>(), 0.1 + 0.2);
  EXPECT_EQ(row.next<std::int64_t>(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(row.next<double>(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(row.next<double>(), 1e308);
}

TEST_F(ExportTest, IdsAreNotUsedAgain) {
  import(join(lines_of(file)));
  file = other;
  auto catalog = open();
  EXPECT_EQ(store(catalog, disc("cafecafe")).value, 3);
}

TEST_F(ExportTest, AnOlderSchemaIsUpgraded) {
  const std::string old = folder / "old.db";
  Connection(old, Access::kCreate).execute(bytes_of(AMPHI_SOURCE_DIR "/tests/upgrade/schema_1.sql").c_str());
  const auto lines = lines_of(old);
  EXPECT_NE(lines.front().find("\"catalog_schema\":1"), std::string::npos);
  const auto imported = import(join(lines));
  EXPECT_EQ(imported.from_schema, 1);
  EXPECT_EQ(imported.schema, newest_schema());
  // The same as the older catalog itself becomes.
  { Catalog::open(old, Catalog::Mode::kReadWrite, clock.tick()); }
  EXPECT_EQ(lines_of(other), lines_of(old));
}

TEST_F(ExportTest, EveryCutIsRefused) {
  const std::string text = join(lines_of(file));
  for (std::size_t size = 0; size + 1 < text.size(); size += size < 200 ? 7 : 97) refused(text.substr(0, size));
  refused(text.substr(0, text.size() - 2));
  for (auto lines = lines_of(file); lines.size() > 1;) {  // between lines, too
    lines.pop_back();
    refused(join(lines));
  }
  import(text.substr(0, text.size() - 1));  // the last newline says nothing
}

TEST_F(ExportTest, ALineThatIsGoneIsMissed) {
  auto lines = lines_of(file);
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(line_of("history")) - 1);
  EXPECT_NE(refused(join(lines)).message().find("rows of history"), std::string::npos);
}

TEST_F(ExportTest, RowsThatReferToNothingAreRefused) {
  auto lines = lines_of(file);
  std::erase_if(lines, [](const auto& line) { return line.starts_with("{\"table\":\"disc\""); });
  Json last = Json::parse(lines.back());
  last["rows"]["disc"] = 0;
  lines.back() = last.dump();
  EXPECT_NE(refused(join(lines)).message().find("that is not there"), std::string::npos);
}

TEST_F(ExportTest, WrongLinesAreNamed) {
  const auto has = [](const Error& error, const char* text) {
    EXPECT_NE(error.message().find(text), std::string::npos) << error.message();
  };
  has(refused_line(1, [](Json& line) { line["schema"] = "amphi.catalog.export/2"; }), "amphi.catalog.export/1");
  has(refused_line(1, [](Json& line) { line["catalog_schema"] = 99; }), "schema 99");
  has(refused_line(1, [](Json& line) { line["catalog_schema"] = 0; }), "no schema 0");
  const auto disc_line = line_of("disc");
  has(refused_line(disc_line, [](Json& line) { line["table"] = "disk"; }), "no table disk");
  has(refused_line(disc_line, [](Json& line) { line["table"] = "sqlite_schema"; }), "no table sqlite_schema");
  has(refused_line(disc_line, [](Json& line) { line["more"] = 1; }), "not just a table and a row");
  has(refused_line(disc_line, [](Json& line) { line["row"]["colour"] = "red"; }), "no column colour");
  has(refused_line(disc_line, [](Json& line) { line["row"].erase("kind"); }), "disc has no kind");
  has(refused_line(disc_line, [](Json& line) { line["row"] = 7; }), "no object");
  has(refused_line(disc_line, [](Json& line) { line["row"]["id"] = "one"; }), "id takes an integer");
  has(refused_line(disc_line, [](Json& line) { line["row"]["id"] = 1.5; }), "id takes an integer");
  has(refused_line(disc_line, [](Json& line) { line["row"]["id"] = 18446744073709551615U; }), "id takes an integer");
  has(refused_line(disc_line, [](Json& line) { line["row"]["kind"] = true; }), "kind takes a string");
  has(refused_line(disc_line, [](Json& line) { line["row"]["kind"] = Json{{"hex", "zz"}}; }), "kind takes a string");
  has(refused_line(disc_line, [](Json& line) { line["row"]["kind"] = nullptr; }), "NOT NULL");
  has(refused_line(disc_line, [](Json& line) { line["row"]["kind"] = "vinyl"; }), "CHECK");
  has(refused_line(line_of("track"), [](Json& line) { line["row"]["score"] = "high"; }), "score takes a number");
}

TEST_F(ExportTest, WordsThatNoAmphiWritesAreRefused) {
  auto lines = lines_of(file);
  const auto number = line_of("track");
  Json line = Json::parse(lines[number - 1]);
  line["row"]["type"] = "blooper";
  lines[number - 1] = line.dump();
  EXPECT_NE(refused(join(lines)).message().find("blooper"), std::string::npos);
}

TEST_F(ExportTest, DeepNestingIsRefused) {
  auto lines = lines_of(file);
  constexpr std::size_t kDeep = 200'000;
  lines.back() = R"({"rows":{"artifact":)" + std::string(kDeep, '[') + std::string(kDeep, ']') + "}}";
  EXPECT_NE(refused(join(lines)).message().find("nested too deeply"), std::string::npos);
}

TEST_F(ExportTest, ANameThatIsGivenTwiceIsRefused) {
  auto lines = lines_of(file);
  auto& line = lines[line_of("history") - 1];
  line.insert(line.find("\"event\""), R"("event":"another",)");
  EXPECT_NE(refused(join(lines)).message().find("\"event\" is given twice"), std::string::npos);
}

TEST_F(ExportTest, MoreAfterTheEndIsRefused) {
  auto lines = lines_of(file);
  lines.push_back(lines[1]);
  EXPECT_NE(refused(join(lines)).message().find("more after"), std::string::npos);
}

TEST_F(ExportTest, AWholeNumberIsAReal) {
  auto lines = lines_of(file);
  const auto number = line_of("track");
  Json line = Json::parse(lines[number - 1]);
  ASSERT_EQ(line["row"]["duration_seconds"].dump(), "5400.0");
  line["row"]["duration_seconds"] = 5400;
  lines[number - 1] = line.dump();
  import(join(lines));
  EXPECT_EQ(lines_of(other), lines_of(file));
}

TEST_F(ExportTest, OnlyAnEmptyCatalogTakesIn) {
  const std::string text = join(lines_of(file));
  other = file;
  const auto before = lines_of(file);
  const Error error = refused(text);
  EXPECT_NE(error.message().find("not empty"), std::string::npos);
  EXPECT_FALSE(error.hint().empty());
  EXPECT_EQ(lines_of(file), before);
}

TEST_F(ExportTest, ACatalogWhoseDiscsWereForgottenIsKept) {
  const std::string text = join(lines_of(file));
  {
    auto catalog = Catalog::open(other, Catalog::Mode::kReadWrite, clock.tick());
    catalog.forget_disc(store(catalog, disc("facefeed")));
  }
  const auto before = lines_of(other);
  const auto imported = import(text);
  EXPECT_EQ(lines_of(imported.kept), before);
  EXPECT_EQ(lines_of(other), lines_of(file));
}

TEST_F(ExportTest, ADamagedCatalogTakesNothingIn) {
  const std::string text = join(lines_of(file));
  write_bytes(other, std::string(9000, '#'));
  const Error error = error_of([&] { import(text); });
  EXPECT_EQ(error.kind(), ErrorKind::kCatalog);
  EXPECT_EQ(bytes_of(other), std::string(9000, '#'));
}

TEST_F(ExportTest, AFileHasItsNameOnlyWhenWhole) {
  const std::string target = folder / "dump.jsonl";
  const auto counts = export_catalog_to(file, target);
  EXPECT_EQ(counts.at("disc"), 1);
  EXPECT_EQ(bytes_of(target), join(lines_of(file)));
  EXPECT_EQ(error_of([&] { export_catalog_to(file, target); }).kind(), ErrorKind::kUsage);
  std::string bytes = bytes_of(file);
  for (std::size_t i = 10 * 4096; i < bytes.size(); ++i) bytes[i] = '\xff';
  write_bytes(file, bytes);
  EXPECT_EQ(error_of([&] { export_catalog_to(file, folder / "second.jsonl"); }).kind(), ErrorKind::kCatalog);
  EXPECT_FALSE(fs::exists(folder / "second.jsonl"));
  EXPECT_FALSE(fs::exists(folder / ".second.jsonl.amphi-part"));
}

TEST_F(ExportTest, AnotherOfTheSameNameIsNotDisturbed) {
  const std::string target = folder / "dump.jsonl";
  write_new_file(target, 0600, [&](const Part& part) {
    write_all(part.descriptor(), "half", target);
    const Error error = error_of([&] { export_catalog_to(file, target); });
    EXPECT_EQ(error.kind(), ErrorKind::kBusy) << error.message();
    write_all(part.descriptor(), " and half", target);
  });
  EXPECT_EQ(bytes_of(target), "half and half");
}

// A killed one's part may be the second name of what it published.
TEST_F(ExportTest, TakesAwayWhatAKilledOneLeft) {
  write_bytes(folder / "first.jsonl", "the first");
  fs::create_hard_link(folder / "first.jsonl", folder / ".second.jsonl.amphi-part");
  export_catalog_to(file, folder / "second.jsonl");
  EXPECT_EQ(bytes_of(folder / "first.jsonl"), "the first");
  EXPECT_EQ(bytes_of(folder / "second.jsonl"), join(lines_of(file)));
}

TEST_F(ExportTest, IsForWhomTheCatalogIs) {
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  export_catalog_to(file, folder / "dump.jsonl");
  EXPECT_EQ(fs::status(folder / "dump.jsonl").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace
}  // namespace amphi::testing
