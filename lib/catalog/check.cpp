// `catalog check`: everything that can be said of a catalog without looking at the files that it tells of.
#include <filesystem>

#include "amphi/care.hpp"
#include "amphi/error.hpp"
#include "catalog/backup_names.hpp"
#include "catalog/inspect.hpp"
#include "catalog/migrate.hpp"
#include "catalog/open.hpp"
#include "catalog/readable.hpp"
#include "catalog/store.hpp"

namespace amphi {

std::string_view to_string(SchemaDifference::Kind kind) {
  switch (kind) {
    case SchemaDifference::Kind::kMissing:
      return "missing";
    case SchemaDifference::Kind::kChanged:
      return "changed";
    case SchemaDifference::Kind::kAdded:
      return "added";
  }
  return "missing";
}

namespace {

struct Question {
  const char* what;
  const char* sql;
};

// What the foreign keys do not speak of. History outlives what it tells of, on purpose.
constexpr Question kQuestions[] = {
    {"unfinished requests without a track",
     "SELECT count(*) FROM request r WHERE finished_at IS NULL AND cancelled_at IS NULL "
     "AND NOT EXISTS (SELECT 1 FROM request_track t WHERE t.request_id = r.id)"},
    {"discs that their fingerprint does not lead to",
     "SELECT count(*) FROM disc d WHERE NOT EXISTS "
     "(SELECT 1 FROM identifier i WHERE i.disc_id = d.id AND i.kind = 'amphi' AND i.value = d.fingerprint)"},
};

std::vector<OrphanRows> find_orphans(Connection& db) {
  std::vector<OrphanRows> found;
  for (const auto& question : kQuestions) {
    const auto rows = db.integer(question.sql);
    if (rows > 0) found.push_back({question.what, rows});
  }
  return found;
}

// As a line for the list of problems; "" where there is none.
std::string unreadable_row(Store& store) {
  try {
    require_readable(store);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kCatalog) throw;
    return error.message();
  }
  return "";
}

void check_rows(Store& store, CheckDepth depth, CatalogCheck& check) {
  auto& db = store.db();
  const Transaction same_state(db, Transaction::Kind::kRead);
  check.problems = integrity_problems(db, depth);
  // What is read from damaged pages says nothing.
  if (!check.problems.empty()) return;
  check.broken_references = broken_references(db);
  check.schema_differences = schema_differences(db, check.schema);
  if (!check.schema_differences.empty()) return;
  check.orphans = find_orphans(db);
  if (depth == CheckDepth::kFull && check.schema == check.newest_schema) {
    if (auto trouble = unreadable_row(store); !trouble.empty()) check.problems.push_back(std::move(trouble));
  }
}

}  // namespace

CatalogCheck check_catalog(const std::string& path, CheckDepth depth) {
  CatalogCheck check;
  check.path = path;
  check.newest_schema = newest_schema();
  check.newest_backup = newest_backup(path);
  Store store;
  store.path = path;
  store.connection = open_made(path, check.schema);
  check.size_bytes = static_cast<std::int64_t>(std::filesystem::file_size(path));
  check_rows(store, depth, check);
  if (check.damaged()) check.hint = way_back(path, "keep the file: `sqlite3 FILE .recover` may save its rows");
  return check;
}

}  // namespace amphi
