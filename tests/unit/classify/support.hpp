// Tracks for the rules, and short ways to say what became of them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "amphi/classify.hpp"
#include "classify/rules.hpp"
#include "shown.hpp"

namespace amphi::test {

using enum TrackType;
using Types = std::vector<TrackType>;

inline constexpr double kFilmRate = 4e6, kExtraRate = 2e6;  // bytes a second

// A Blu-ray's playlist, or a bare clip (`kind` m2ts).
inline ScannedTrack playlist(int number, double seconds, const std::string& clips, int chapters = 0,
                             double rate = kFilmRate, const std::string& kind = "mpls") {
  ScannedTrack track;
  track.number = number;
  track.reference = kind + ":" + std::to_string(number);
  track.source_name = std::to_string(number) + "." + kind;
  track.duration_seconds = seconds;
  track.size_bytes = static_cast<std::int64_t>(seconds * rate);
  track.chapter_count = chapters;
  track.segment_map = clips;
  return track;
}

inline ScannedTrack clip(int number, double seconds, double rate = kExtraRate) {
  return playlist(number, seconds, std::to_string(number), 0, rate, "m2ts");
}

inline ScannedTrack named(ScannedTrack track, const std::string& note) {
  track.ripper_note = note;
  return track;
}

inline ScannedTrack with_audio(ScannedTrack track, const std::vector<std::string>& languages) {
  for (const auto& language : languages) {
    const auto index = static_cast<int>(track.audio.size());
    track.audio.push_back({.index = index,
                           .codec = "ac3",
                           .profile = "",
                           .language = language,
                           .name = "",
                           .flags = {},
                           .stream_id = {}});
  }
  return track;
}

// A DVD title as a log tells it: its cells cannot be compared with those of others.
inline ScannedTrack logged_title(int number, double seconds, const std::string& cells, int chapters = 0) {
  auto track = playlist(number, seconds, cells, chapters, 1e6, "dvd");
  track.source_name.clear();
  return track;
}

// A DVD title as the reader finds it; `cells` as first and last sectors.
inline ScannedTrack title(int number, double seconds, const std::string& set, std::vector<std::pair<int, int>> cells) {
  ScannedTrack track;
  track.number = number;
  track.reference = "dvd:" + std::to_string(number);
  track.source_name = set;
  track.duration_seconds = seconds;
  for (const auto& [first, last] : cells) {
    track.segments.push_back({static_cast<int>(track.segments.size()) + 1, first, last, 0});
    track.size_bytes += (last - first + 1) * 2048;
  }
  track.segment_map = "1-" + std::to_string(cells.size());
  return track;
}

inline ScannedDisc disc_of(DiscKind kind, std::vector<ScannedTrack> tracks, const std::string& label = "") {
  ScannedDisc disc;
  disc.kind = kind;
  disc.volume_label = label;
  disc.tracks = std::move(tracks);
  return disc;
}

// classify(), with what holds for every disc looked at.
inline std::vector<Classification> classes_of(DiscKind kind, std::vector<ScannedTrack> tracks,
                                              const std::string& label = "") {
  const auto disc = disc_of(kind, std::move(tracks), label);
  auto classes = classify(disc);
  EXPECT_EQ(classes.size(), disc.tracks.size());
  for (const auto& entry : classes) {
    EXPECT_GE(entry.score, 0);
    EXPECT_LE(entry.score, 1);
    EXPECT_FALSE(entry.reasons.empty());
    EXPECT_EQ(entry.confidence, entry.score >= 0.8 ? "high" : entry.score >= 0.5 ? "medium" : "low");
  }
  return classes;
}

inline Types types_of(const std::vector<Classification>& classes) {
  Types found;
  for (const auto& entry : classes) found.push_back(entry.type);
  return found;
}

inline Types types_of(DiscKind kind, std::vector<ScannedTrack> tracks, const std::string& label = "") {
  return types_of(classes_of(kind, std::move(tracks), label));
}

inline bool says(const Classification& entry, const std::string& part) {
  for (const auto& reason : entry.reasons) {
    if (reason.find(part) != std::string::npos) return true;
  }
  return false;
}

// One rule alone: what it decides of these tracks, and where it decides nothing.
template <class Rule>
std::vector<std::optional<TrackType>> by(const Rule& rule, const std::vector<ScannedTrack>& scanned,
                                         DiscKind kind = DiscKind::kBluray) {
  const auto disc = disc_of(kind, scanned);
  auto tracks = make_ruled_tracks(disc);
  rule(tracks);
  std::vector<std::optional<TrackType>> found;
  for (const auto& track : tracks) found.push_back(track.decided ? std::optional(track.decided->type) : std::nullopt);
  return found;
}

}  // namespace amphi::test
