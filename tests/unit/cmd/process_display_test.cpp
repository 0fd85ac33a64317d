#include "process_display.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace amphi::cmd {
namespace {

Progress halfway() {
  Progress report;
  report.fraction = 0.5;
  report.phase = Phase::kEncode;
  report.speed = Speed{2.34, SpeedUnit::kRealTime};
  report.eta_seconds = 65;
  return report;
}

TEST(ProgressBar, NamesPercentageSpeedAndTimeLeft) {
  Appearance look;
  look.ascii = true;
  const auto bar = progress_bar("transcode track 3", halfway(), 79, look);
  EXPECT_NE(bar.find("###"), std::string::npos);
  EXPECT_NE(bar.find(" 50%"), std::string::npos);
  EXPECT_NE(bar.find("encode"), std::string::npos);
  EXPECT_NE(bar.find("2.3x"), std::string::npos);
  EXPECT_NE(bar.find("1:05 left"), std::string::npos);
}

TEST(ProgressBar, NeverWiderThanTheTerminal) {
  for (int width = 20; width < 120; ++width) {
    EXPECT_LE(terminal_width(progress_bar("transcode dvd-a1b2c3d:1 (dvd:1)", halfway(), width, {})), width);
  }
}

TEST(ProgressBar, OddNumbersDoNoHarm) {
  Progress report;
  report.fraction = std::numeric_limits<double>::quiet_NaN();
  report.speed = Speed{std::numeric_limits<double>::infinity(), SpeedUnit::kRealTime};
  report.eta_seconds = -1;
  const auto bar = progress_bar("rip", report, 60, {});
  EXPECT_NE(bar.find("  0%"), std::string::npos);
  EXPECT_EQ(bar.find("left"), std::string::npos);
  EXPECT_EQ(speed_text(report.speed), "");
  report.fraction = 7;
  EXPECT_NE(progress_bar("rip", report, 60, {}).find("100%"), std::string::npos);
}

TEST(Speed, BytesAreReadable) {
  EXPECT_EQ(speed_text(Speed{8'100'000, SpeedUnit::kBytes}), "8.1 MB/s");
}

}  // namespace
}  // namespace amphi::cmd
