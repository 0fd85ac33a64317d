// The names of root.hpp, without the disk.
#include "base/root.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace amphi {
namespace {

// Components of an absolute path; empty and "." ones count for nothing. nullopt: relative, or with a "..".
std::optional<std::vector<std::string>> components(std::string_view path) {
  if (path.empty() || path.front() != '/') return std::nullopt;
  std::vector<std::string> parts;
  for (auto& part : split(path, '/')) {
    if (part == "..") return std::nullopt;
    if (!part.empty() && part != ".") parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

std::string folder_of(std::string_view name) {
  const auto slash = name.rfind('/');
  return std::string(slash == std::string_view::npos ? "" : name.substr(0, slash));
}

std::string base_of(std::string_view name) {
  const auto slash = name.rfind('/');
  return std::string(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

std::optional<std::string> relative_to(std::string_view root, std::string_view path) {
  const auto above = components(root), whole = components(path);
  if (!above || !whole || whole->size() < above->size()) return std::nullopt;
  if (!std::equal(above->begin(), above->end(), whole->begin())) return std::nullopt;
  return join({whole->begin() + static_cast<std::ptrdiff_t>(above->size()), whole->end()}, "/");
}

}  // namespace amphi
