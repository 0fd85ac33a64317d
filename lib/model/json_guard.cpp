#include "model/json_guard.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {

void JsonGuard::take_event(int depth, nlohmann::json::parse_event_t event) {
  using Event = nlohmann::json::parse_event_t;
  constexpr int kDeepest = 16;
  if (depth > kDeepest) refuse_("nested too deeply");
  if (event == Event::object_start) names_.emplace_back();
  if (event == Event::object_end) names_.pop_back();
}

void JsonGuard::take_name(const std::string& name) {
  constexpr int kColumns = 40;
  if (names_.back().insert(name).second) return;
  refuse_(fmt::format("the field \"{}\" is given twice", escape_controls(fit_to_width(name, kColumns))));
}

}  // namespace amphi
