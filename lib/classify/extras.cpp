#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr double kLongestCompilation = 30 * 60;
constexpr double kShortestChapter = 40, kLongestSceneChapter = 140;  // seconds, on average
constexpr double kSpotSeconds = 35;                                  // television sells half minutes
constexpr int kFewestSceneChapters = 4, kFewestChapters = 2, kMostSpots = 6;
constexpr double kDocumentary = 40 * 60;

// Each scene and each trailer of a compilation is a chapter, so that the remote control reaches it. A DVD's chapters
// are set by habit, and tell only many scenes.
std::optional<Classification> find_compilation(const RuledTrack& track, const ExtraLimits& limits) {
  const auto count = track.chapters();
  if (count < kFewestChapters || track.seconds() > kLongestCompilation) return std::nullopt;
  const auto chapter = track.seconds() / count;
  const auto what = fmt::format("{} chapters of about {}", count, human_duration(chapter));
  if (count <= kMostSpots && chapter >= kSpotSeconds / 2 && chapter <= kSpotSeconds)
    return make_classification(TrackType::kTrailers, 0.4, {what + ", as long as spots"});
  if (count >= kFewestSceneChapters && chapter >= kShortestChapter && chapter <= kLongestSceneChapter)
    return make_classification(TrackType::kDeletedScenes, 0.5, {what});
  if (!track.is_dvd_title() && chapter >= limits.shortest && chapter <= limits.longest_trailer)
    return make_classification(TrackType::kTrailers, 0.5, {what});
  return std::nullopt;
}

bool is_long_and_undivided(const RuledTrack& track) {
  return track.seconds() >= kDocumentary && track.chapters() < 2;
}

Classification guess(const RuledTrack& track, const ExtraLimits& limits, bool only_long_one) {
  const auto seconds = track.seconds();
  if (seconds < limits.shortest) return make_classification(TrackType::kOther, 0.3, {"too short to tell"});
  if (seconds <= limits.longest_trailer)
    return make_classification(TrackType::kTrailers, 0.35, {"alone, and as long as trailers mostly are"});
  if (seconds < kPlainFeaturette)
    return make_classification(TrackType::kFeaturettes, 0.35, {"alone, and longer than trailers mostly are"});
  if (seconds < kDocumentary)
    return make_classification(TrackType::kFeaturettes, 0.55, {"as long as featurettes mostly are"});
  if (is_long_and_undivided(track) && only_long_one)
    return make_classification(TrackType::kInterviews, 0.3, {"long and undivided: a conversation filmed in one go"});
  return make_classification(TrackType::kFeaturettes, 0.35, {"as long as documentaries mostly are"});
}

}  // namespace

void find_compilations(RuledTracks& tracks, const ExtraLimits& limits) {
  for (auto* track : undecided_tracks(tracks)) track->decided = find_compilation(*track, limits);
}

void guess_extras(RuledTracks& tracks, const ExtraLimits& limits) {
  const auto left = undecided_tracks(tracks);
  const auto long_ones =
      std::count_if(left.begin(), left.end(), [](const auto* t) { return is_long_and_undivided(*t); });
  for (auto* track : left) track->decided = guess(*track, limits, long_ones == 1);
}

}  // namespace amphi
