#include "amphi/classify.hpp"

#include "classify/rules.hpp"

namespace amphi {

std::vector<Classification> classify(const ScannedDisc& disc) {
  auto tracks = make_ruled_tracks(disc);
  if (disc.kind == DiscKind::kCd) take_for_audio(tracks);
  for (const auto rule :
       {find_duplicates, find_decoys, find_play_all, find_episodes, find_main_feature, find_parts, guess_extras}) {
    rule(tracks);
  }
  std::vector<Classification> classes;
  for (auto& track : tracks) classes.push_back(std::move(*track.decided));
  return classes;
}

}  // namespace amphi
