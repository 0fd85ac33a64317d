// Discs of a series, and short ways to say which episode each track became.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "amphi/episodes.hpp"
#include "amphi/error.hpp"

namespace amphi::test {

// A disc whose id also makes its fingerprint: dvd-0000001...
inline SeriesDisc series_disc(int id, const std::string& label, DiscKind kind = DiscKind::kBluray) {
  SeriesDisc disc;
  disc.disc.id = {id};
  disc.disc.kind = kind;
  const auto digits = std::to_string(id);
  disc.disc.fingerprint = std::string(fingerprint_prefix(kind)) + "-" + std::string(7 - digits.size(), '0') + digits;
  disc.disc.volume_label = label;
  return disc;
}

inline Track& add_track(SeriesDisc& disc, double seconds, const std::string& clips = "",
                        TrackType type = TrackType::kEpisode) {
  Track track;
  const auto number = static_cast<int>(disc.tracks.size()) + 1;
  track.id = {disc.disc.id.value * 100 + number};
  track.disc_id = disc.disc.id;
  track.scanned.number = number;
  track.scanned.reference = "mpls:0080" + std::to_string(number);
  track.scanned.duration_seconds = seconds;
  track.scanned.segment_map = clips.empty() ? std::to_string(disc.disc.id.value * 100 + number) : clips;
  track.classification.type = type;
  disc.tracks.push_back(track);
  return disc.tracks.back();
}

inline SeriesDisc disc_of(int id, const std::string& label, const std::vector<double>& lengths) {
  auto disc = series_disc(id, label);
  for (const auto seconds : lengths) add_track(disc, seconds);
  return disc;
}

// As if the edit had been saved.
inline void save(SeriesDisc& disc, const EpisodeNumbering& numbering) {
  for (const auto& change : numbering.edit.tracks) {
    for (auto& track : disc.tracks) {
      if (track.id != change.id) continue;
      if (change.season) track.edits.season = *change.season;
      if (change.episode) track.edits.episode = *change.episode;
      if (change.episode_end) track.edits.episode_end = *change.episode_end;
      if (change.track_name) track.edits.track_name = *change.track_name;
    }
  }
  if (numbering.edit.disc.media_type) disc.disc.edits.media_type = *numbering.edit.disc.media_type;
}

inline std::string code_of(const EpisodeNumbering& numbering, const NumberedTrack& row) {
  TrackEdits edits;
  edits.season = numbering.season;
  edits.episode = row.episode;
  edits.episode_end = row.episode_end;
  return episode_code(edits);
}

// "1 s01e01, 2 s01e02-e03, 3 -": track numbers and codes, in the order used.
inline std::string told(const EpisodeNumbering& numbering) {
  std::string text;
  for (const auto& row : numbering.tracks) {
    const auto code = code_of(numbering, row);
    text += (text.empty() ? "" : ", ") + std::to_string(row.track.scanned.number) + " " + (code.empty() ? "-" : code);
  }
  return text;
}

inline EpisodesAsked with_list(const std::string& list) {
  EpisodesAsked asked;
  asked.runtimes = parse_runtimes(list);
  return asked;
}

inline EpisodesAsked from(int first) {
  EpisodesAsked asked;
  asked.first = first;
  return asked;
}

inline EpisodesAsked of_season(int season) {
  EpisodesAsked asked;
  asked.season = season;
  return asked;
}

inline bool notes_say(const EpisodeNumbering& numbering, const std::string& part) {
  for (const auto& note : numbering.notes)
    if (note.find(part) != std::string::npos) return true;
  return false;
}

inline Error refused(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was refused";
  return Error(ErrorKind::kUnexpected, "");
}

}  // namespace amphi::test
