// Numbers of many discs at once, from stored observations: one pass over three narrow, equally sorted lists (tracks,
// their edits, their observations), joined here. A million tracks take about a second and no memory.
#pragma once

#include <unordered_map>
#include <vector>

#include "catalog/store.hpp"

namespace amphi {

struct Tally {
  int tracks = 0;  // not vanished
  int wanted = 0;
  int failed = 0;
  PerStage<int> done, trouble;
  int least = -1;         // how far the least far wanted track has come: stages done; -1 without one
  bool has_type = false;  // one of its tracks is of the type that was asked for
};

using Tallies = std::unordered_map<std::int64_t, Tally>;

// `only`: these discs; null: all.
Tallies tally_discs(Store& store, const std::vector<DiscId>* only, std::optional<TrackType> type);

// "discovered", "ripped", "transcoded", "complete".
std::string_view state_of(const Tally& tally);

}  // namespace amphi
