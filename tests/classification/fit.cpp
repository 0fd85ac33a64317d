#include "fit.hpp"

#include <algorithm>

namespace amphi::test {

namespace {

constexpr int kFewest = 5;  // of a kind; of fewer nothing can be learned

std::vector<ExtraLimits> make_candidates() {
  std::vector<ExtraLimits> all;
  for (const double trailer : {165.0, 150.0, 200.0}) {
    for (const std::size_t scenes : {5U, 4U, 8U}) {
      for (const double scene : {180.0, 120.0, 240.0}) {
        for (const double shortest : {45.0, 30.0, 60.0}) all.push_back({shortest, trailer, scenes, scene});
      }
    }
  }
  return all;
}

double recall_without(const Trial& trial, std::optional<std::size_t> left_out) {
  Kinds sum;
  for (std::size_t disc = 0; disc < trial.kinds.size(); ++disc) {
    if (disc == left_out) continue;
    for (const auto& [type, share] : trial.kinds[disc]) {
      sum[type].right += share.right;
      sum[type].all += share.all;
    }
  }
  return macro_recall(sum, kFewest);
}

}  // namespace

std::vector<Trial> try_all(const std::vector<JudgedDisc>& discs) {
  std::vector<Trial> trials;
  for (const auto& limits : make_candidates()) {
    Trial trial{limits, {}, {}};
    for (const auto& judged : discs) {
      trial.classes.push_back(classify_with(judged.disc, limits));
      trial.kinds.push_back(score({judged}, {trial.classes.back()}).kinds);
    }
    trials.push_back(std::move(trial));
  }
  return trials;
}

const Trial& fit(const std::vector<Trial>& trials, std::optional<std::size_t> left_out) {
  return *std::max_element(trials.begin(), trials.end(), [&](const auto& a, const auto& b) {
    return recall_without(a, left_out) < recall_without(b, left_out);
  });
}

Classes leave_one_out(const std::vector<Trial>& trials) {
  Classes classes;
  for (std::size_t disc = 0; disc < trials.front().classes.size(); ++disc) {
    classes.push_back(fit(trials, disc).classes[disc]);
  }
  return classes;
}

}  // namespace amphi::test
