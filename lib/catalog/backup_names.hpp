// Names of what lies beside a catalog:
//   FILE.backup-vN-STAMP[.I]           kept by a migration from schema N
//   FILE.backup-vN-STAMP[.I].saved     made by `amphi catalog backup`
//   FILE.backup-vN-STAMP[.I].replaced  what `amphi catalog restore` (or import) took the place of
//   FILE.damaged-STAMP[.I]             a damaged file that restore set aside
// STAMP is the time, UTC to the millisecond, so that names sort by it; I is 2 and more where the name was taken.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace amphi {

inline constexpr int kMostOfOneStamp = 99;  // names with one time stamp, numbered

enum class BackupKind { kMigration, kSaved, kReplaced };

struct BackupName {
  std::string path;
  int schema = 0;
  std::string stamp;
  int number = 1;
  BackupKind kind = BackupKind::kMigration;
};

std::string backup_path(const std::string& file, int schema, BackupKind kind, Timestamp now, int number);
std::string damaged_path(const std::string& file, Timestamp now, int number);

// What `name`, a file's name without its folder, says of a backup of `file`; nothing unless it fits to the last byte.
std::optional<BackupName> parse_backup_name(const std::string& file, std::string_view name);

// The backups beside `file`, the oldest first. A folder that cannot be read has none.
std::vector<BackupName> backups_beside(const std::string& file);

// The newest backup beside `file`, one that a restore left only where there is no other; "" when there is none.
std::string newest_backup(const std::string& file);

// The hint of an error about a catalog that cannot be used: how to go back to its newest backup, else `otherwise`. It
// names the catalog, too: followed as it stands, it must not restore another.
std::string way_back(const std::string& file, std::string otherwise);

}  // namespace amphi
