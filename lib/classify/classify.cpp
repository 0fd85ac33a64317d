#include "amphi/classify.hpp"

#include <algorithm>

#include "classify/rules.hpp"
#include "model/season_label.hpp"

namespace amphi {

namespace {

constexpr std::string_view kTies = "ties with ";

}  // namespace

std::vector<Classification> classify_with(const ScannedDisc& disc, const ExtraLimits& limits) {
  auto tracks = make_ruled_tracks(disc);
  const bool labelled = names_a_season(disc.volume_label);
  if (disc.kind == DiscKind::kCd) take_for_audio(tracks);
  find_duplicates(tracks);
  find_decoys(tracks);
  find_play_all(tracks);
  find_named(tracks);
  find_episodes(tracks, labelled);
  find_main_feature(tracks, labelled);
  find_parts(tracks);
  find_cards(tracks, disc.kind);
  find_scenes(tracks, limits);
  find_company(tracks, limits);
  find_compilations(tracks, limits);
  guess_extras(tracks, limits);
  std::vector<Classification> classes;
  for (auto& track : tracks) classes.push_back(std::move(*track.decided));
  return classes;
}

std::vector<Classification> classify(const ScannedDisc& disc) {
  return classify_with(disc, {});
}

std::string tie_reason(std::string_view reference) {
  return std::string(kTies) + std::string(reference) + " within 1 %";
}

std::vector<std::string> ties_of(const Classification& classification) {
  std::vector<std::string> ties;
  std::copy_if(classification.reasons.begin(), classification.reasons.end(), std::back_inserter(ties),
               [](const std::string& reason) { return reason.starts_with(kTies); });
  return ties;
}

}  // namespace amphi
