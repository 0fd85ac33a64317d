// How well classify() does on real discs, beside the ancestor's rule; where the discs are not there, these are skipped.
#include <iostream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "amphi/classify.hpp"
#include "ancestor.hpp"
#include "fit.hpp"

namespace amphi::test {
namespace {

Classes by(std::vector<Classification> (*rule)(const ScannedDisc&), const std::vector<JudgedDisc>& discs) {
  Classes classes;
  for (const auto& judged : discs) classes.push_back(rule(judged.disc));
  return classes;
}

// Everything that is wrong, for people.
std::string mistakes(const std::vector<JudgedDisc>& discs, const Classes& classes) {
  std::string text;
  for (std::size_t d = 0; d < discs.size(); ++d) {
    for (std::size_t i = 0; i < discs[d].truths.size(); ++i) {
      const auto truth = type_of_truth(discs[d].truths[i]);
      const auto& said = classes[d][i];
      if (!truth || said.type == *truth) continue;
      text += fmt::format("  {} {}: {} is said to be {} ({}: {})\n", discs[d].name, discs[d].disc.tracks[i].reference,
                          discs[d].truths[i], to_string(said.type), said.confidence, said.reasons.front());
    }
  }
  return text;
}

class RealDiscs : public testing::Test {
 protected:
  void SetUp() override {
    if (discs_.empty()) GTEST_SKIP() << "no real discs: ../shared/data/makemkv-logs is not there";
  }

  const std::vector<JudgedDisc> discs_ = read_index();
  const std::vector<Trial> trials_ = try_all(discs_);
};

TEST_F(RealDiscs, ExtrasOfADiscThatNothingWasFittedTo) {
  const auto classes = leave_one_out(trials_);
  const auto left_out = score(discs_, classes), shipped = score(discs_, by(classify, discs_));
  const auto ancestor = score(discs_, by(classify_as_the_ancestor, discs_));
  std::cout << table({{"each disc left out", left_out}, {"as shipped", shipped}, {"the ancestor's rule", ancestor}})
            << "wrong, each disc left out:\n"
            << mistakes(discs_, classes);
  EXPECT_GE(macro_recall(left_out.kinds, 5), 0.65);
  EXPECT_GE(macro_recall(left_out.kinds, 1), 0.65);
  EXPECT_LT(macro_recall(ancestor.kinds, 5), macro_recall(left_out.kinds, 5));
  EXPECT_GE(left_out.words.at("high").value(), 0.9);
  EXPECT_EQ(left_out.films.right, left_out.films.all) << testing::PrintToString(left_out.wrong);
  EXPECT_EQ(left_out.series.right, left_out.series.all) << testing::PrintToString(left_out.wrong);
}

TEST_F(RealDiscs, WhatIsShippedIsWhatFitsThemAll) {
  EXPECT_EQ(score(discs_, fit(trials_, std::nullopt).classes).kinds, score(discs_, by(classify, discs_)).kinds);
}

TEST(RealLogs, MainFeatureIsRight) {
  const auto discs = read_logs();
  if (discs.empty()) GTEST_SKIP() << "no real logs: ../shared/data/makemkv-logs is not there";
  const auto classes = by(classify, discs);
  const auto ours = score(discs, classes);
  std::cout << table({{"whole logs", ours}, {"the ancestor's rule", score(discs, by(classify_as_the_ancestor, discs))}})
            << "wrong:\n"
            << mistakes(discs, classes);
  EXPECT_EQ(ours.films.right, ours.films.all) << testing::PrintToString(ours.wrong);
  EXPECT_EQ(ours.series.right, ours.series.all) << testing::PrintToString(ours.wrong);
}

}  // namespace
}  // namespace amphi::test
