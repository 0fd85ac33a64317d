#include "verb.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace amphi::cmd {

namespace {

// Filled while the program starts, by the constants at the end of each file of cmd/verbs; never written afterwards.
std::vector<const Verb*>& entered() {
  static std::vector<const Verb*> verbs;
  return verbs;
}

std::size_t rank_of(std::string_view noun) {
  static constexpr std::array<std::string_view, 12> kOrder{"status",  "disc",    "track",      "plan",
                                                           "process", "history", "catalog",    "drive",
                                                           "config",  "step",    "completion", "schema"};
  return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), noun) - kOrder.begin());
}

bool before(const Verb* left, const Verb* right) {
  const auto left_rank = rank_of(left->noun());
  const auto right_rank = rank_of(right->noun());
  return left_rank != right_rank ? left_rank < right_rank : left->path() < right->path();
}

}  // namespace

Verb::Verb(VerbText text, Make make, Describe document) : text_(text), make_(make), document_(document) {
  entered().push_back(this);
}

const std::vector<const Verb*>& all_verbs() {
  static const std::vector<const Verb*> kSorted = [] {
    auto verbs = entered();
    std::sort(verbs.begin(), verbs.end(), before);
    return verbs;
  }();
  return kSorted;
}

FoundVerb find_verb(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  const auto two = words.size() > 1 ? words[0] + " " + words[1] : std::string();
  FoundVerb found;
  for (const auto* verb : entered()) {
    if (!two.empty() && verb->path() == two) return {verb, 2};
    if (verb->path() == words[0]) found = {verb, 1};
  }
  return found;
}

}  // namespace amphi::cmd
