#include "step/expectation.hpp"

namespace amphi {

Expectation expect_rip(const ScannedTrack& track, RipStreams streams) {
  Expectation expected;
  expected.duration_seconds = track.duration_seconds;
  if (streams == RipStreams::kSelected) return expected;  // nobody knows how many
  expected.audio_streams = static_cast<int>(track.audio.size());
  expected.subtitle_streams = static_cast<int>(track.subtitles.size());
  return expected;
}

Expectation expect_cd(const ScannedTrack& track) {
  Expectation expected;
  expected.duration_seconds = track.duration_seconds;
  expected.exact = true;
  expected.video_streams = 0;
  expected.audio_streams = 1;
  expected.subtitle_streams = 0;
  return expected;
}

Expectation expect_same(const MediaFacts& input, Stage stage) {
  Expectation expected;
  expected.duration_seconds = input.duration_seconds;
  expected.measured = true;
  expected.video_streams = input.video_streams;
  if (stage != Stage::kInsert) return expected;
  expected.audio_streams = input.audio_streams;
  expected.subtitle_streams = input.subtitle_streams;
  return expected;
}

}  // namespace amphi
