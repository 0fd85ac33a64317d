// Discs, tracks and what TheDiscDB could say of them; all made up.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "amphi/identify.hpp"
#include "shown.hpp"

namespace amphi::test {

inline Track track_of(int number, const std::string& reference, double seconds, const std::string& segments = "") {
  Track track;
  track.id = {100 + number};
  track.scanned.number = number;
  track.scanned.reference = reference;
  track.scanned.duration_seconds = seconds;
  track.scanned.segment_map = segments;
  return track;
}

inline DiscdbTitle title_of(const std::string& source, std::optional<double> seconds, const std::string& segments = "",
                            const std::string& name = "A Name", const std::string& type = "Extra") {
  DiscdbTitle title;
  title.source_file = source;
  title.segment_map = segments;
  title.seconds = seconds;
  title.identified = !name.empty();
  title.name = name;
  title.type = name.empty() ? "" : type;
  return title;
}

inline DiscdbTitle episode_of(const std::string& source, double seconds, const std::string& name,
                              const std::string& season, const std::string& episode) {
  auto title = title_of(source, seconds, "", name, "Episode");
  title.season = season;
  title.episode = episode;
  return title;
}

// Just what is given; the names of its members do for calls.
struct Said {
  std::optional<std::string> track_name = {};
  std::optional<TrackType> track_type = {};
  std::optional<int> season = {}, episode = {}, episode_end = {};

  operator TrackEdits() const {  // NOLINT: it is one, shortly
    TrackEdits edits;
    edits.track_name = track_name;
    edits.track_type = track_type;
    edits.season = season;
    edits.episode = episode;
    edits.episode_end = episode_end;
    return edits;
  }
};

inline Disc disc_of(DiscKind kind) {
  Disc disc;
  disc.id = {7};
  disc.kind = kind;
  disc.fingerprint = "dvd-0123456789abcdef";
  return disc;
}

inline DiscdbWork film(const std::string& title = "The Film", int year = 2001) {
  return {"the-film-2001", title, year, "tt1234567", "42", MediaType::kMovie};
}

inline DiscdbWork show(const std::string& title = "The Show") {
  return {"the-show-2001", title, 2001, std::nullopt, "43", MediaType::kTv};
}

inline DiscdbEntry entry_of(const DiscdbWork& work, std::vector<DiscdbTitle> titles,
                            const std::string& release = "2001 DVD") {
  DiscdbEntry entry;
  entry.disc.titles = std::move(titles);
  entry.release = DiscdbRelease{"2001-dvd", release};
  entry.work = work;
  return entry;
}

}  // namespace amphi::test
