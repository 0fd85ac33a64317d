#include "exit_code.hpp"

#include <gtest/gtest.h>

#include "amphi/error.hpp"

namespace amphi::cmd {
namespace {

TEST(ExitCode, EachKindHasTheCodeOfTheTable) {
  EXPECT_EQ(exit_code(ErrorKind::kUnexpected), 1);
  EXPECT_EQ(exit_code(ErrorKind::kUsage), 2);
  EXPECT_EQ(exit_code(ErrorKind::kNotFound), 4);
  EXPECT_EQ(exit_code(ErrorKind::kAmbiguous), 4);
  EXPECT_EQ(exit_code(ErrorKind::kUnfinished), 5);
  EXPECT_EQ(exit_code(ErrorKind::kUnavailable), 6);
  EXPECT_EQ(exit_code(ErrorKind::kBusy), 7);
  EXPECT_EQ(exit_code(ErrorKind::kCatalog), 8);
}

TEST(ExitCode, OfSeveralTheFirstInTheOrderOfTheTable) {
  EXPECT_EQ(worst_exit({}), 0);
  EXPECT_EQ(worst_exit({0, 3}), 3);
  EXPECT_EQ(worst_exit({3, 5}), 5);
  EXPECT_EQ(worst_exit({5, 1, 3}), 1);
  EXPECT_EQ(worst_exit({1, 6}), 6);
  EXPECT_EQ(worst_exit({6, 7, 1}), 7);
  EXPECT_EQ(worst_exit({7, 8, 6, 1, 5, 3}), 8);
}

TEST(ExitCode, TheHelpNamesEveryCodeOnce) {
  const auto& meanings = exit_meanings();
  ASSERT_EQ(meanings.size(), 9U);
  for (std::size_t i = 0; i < meanings.size(); ++i) EXPECT_EQ(meanings[i].code, static_cast<int>(i));
}

}  // namespace
}  // namespace amphi::cmd
