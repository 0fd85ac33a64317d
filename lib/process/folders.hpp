// The configured roots (ripped, transcoded, library.*) and the roots that older receipts name, known by their marker
// `.amphi/id`. A folder that is not mounted is not empty: without its marker, though the catalog has files there, all
// beneath it is unreadable, and nothing is made. A configured root is never created; a default one is.
#pragma once

#include <map>
#include <string>

#include "amphi/catalog.hpp"
#include "amphi/config.hpp"
#include "base/root.hpp"

namespace amphi {

struct FolderAnswer {
  bool readable = true;                         // what is recorded beneath it can be looked at
  std::string trouble;                          // why nothing can be made there now; "" when it can
  std::string marker;                           // "" before its first use
  std::optional<std::int64_t> free_bytes = {};  // room for this user
  std::uint64_t device = 0;
};

struct MarkedRoot {
  Root root;
  std::string marker;
};

class Folders {
 public:
  Folders(Catalog& catalog, const Config& config);

  // Looks only, once per folder until `forget`.
  const FolderAnswer& look(const std::string& path);
  void forget() { seen_.clear(); }
  // For writing: makes a default folder and the marker where they may be made. Throws kUnavailable.
  MarkedRoot open(const std::string& path);
  // Its marker is remembered from now on, and made where there is none yet. A marked folder need not be writable.
  void know(const std::string& path);
  // An existing marked folder, for deleting and settling. Throws kUnavailable when it is not the one that was marked.
  MarkedRoot open_known(const std::string& path);
  // The configured or remembered root that `path` lies beneath, the longest that fits; "" where there is none.
  std::string root_of(const std::string& path);

 private:
  FolderAnswer examine(const std::string& path);
  void remember(const std::string& path, const std::string& marker);
  bool may_create(const std::string& path) const;
  bool shows_imported_files(const std::string& path);

  Catalog& catalog_;
  const Config& config_;
  std::map<std::string, FolderAnswer> seen_;
};

std::vector<std::string> configured_roots(const Config& config);

}  // namespace amphi
