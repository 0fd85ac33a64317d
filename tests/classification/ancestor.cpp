#include "ancestor.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace amphi::test {

namespace {

double share(double value, double most) {
  return std::clamp(value / most, 0.0, 1.0);
}

// Its weights: length beyond an hour 40 %, chapters beyond ten 25 %, languages 20 %, subtitles 15 %.
double score_of(const ScannedTrack& track) {
  std::set<std::string> languages;
  for (const auto& stream : track.audio) languages.insert(stream.language);
  return 0.40 * share(track.duration_seconds - 3600, 5400) + 0.25 * share(track.chapter_count - 10, 20) +
         0.20 * share(static_cast<double>(languages.size()), 3) +
         0.15 * share(static_cast<double>(track.subtitles.size()), 4);
}

bool may_be_film(const ScannedTrack& track) {
  return track.duration_seconds > 3600 || track.chapter_count > 10;
}

bool is_named(const ScannedTrack& track) {
  return track.ripper_note.find("FPL_MainFeature") != std::string::npos;
}

// The best score, within 1 % of it the lowest number.
std::optional<std::size_t> find_film(const std::vector<ScannedTrack>& tracks) {
  const auto named = std::find_if(tracks.begin(), tracks.end(), is_named);
  if (named != tracks.end()) return named - tracks.begin();
  double best = -1;
  for (const auto& track : tracks) {
    if (may_be_film(track)) best = std::max(best, score_of(track));
  }
  const auto film = std::find_if(tracks.begin(), tracks.end(), [&](const auto& track) {
    return may_be_film(track) && best - score_of(track) <= best * 0.01;
  });
  return film != tracks.end() ? std::optional<std::size_t>(film - tracks.begin()) : std::nullopt;
}

std::string confidence_of(const std::vector<ScannedTrack>& tracks, std::size_t film) {
  std::vector<double> scores;
  for (const auto& track : tracks) scores.push_back(score_of(track));
  std::sort(scores.rbegin(), scores.rend());
  const auto gap = scores.size() > 1 ? score_of(tracks[film]) - scores[1] : 1;
  return gap > 0.3 ? "high" : gap > 0.15 ? "medium" : "low";
}

TrackType extra_of(double seconds) {
  if (seconds < 90) return TrackType::kOther;
  if (seconds <= 150) return TrackType::kTrailers;
  return seconds <= 300 ? TrackType::kDeletedScenes : TrackType::kFeaturettes;
}

}  // namespace

std::vector<Classification> classify_as_the_ancestor(const ScannedDisc& disc) {
  const auto film = find_film(disc.tracks);
  std::vector<Classification> classes;
  for (std::size_t i = 0; i < disc.tracks.size(); ++i) {
    auto& each = classes.emplace_back();
    each.type = film == i ? TrackType::kMainFeature : extra_of(disc.tracks[i].duration_seconds);
    each.confidence = film == i ? confidence_of(disc.tracks, i) : "high";
  }
  return classes;
}

}  // namespace amphi::test
