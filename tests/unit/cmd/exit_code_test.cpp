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

}  // namespace
}  // namespace amphi::cmd
