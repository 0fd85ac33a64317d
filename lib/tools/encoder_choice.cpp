#include <algorithm>

#include <fmt/format.h>

#include "amphi/config.hpp"
#include "amphi/error.hpp"
#include "amphi/tool.hpp"

namespace amphi {

const Encoder* find_encoder(std::string_view name) {
  const auto& all = encoders();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Encoder* each) { return each->tool.name == name; });
  return found == all.end() ? nullptr : *found;
}

// A track may ask for a profile of one while the rest goes through another.
const Encoder& encoder_for(const TranscodeConfig& config, DiscKind kind, std::string_view preset) {
  const Encoder* first = nullptr;
  for (const auto* each : encoders()) {
    if (!each->kinds.contains(kind)) continue;
    if (each->has_preset(config, preset)) return *each;
    if (!first) first = each;
  }
  if (config.engine && config.engine->kinds.contains(kind)) return *config.engine;
  if (!first) throw Error(ErrorKind::kUnexpected, fmt::format("nothing encodes a {}", to_string(kind)));
  return *first;
}

}  // namespace amphi
