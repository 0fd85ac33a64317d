// What JSON from outside may not have though a parser lets it pass: the same name twice, of which it keeps the last,
// and nesting without end, which whoever walks through the value pays for with his stack.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace amphi {

// A callback of nlohmann's parser.
class JsonGuard {
 public:
  using Refuse = std::function<void(const std::string& why)>;  // throws
  explicit JsonGuard(Refuse refuse) : refuse_(std::move(refuse)) {}

  template <class Json>
  bool operator()(int depth, nlohmann::json::parse_event_t event, Json& value) {
    if (event == nlohmann::json::parse_event_t::key) take_name(value.template get<std::string>());
    take_event(depth, event);
    return true;
  }

 private:
  void take_event(int depth, nlohmann::json::parse_event_t event);
  void take_name(const std::string& name);

  Refuse refuse_;
  std::vector<std::set<std::string>> names_;
};

}  // namespace amphi
