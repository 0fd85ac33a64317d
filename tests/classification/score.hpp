// How well classes fit truths: main features per disc, recall per kind of extra, and what the word of confidence is
// worth.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "truths.hpp"

namespace amphi::test {

using Classes = std::vector<std::vector<Classification>>;  // per disc, per track

struct Share {
  int right = 0, all = 0;
  void count(bool is_right) {
    right += is_right ? 1 : 0;
    ++all;
  }
  double value() const { return all > 0 ? static_cast<double>(right) / all : 1; }
  bool operator==(const Share&) const = default;
};

using Kinds = std::map<TrackType, Share>;  // typed extras

struct Score {
  Share films;                     // discs with a film: what is claimed is true, and something is
  Share series;                    // discs with episodes: no film is claimed
  std::vector<std::string> wrong;  // the discs where that fails
  Kinds kinds;
  std::map<std::string, Share> words;  // per confidence, of all tracks whose truth is typed; play-all counts as wrong
};

Score score(const std::vector<JudgedDisc>& discs, const Classes& classes);

// Mean recall of the kinds of extras that occur at least `fewest` times.
double macro_recall(const Kinds& kinds, int fewest);

// One line per kind and word, side by side.
std::string table(const std::vector<std::pair<std::string, Score>>& columns);

}  // namespace amphi::test
