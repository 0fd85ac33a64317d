#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/tool.hpp"

namespace amphi {

const Ripper* find_ripper(std::string_view name) {
  const auto& all = rippers();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Ripper* each) { return each->tool.name == name; });
  return found == all.end() ? nullptr : *found;
}

// The one that is configured is taken at its word, whatever it makes of an encrypted disc; else such a disc is left to
// one that decrypts, where any does.
const Ripper& ripper_for(const Ripper* configured, DiscKind kind, bool encrypted) {
  if (configured && configured->kinds.contains(kind)) return *configured;
  const Ripper* first = nullptr;
  for (const auto* each : rippers()) {
    if (!each->kinds.contains(kind)) continue;
    if (each->decrypts || !encrypted) return *each;
    if (!first) first = each;
  }
  if (!first) throw Error(ErrorKind::kUnexpected, fmt::format("nothing rips a {}", to_string(kind)));
  return *first;
}

}  // namespace amphi
