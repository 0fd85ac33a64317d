#include "catalog/migrate.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

#include "amphi/error.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "catalog/backup.hpp"
#include "catalog/backup_names.hpp"
#include "catalog/migrations.hpp"
#include "catalog/open.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kApplicationId = 0x616d7068;  // "amph"
constexpr auto kOtherFile = "give another file with --catalog; this one was not changed";

std::vector<std::string> table_names(Connection& db) {
  std::vector<std::string> names;
  Use rows =
      db.use("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC, name");
  while (rows.step()) names.push_back(rows.next<std::string>());
  return names;
}

[[noreturn]] void refuse_newer(const std::string& file, std::int64_t version) {
  throw Error(
      ErrorKind::kCatalog,
      fmt::format("{} was made by a newer amphi (schema {}, this one knows {})", file, version, newest_schema()),
      "use the newer amphi, or another catalog with --catalog");
}

[[noreturn]] void refuse_foreign(const std::string& file, const std::vector<std::string>& tables) {
  const auto has = [&](const char* name) { return std::find(tables.begin(), tables.end(), name) != tables.end(); };
  if (has("discs") && has("tracks") && has("presets")) {
    throw Error(
        ErrorKind::kCatalog,
        fmt::format("{} is a database of amphigory, amphi's Python ancestor, not a catalog of amphi", file),
        way_back(file, fmt::format("amphi catalog import {} takes it into one; it was not changed", shell_word(file))));
  }
  std::string some;
  for (std::size_t i = 0; i < tables.size() && i < 3; ++i) {
    some += (i ? ", " : " (it holds ") + escape_controls(fit_to_width(tables[i], 40));
  }
  if (!some.empty()) some += tables.size() > 3 ? " ...)" : ")";
  throw Error(ErrorKind::kCatalog, fmt::format("{} is a database of another program, not a catalog{}", file, some),
              way_back(file, kOtherFile));
}

extern "C" void fold_text(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  if (!text) return sqlite3_result_null(context);
  try {
    const std::string folded = case_fold({text, static_cast<std::size_t>(sqlite3_value_bytes(values[0]))});
    sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } catch (...) {
    sqlite3_result_error_nomem(context);
  }
}

// What the scripts use beyond SQL: amphi_fold(), the comparison of names.
void add_functions(Connection& db) {
  const int code =
      sqlite3_create_function_v2(db.get(), "amphi_fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                 nullptr, fold_text, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite(db.get(), code, db.file(), "amphi_fold");
}

void check_foreign_keys(Connection& db) {
  Use broken = db.use("PRAGMA foreign_key_check");
  if (!broken.step()) return;
  const auto table = broken.next<std::string>();
  throw Error(ErrorKind::kCatalog,
              fmt::format("the catalog {} is damaged: rows of {} refer to nothing", db.file(), table),
              way_back(db.file(), "it was not changed; amphi catalog check lists the rows"));
}

void take_steps(Connection& db, int from, int to) {
  add_functions(db);
  for (const Migration& step : kMigrations) {
    if (step.number > from && step.number <= to) db.execute(step.sql);
  }
  check_foreign_keys(db);
  db.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, to).c_str());
}

}  // namespace

int newest_schema() {
  return kMigrations.back().number;
}

int schema_of(Connection& db) {
  // Several reads of one state: another amphi may be making the catalog just now.
  std::optional<Transaction> same_state;
  if (!db.in_transaction()) same_state.emplace(db, Transaction::Kind::kRead);
  const std::int64_t application = db.integer("PRAGMA application_id");
  const std::int64_t version = db.integer("PRAGMA user_version");
  if (application == kApplicationId) {
    if (version > newest_schema()) refuse_newer(db.file(), version);
    if (version >= 1) return static_cast<int>(version);
  }
  const auto tables = table_names(db);
  if (application != 0 || version != 0 || !tables.empty()) refuse_foreign(db.file(), tables);
  return 0;
}

namespace {

std::string keep_before(Connection& db, int version, const Clock& clock) {
  // What another connection reads is the same: the lock of this one keeps everybody from changing it.
  Connection as_committed(db.file(), Connection::Access::kRead);
  // Where the steps fail they fail here: a backup for each try would be worth nothing, and hide the good ones.
  migrate(*private_copy_of(as_committed), clock, Backup::kNone);
  return keep_copy(as_committed, version, BackupKind::kMigration, clock());
}

}  // namespace

void migrate(Connection& db, const Clock& clock, Backup backup) {
  db.execute("PRAGMA foreign_keys = OFF");
  {
    Transaction transaction(db);
    // Another amphi may have been faster.
    const int version = schema_of(db);
    if (version < newest_schema()) {
      std::string kept;
      if (version > 0 && backup == Backup::kBefore) kept = keep_before(db, version, clock);
      take_steps(db, version, newest_schema());
      transaction.commit();
      if (!kept.empty()) {
        log_info(
            fmt::format("catalog: schema {} became {}; the older one is kept as {}", version, newest_schema(), kept));
      }
    }
  }
  db.execute("PRAGMA foreign_keys = ON");
}

void build_schema(Connection& db, int schema) {
  db.execute("PRAGMA foreign_keys = OFF");
  Transaction transaction(db);
  take_steps(db, 0, schema);
  transaction.commit();
}

}  // namespace amphi
