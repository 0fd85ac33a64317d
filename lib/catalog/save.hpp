// `catalog backup`, the part that needs no lock but SQLite's; lib/process/care.cpp keeps two of them apart.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amphi/care.hpp"
#include "base/clock.hpp"

namespace amphi {

void require_made(const std::string& path);  // kCatalog unless there is a catalog that can be read
SavedCopy save_copy(const std::string& path, const std::optional<std::string>& target, Timestamp now);
// Deletes all but `keep` of the backups beside the catalog that save_copy made without a target: `newest`, the one made
// just now, whatever the clock called it, and of the others the latest by their names.
std::vector<std::string> drop_old_copies(const std::string& path, int keep, const std::string& newest);

// What copies that were killed left beside the catalog. Looks without any lock; the care lock is held by who removes.
bool has_unfinished_copies(const std::string& path);
void remove_unfinished_copies(const std::string& path);

}  // namespace amphi
