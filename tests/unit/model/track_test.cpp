#include "amphi/track.hpp"

#include <gtest/gtest.h>

namespace amphi {
namespace {

TrackEdits numbered(std::optional<int> season, std::optional<int> episode, std::optional<int> end = {}) {
  TrackEdits edits;
  edits.season = season;
  edits.episode = episode;
  edits.episode_end = end;
  return edits;
}

TEST(EpisodeCode, AsLibrariesWriteIt) {
  EXPECT_EQ(episode_code(numbered(1, 2)), "s01e02");
  EXPECT_EQ(episode_code(numbered(0, 3)), "s00e03");
  EXPECT_EQ(episode_code(numbered(12, 110)), "s12e110");
  EXPECT_EQ(episode_code(numbered(1, 1, 2)), "s01e01-e02");
  EXPECT_EQ(episode_code(numbered(1, 1, 1)), "s01e01");
}

TEST(EpisodeCode, IsEmptyWhereOneIsMissing) {
  EXPECT_EQ(episode_code(numbered({}, {})), "");
  EXPECT_EQ(episode_code(numbered(1, {})), "");
  EXPECT_EQ(episode_code(numbered({}, 1)), "");
}

}  // namespace
}  // namespace amphi
