#include "catalog/save.hpp"

#include <filesystem>

#include "catalog/backup.hpp"
#include "catalog/new_file.hpp"
#include "catalog/open.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

std::string save_as(Connection& db, const std::string& target) {
  write_new_file(target, mode_of(db.file()), [&](const Part& part) { write_verified_copy(db, part); });
  return target;
}

std::int64_t size_of(const std::string& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

std::vector<std::string> unfinished_copies(const Root& folder, const std::string& path) {
  std::vector<std::string> names;
  for (const auto kind : {BackupKind::kSaved, BackupKind::kMigration})
    for (const auto* end : {"", "-journal"}) {
      auto name = copy_part_name(path, kind) + end;
      const auto status = folder.look(name);
      if (status && S_ISREG(status->st_mode)) names.push_back(std::move(name));
    }
  return names;
}

}  // namespace

bool has_unfinished_copies(const std::string& path) {
  return !unfinished_copies(folder_with(path), path).empty();
}

void remove_unfinished_copies(const std::string& path) {
  Connection db(path, Connection::Access::kExisting);
  const Transaction no_migration(db);  // whose own copy needs no care lock
  const Root folder = folder_with(path);
  for (const auto& name : unfinished_copies(folder, path)) folder.remove_file(name);
}

void require_made(const std::string& path) {
  int schema = 0;
  open_made(path, schema);
}

SavedCopy save_copy(const std::string& path, const std::optional<std::string>& target, Timestamp now) {
  SavedCopy saved;
  const auto db = open_made(path, saved.schema);
  saved.path = target ? save_as(*db, *target) : keep_copy(*db, saved.schema, BackupKind::kSaved, now);
  saved.size_bytes = size_of(saved.path);
  Connection copy(saved.path, Connection::Access::kRead);
  Transaction same_state(copy, Transaction::Kind::kRead);
  saved.rows = contents_of(copy).all_rows();
  return saved;
}

std::vector<std::string> drop_old_copies(const std::string& path, int keep, const std::string& newest) {
  std::vector<BackupName> own;
  for (auto& backup : backups_beside(path)) {
    if (backup.kind == BackupKind::kSaved && backup.path != newest) own.push_back(std::move(backup));
  }
  std::vector<std::string> deleted;
  const Root folder = folder_with(path);
  const auto older = static_cast<std::size_t>(keep - 1);  // besides the newest
  for (std::size_t i = 0; i + older < own.size(); ++i) {
    const auto name = fs::path(own[i].path).filename().string();
    if (folder.remove_file(name)) deleted.push_back(own[i].path);
  }
  return deleted;
}

}  // namespace amphi
