#include "base/log.hpp"

#include <gtest/gtest.h>

namespace amphi {
namespace {

std::string logged_at(LogLevel level) {
  testing::internal::CaptureStderr();
  set_log_level(level);
  log_debug("debug");
  log_info("info");
  log_warning("warning");
  set_log_level(LogLevel::kNormal);
  return testing::internal::GetCapturedStderr();
}

TEST(Log, shows_what_its_level_lets_through) {
  EXPECT_EQ(logged_at(LogLevel::kQuiet), "amphi: warning\n");
  EXPECT_EQ(logged_at(LogLevel::kNormal), "amphi: info\namphi: warning\n");
  EXPECT_EQ(logged_at(LogLevel::kVerbose), "amphi: debug\namphi: info\namphi: warning\n");
}

TEST(Log, cannot_be_steered_by_a_name_from_a_disc) {
  testing::internal::CaptureStderr();
  log_warning("title \"x\namphi: all is well {} %v\x1b[2J\"");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "amphi: title \"x\\namphi: all is well {} %v\\x1b[2J\"\n");
}

TEST(Log, leaves_stdout_alone) {
  testing::internal::CaptureStdout();
  log_warning("x");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

}  // namespace
}  // namespace amphi
