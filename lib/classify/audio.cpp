#include "classify/rules.hpp"

namespace amphi {

void take_for_audio(RuledTracks& tracks) {
  for (auto& track : tracks) track.decided = make_classification(TrackType::kAudio, 1, {"a track of an audio CD"});
}

}  // namespace amphi
