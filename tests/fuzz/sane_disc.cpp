#include "sane_disc.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "amphi/classify.hpp"
#include "base/text.hpp"
#include "demand.hpp"
#include "model/model_json.hpp"

namespace amphi::fuzz {
namespace {

bool is_seconds(double value) {
  return std::isfinite(value) && value >= 0;
}

void demand_streams(const ScannedTrack& track) {
  for (const auto& stream : track.audio) demand(stream.channels >= 0 && stream.sample_rate >= 0, "an audio stream");
  if (!track.reference.starts_with("dvd:") || track.segments.empty()) return;
  demand(track.audio.size() <= 8 && track.subtitles.size() <= 32, "a DVD has at most 8 and 32 streams");
}

void demand_sane(const ScannedTrack& track) {
  demand(track.number >= 0 && track.size_bytes >= 0, "numbers and sizes are not negative");
  demand(is_seconds(track.duration_seconds), "a duration is a number", std::to_string(track.duration_seconds));
  demand(is_seconds(track.frame_rate), "a frame rate is a number", std::to_string(track.frame_rate));
  for (const auto start : track.chapters) demand(is_seconds(start), "a chapter starts at some time");
  for (const auto& segment : track.segments) demand(segment.first <= segment.last, "a segment ends after it begins");
  demand_streams(track);
}

// As the catalog and step specifications keep it.
void demand_round_trip(ScannedTrack track) {
  track.ripper_note.clear();  // not stored
  const auto text = nlohmann::json(track).dump();
  demand(nlohmann::json::parse(text).get<ScannedTrack>() == track, "a track is the same after JSON", text);
}

}  // namespace

void demand_sane(const ScannedDisc& disc) {
  demand(!disc.fingerprint.empty(), "a disc has a fingerprint");
  demand(is_valid_utf8(disc.volume_label), "a label is UTF-8", escape_controls(disc.volume_label));
  for (const auto& warning : disc.warnings) demand(is_valid_utf8(warning), "a warning is UTF-8");
  for (const auto& track : disc.tracks) {
    demand_sane(track);
    demand_round_trip(track);
  }
  const auto classes = classify(disc);
  demand(classes.size() == disc.tracks.size(), "every track is classified");
  for (const auto& each : classes) demand(each.score >= 0 && each.score <= 1, "a score is 0 to 1");
}

}  // namespace amphi::fuzz
