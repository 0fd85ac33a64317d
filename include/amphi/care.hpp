// Looking after a catalog: checking, backing up, restoring, writing out, taking in and rebuilding. All of it goes by
// the file's path, because the file may be damaged. What cannot be used (damaged, newer, of another program, missing)
// throws kCatalog and stays as it is.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/catalog.hpp"
#include "amphi/config.hpp"
#include "amphi/stage.hpp"
#include "amphi/verify.hpp"

namespace amphi {

// A lock that somebody else holds: kBusy, or try again until it is free.
enum class WhenBusy { kFail, kWait };

// ---- check ---------------------------------------------------------------------------------------------------------

// kQuick leaves out whether each index agrees with its table, which takes most of the time.
enum class CheckDepth { kQuick, kFull };

struct BrokenReference {
  std::string table;
  std::optional<std::int64_t> row;  // its rowid; a table without rowids has none
  std::string refers_to;            // the table that has no such row
};

struct SchemaDifference {
  std::string name;  // "table disc", "index artifact_path"
  enum class Kind { kMissing, kChanged, kAdded } kind = Kind::kMissing;
};
std::string_view to_string(SchemaDifference::Kind kind);

// Rows that nothing forbids and nothing uses.
struct OrphanRows {
  std::string what;
  std::int64_t rows = 0;
};

struct CatalogCheck {
  std::string path;
  int schema = 0, newest_schema = 0;
  std::int64_t size_bytes = 0;
  std::vector<std::string> problems;  // what SQLite's own check says; kFull: the first row that is no value, too
  std::vector<BrokenReference> broken_references;
  std::vector<SchemaDifference> schema_differences;  // from a newly made catalog of this schema
  std::vector<OrphanRows> orphans;
  std::string newest_backup;  // beside it; "": none
  std::string hint;           // where it is damaged: what to do
  bool damaged() const { return !problems.empty() || !broken_references.empty() || !schema_differences.empty(); }
};
// Reads only.
CatalogCheck check_catalog(const std::string& path, CheckDepth depth);

// Every recorded artifact against its file, as `track verify --all` looks at them.
struct FileFault {
  TrackId track;
  Stage stage = Stage::kRip;
  Verdict verdict = Verdict::kMissing;  // missing, changed, unverified, unreadable
  std::string path, detail;
};
struct FilesCheck {
  std::map<Verdict, std::int64_t> counts;  // without pending: nothing is recorded there
  std::vector<FileFault> faults;
};
FilesCheck check_files(Catalog& catalog, const Config& config);

// ---- backup --------------------------------------------------------------------------------------------------------

struct SavedCopy {
  std::string path;
  int schema = 0;
  std::int64_t size_bytes = 0, rows = 0;
  std::vector<std::string> deleted;  // older backups, because of `keep`
};
// Copies the catalog, verified and durable, to `target`, which must not be there yet (kUsage); without one, beside the
// catalog. Reads in one transaction: whoever writes meanwhile waits for it, nobody fails. With `keep` all but the
// newest so many of the backups that this function made beside the catalog are deleted afterwards, and nothing else.
SavedCopy back_up_catalog(const std::string& path, const std::optional<std::string>& target, std::optional<int> keep,
                          const std::function<Timestamp()>& clock, WhenBusy when_busy);

// ---- restore -------------------------------------------------------------------------------------------------------

struct Restored {
  int schema = 0;  // of what was restored; the next amphi that writes upgrades an older one
  std::int64_t discs = 0, rows = 0;
  std::string kept;        // where the content before is now; "": there was none
  bool set_aside = false;  // the file before could not be used and is `kept` as it was
};
// The catalog becomes what the backup `file` holds. kBusy while an amphi works on a track or a request of it.
Restored restore_catalog(const std::string& path, const std::string& file, const std::function<Timestamp()>& clock,
                         WhenBusy when_busy);

// ---- export and import ---------------------------------------------------------------------------------------------

// The whole catalog as JSON Lines, each without its newline; see lib/catalog/export.cpp for the form. Gives the number
// of rows per table.
std::map<std::string, std::int64_t> export_catalog(const std::string& path,
                                                   const std::function<void(std::string_view line)>& take);
// The same into the new file `target`, which has its name only once it is whole and durable; kUsage where it is taken.
std::map<std::string, std::int64_t> export_catalog_to(const std::string& path, const std::string& target);

struct Imported {
  int from_schema = 0;  // what the export was of
  int schema = 0;
  std::int64_t discs = 0, rows = 0;
  std::string kept;  // a backup of a catalog without discs that held other rows; "": there was none
};
// Takes in what export_catalog gave. `name` is for messages, which name the line. kUsage for anything that is not a
// whole export, and for a catalog that has discs; nothing is changed then.
Imported import_catalog(const std::string& path, std::istream& lines, const std::string& name,
                        const std::function<Timestamp()>& clock, WhenBusy when_busy);

// ---- the ancestor's catalog ----------------------------------------------------------------------------------------

// A row of which something does not fit: the rest of it was taken in, and the history keeps it as it was.
struct BadRow {
  std::string table;
  std::optional<std::int64_t> row;   // its id
  std::vector<std::string> columns;  // that do not fit
  std::string why;                   // one line, naming them
};

struct AncestorImported {
  int schema = 0;                                                   // of the catalog
  std::int64_t discs = 0;                                           // in it now
  std::int64_t rows = 0;                                            // read, of all tables of the file
  std::int64_t added_discs = 0, added_tracks = 0, added_paths = 0;  // that the catalog did not have
  std::vector<BadRow> bad_rows;
};
// Whether SQLite wrote the file; false for what cannot be read.
bool is_sqlite_file(const std::string& file);
// Takes in the catalog of amphigory, amphi's Python ancestor, of any of its schemas; in one transaction, into a catalog
// that may hold discs already. The file is opened for reading and never changed. What the catalog says is never
// changed: a row that was taken in before and is as it was is left out, of any other what is missing here is filled in.
// Paths are unverified. `catalog` is opened once the file has been read. kUsage for any other database and for a
// damaged one; kBusy while somebody writes it, or works on tracks of the catalog.
AncestorImported import_ancestor(const std::function<Catalog&()>& catalog, const std::string& file, WhenBusy when_busy);

// ---- a lost catalog ------------------------------------------------------------------------------------------------

struct RebuildSummary {
  int discs = 0;       // that the catalog did not know
  int artifacts = 0;   // with a receipt: recorded as done
  int unverified = 0;  // known by their tags alone: process probes and adopts them
};
// Records what the configured folders hold and the catalog does not: artifacts by their receipts or their tags, discs
// and tracks by what those tell, edits where the disc has none. What is recorded is never changed. `tell`: one line for
// each oddity. kBusy while an amphi works on a track or a request; kUnavailable without amphi-media.
RebuildSummary rebuild_catalog(Catalog& catalog, const Config& config,
                               const std::function<void(const std::string&)>& tell, WhenBusy when_busy);

}  // namespace amphi
