// `catalog import`: an export becomes a catalog.
//
// The rows go into a private database of the export's schema first, where they are checked, and which is then upgraded
// as an older catalog is. Only then its content goes into the catalog, in one transaction: whoever kills this at any
// moment finds the catalog as it was, or with everything in it.
#include "catalog/import.hpp"

#include <optional>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "catalog/backup.hpp"
#include "catalog/held.hpp"
#include "catalog/import_reader.hpp"
#include "catalog/inspect.hpp"
#include "catalog/migrate.hpp"
#include "catalog/readable.hpp"
#include "catalog/store.hpp"

namespace amphi {
namespace {

void require_empty(Held& held) {
  if (!held.usable()) {
    throw Error(ErrorKind::kCatalog,
                fmt::format("the catalog {} takes nothing in, it cannot be used: {}", held.path, held.trouble),
                way_back(held.path, "give a new one with --catalog"));
  }
  const auto discs = held.schema > 0 ? count_rows(*held.db, "disc") : 0;
  if (discs == 0) return;
  throw Error(ErrorKind::kUsage,
              fmt::format("the catalog {} is not empty: it has {} disc{}", held.path, discs, discs == 1 ? "" : "s"),
              "an import makes a whole catalog and mixes nothing: give a new one with --catalog");
}

// A catalog whose discs were all forgotten still has its history.
bool holds_anything(Held& held) {
  if (held.schema == 0) return false;
  Transaction same_state(*held.db, Transaction::Kind::kRead);
  return contents_of(*held.db).all_rows() > 0;
}

int read_all_lines(Connection& into, std::istream& lines, const std::string& name) {
  ImportReader reader(into, name);
  // One transaction for all rows; the schema is made in one of its own, by the first line.
  std::optional<Transaction> rows;
  for (std::string line; std::getline(lines, line);) {
    reader.take(line);
    if (!rows) rows.emplace(into);
  }
  if (lines.bad())
    throw Error(ErrorKind::kUnavailable, fmt::format("{} cannot be read to its end", name),
                "give a file, and look at dmesg where it is one");
  reader.finish();
  rows->commit();
  return reader.schema();
}

// The tables' own rules let pass what no amphi would write: an unknown type of track, a broken list of streams.
void require_values(Store& store, const std::string& name) {
  try {
    require_readable(store);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kCatalog) throw;
    throw Error(ErrorKind::kUsage, fmt::format("{} cannot be taken in: {}", name, error.message()),
                "nothing was taken in");
  }
}

}  // namespace

Imported import_lines(const std::string& path, std::istream& lines, const std::string& name,
                      const Catalog::Clock& clock, WhenBusy when_busy) {
  Imported imported;
  Store made;
  made.path = name;
  made.connection = std::make_unique<Connection>(path, Connection::Access::kTemporary);
  imported.from_schema = read_all_lines(made.db(), lines, name);
  migrate(made.db(), clock, Backup::kNone);
  imported.schema = newest_schema();
  require_values(made, name);
  Held held = hold_alone(path, when_busy);
  require_empty(held);
  if (holds_anything(held)) imported.kept = keep_copy(*held.db, held.schema, BackupKind::kReplaced, clock());
  const Transaction same_state(made.db(), Transaction::Kind::kRead);
  imported.discs = count_rows(made.db(), "disc");
  imported.rows = overwrite(held, made.db());
  return imported;
}

}  // namespace amphi
