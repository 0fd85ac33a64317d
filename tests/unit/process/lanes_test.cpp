#include "process/lanes.hpp"

#include <gtest/gtest.h>

namespace amphi::test {
namespace {

PlannedStep step(Stage stage, const std::string& input = {}) {
  PlannedStep planned;
  planned.stage = stage;
  planned.input = input;
  return planned;
}

TEST(Lanes, one_rip_per_source) {
  Lanes lanes(1);
  lanes.enter(step(Stage::kRip, "/dev/sr0"));
  EXPECT_FALSE(lanes.is_free(step(Stage::kRip, "/dev/sr0")));
  EXPECT_TRUE(lanes.is_free(step(Stage::kRip, "/dev/sr1")));
  lanes.leave(step(Stage::kRip, "/dev/sr0"));
  EXPECT_TRUE(lanes.is_free(step(Stage::kRip, "/dev/sr0")));
}

TEST(Lanes, transcodes_by_jobs) {
  Lanes lanes(2);
  lanes.enter(step(Stage::kTranscode, "a"));
  EXPECT_TRUE(lanes.is_free(step(Stage::kTranscode, "b")));
  lanes.enter(step(Stage::kTranscode, "b"));
  EXPECT_FALSE(lanes.is_free(step(Stage::kTranscode, "c")));
}

TEST(Lanes, no_jobs_means_one) {
  Lanes lanes(0);
  EXPECT_TRUE(lanes.is_free(step(Stage::kTranscode)));
  lanes.enter(step(Stage::kTranscode));
  EXPECT_FALSE(lanes.is_free(step(Stage::kTranscode)));
}

TEST(Lanes, one_insert_beside_rips_and_transcodes) {
  Lanes lanes(1);
  lanes.enter(step(Stage::kRip, "/dev/sr0"));
  lanes.enter(step(Stage::kTranscode));
  EXPECT_TRUE(lanes.is_free(step(Stage::kInsert)));
  lanes.enter(step(Stage::kInsert));
  EXPECT_FALSE(lanes.is_free(step(Stage::kInsert)));
}

}  // namespace
}  // namespace amphi::test
