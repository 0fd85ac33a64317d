#include "fit.hpp"

namespace amphi::test {

namespace {

constexpr int kFewest = 5;  // of a kind; of fewer nothing can be learned

std::vector<ExtraLimits> make_candidates() {
  std::vector<ExtraLimits> all;
  for (const double trailer : {165.0, 150.0, 180.0, 210.0}) {
    for (const std::size_t scenes : {5U, 4U, 6U, 8U}) {
      for (const double scene : {180.0, 120.0, 150.0, 240.0}) {
        for (const double shortest : {45.0, 30.0, 60.0, 90.0}) all.push_back({shortest, trailer, scenes, scene});
      }
    }
  }
  return all;
}

// Without one element, where it is given.
template <class T>
std::vector<T> without(const std::vector<T>& all, std::optional<std::size_t> left_out) {
  auto rest = all;
  if (left_out) rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(*left_out));
  return rest;
}

}  // namespace

const std::vector<ExtraLimits>& candidates() {
  static const auto kAll = make_candidates();
  return kAll;
}

Trials try_all(const std::vector<JudgedDisc>& discs) {
  Trials trials;
  for (const auto& limits : candidates()) {
    auto& classes = trials.emplace_back();
    for (const auto& judged : discs) classes.push_back(classify_with(judged.disc, limits));
  }
  return trials;
}

std::size_t fit(const std::vector<JudgedDisc>& discs, const Trials& trials, std::optional<std::size_t> left_out) {
  const auto seen = without(discs, left_out);
  std::size_t best = 0;
  double most = -1;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const auto recall = macro_recall(score(seen, without(trials[i], left_out)), kFewest);
    if (recall <= most) continue;
    most = recall;
    best = i;
  }
  return best;
}

Classes leave_one_out(const std::vector<JudgedDisc>& discs, const Trials& trials) {
  Classes classes;
  for (std::size_t i = 0; i < discs.size(); ++i) classes.push_back(trials[fit(discs, trials, i)][i]);
  return classes;
}

}  // namespace amphi::test
