// The configured folders that amphi has used, by the marker they carry.
#include "amphi/catalog.hpp"
#include "catalog/store.hpp"

#include <nlohmann/json.hpp>

namespace amphi {

std::optional<KnownFolder> Catalog::known_folder(const std::string& path) {
  Use row = impl_->db().use("SELECT marker FROM folder WHERE path = ?", path);
  if (!row.step()) return std::nullopt;
  return KnownFolder{path, row.next<std::string>()};
}

void Catalog::remember_folder(const KnownFolder& folder) {
  Transaction transaction(impl_->writing());
  const int changed = impl_->db().run(
      "INSERT INTO folder (path, marker) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET marker = excluded.marker "
      "WHERE marker != excluded.marker",
      folder.path, folder.marker);
  if (changed > 0) {
    write_history(*impl_, "folder_remembered", std::nullopt, std::nullopt,
                  {{"path", folder.path}, {"marker", folder.marker}});
  }
  transaction.commit();
}

}  // namespace amphi
