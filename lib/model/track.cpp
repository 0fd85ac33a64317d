#include "amphi/track.hpp"

#include <fmt/format.h>

#include "model/names.hpp"

namespace amphi {
namespace {

constexpr Names<TrackType, 14> kTypes{{{TrackType::kMainFeature, "main_feature"},
                                       {TrackType::kFeaturettes, "featurettes"},
                                       {TrackType::kDeletedScenes, "deleted_scenes"},
                                       {TrackType::kBehindTheScenes, "behind_the_scenes"},
                                       {TrackType::kInterviews, "interviews"},
                                       {TrackType::kScenes, "scenes"},
                                       {TrackType::kShorts, "shorts"},
                                       {TrackType::kTrailers, "trailers"},
                                       {TrackType::kEpisode, "episode"},
                                       {TrackType::kAudio, "audio"},
                                       {TrackType::kPlayAll, "play_all"},
                                       {TrackType::kDuplicate, "duplicate"},
                                       {TrackType::kDecoy, "decoy"},
                                       {TrackType::kOther, "other"}}};

}  // namespace

std::string_view to_string(TrackType type) {
  return name_of(kTypes, type);
}
std::optional<TrackType> parse_track_type(std::string_view text) {
  return value_of(kTypes, text);
}

const std::vector<TrackType>& all_track_types() {
  static const std::vector<TrackType> kAll = [] {
    std::vector<TrackType> all;
    for (const auto& [type, name] : kTypes) all.push_back(type);
    return all;
  }();
  return kAll;
}

std::string episode_code(const TrackEdits& edits) {
  if (!edits.season || !edits.episode) return "";
  auto code = fmt::format("s{:02}e{:02}", *edits.season, *edits.episode);
  if (edits.episode_end.value_or(0) > *edits.episode) code += fmt::format("-e{:02}", *edits.episode_end);
  return code;
}

bool Track::wanted() const {
  if (edits.wanted) return *edits.wanted;
  const auto is = type();
  return is != TrackType::kDecoy && is != TrackType::kDuplicate && is != TrackType::kPlayAll;
}

}  // namespace amphi
