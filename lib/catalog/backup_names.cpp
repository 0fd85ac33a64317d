#include "catalog/backup_names.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kShape = "00000000T000000000Z";  // of a stamp; 0: a digit
constexpr std::size_t kMostDigits = 4;                      // of a schema or a number

// "2026-11-22T20:02:59.123Z" -> "20261122T200259123Z".
std::string stamp(Timestamp at) {
  std::string out;
  for (const char c : to_rfc3339(at)) {
    if (c != '-' && c != ':' && c != '.') out += c;
  }
  return out;
}

std::string_view word_of(BackupKind kind) {
  switch (kind) {
    case BackupKind::kMigration:
      return "";
    case BackupKind::kSaved:
      return ".saved";
    case BackupKind::kReplaced:
      return ".replaced";
  }
  return "";
}

std::string numbered(int number) {
  return number > 1 ? fmt::format(".{}", number) : "";
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool take(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  text.remove_prefix(start.size());
  return true;
}

std::optional<std::string> take_stamp(std::string_view& text) {
  if (text.size() < kShape.size()) return std::nullopt;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == '0' ? !is_digit(text[i]) : text[i] != kShape[i]) return std::nullopt;
  }
  std::string found(text.substr(0, kShape.size()));
  text.remove_prefix(kShape.size());
  return found;
}

// Written as amphi writes it: no sign, no leading zero.
std::optional<int> take_number(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto length = static_cast<std::size_t>(end - text.begin());
  if (length == 0 || length > kMostDigits || text.front() == '0') return std::nullopt;
  const auto value = parse_int(text.substr(0, length));
  text.remove_prefix(length);
  return static_cast<int>(*value);
}

std::optional<BackupKind> kind_of(std::string_view word) {
  for (const auto kind : {BackupKind::kMigration, BackupKind::kSaved, BackupKind::kReplaced}) {
    if (word == word_of(kind)) return kind;
  }
  return std::nullopt;
}

}  // namespace

std::string backup_path(const std::string& file, int schema, BackupKind kind, Timestamp now, int number) {
  return fmt::format("{}.backup-v{}-{}{}{}", file, schema, stamp(now), numbered(number), word_of(kind));
}

std::string damaged_path(const std::string& file, Timestamp now, int number) {
  return fmt::format("{}.damaged-{}{}", file, stamp(now), numbered(number));
}

std::optional<BackupName> parse_backup_name(const std::string& file, std::string_view name) {
  const fs::path path(file);
  BackupName found;
  found.path = (path.parent_path() / std::string(name)).string();
  if (!take(name, path.filename().string()) || !take(name, ".backup-v")) return std::nullopt;
  const auto schema = take_number(name);
  if (!schema || !take(name, "-")) return std::nullopt;
  auto at = take_stamp(name);
  if (!at) return std::nullopt;
  if (name.size() > 1 && name[0] == '.' && is_digit(name[1])) {
    name.remove_prefix(1);
    const auto number = take_number(name);
    if (!number || *number < 2) return std::nullopt;
    found.number = *number;
  }
  const auto kind = kind_of(name);
  if (!kind) return std::nullopt;
  found.schema = *schema;
  found.stamp = std::move(*at);
  found.kind = *kind;
  return found;
}

std::vector<BackupName> backups_beside(const std::string& file) {
  std::vector<BackupName> found;
  const fs::path folder = fs::path(file).parent_path();
  std::error_code error;
  for (fs::directory_iterator it(folder.empty() ? fs::path(".") : folder, error), end; !error && it != end;
       it.increment(error)) {
    if (auto backup = parse_backup_name(file, it->path().filename().string())) found.push_back(std::move(*backup));
  }
  std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    return std::tie(left.stamp, left.number, left.path) < std::tie(right.stamp, right.number, right.path);
  });
  return found;
}

std::string newest_backup(const std::string& file) {
  std::string newest, newest_replaced;
  for (const auto& backup : backups_beside(file)) {
    (backup.kind == BackupKind::kReplaced ? newest_replaced : newest) = backup.path;
  }
  // Who restored did not want what was replaced.
  return newest.empty() ? newest_replaced : newest;
}

std::string way_back(const std::string& file, std::string otherwise) {
  const std::string backup = newest_backup(file);
  return backup.empty() ? otherwise
                        : fmt::format("to go back to the newest backup: amphi --catalog {} catalog restore {}",
                                      shell_word(file), shell_word(backup));
}

}  // namespace amphi
