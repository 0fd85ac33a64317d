#include "disc/shared_identifiers.hpp"

namespace amphi {

std::optional<Identifier> find_matrix256(const DiscFiles& files) {
  if (!files.is_whole()) return std::nullopt;
  std::vector<NamedSize> sizes;
  for (const auto& file : files.all()) sizes.push_back({file.path, file.size_bytes});
  return Identifier{"matrix256", make_matrix256(std::move(sizes))};
}

std::vector<Identifier> amphigory_identifiers(std::string_view type, const std::string& label,
                                              const std::vector<NamedBytes>& files) {
  std::vector<Identifier> found{{"amphigory", make_amphigory_fingerprint(type, "", files)}};
  if (!label.empty()) found.push_back({"amphigory", make_amphigory_fingerprint(type, label, files)});
  return found;
}

}  // namespace amphi
