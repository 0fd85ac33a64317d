// Which episode each track of a series' disc is: in the disc's order or that of its play-all, told by a list of
// runtimes, continued from the discs before it. Pure: values in, a value out; the edit that it leads to is applied by
// number_disc in amphi/process.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/disc.hpp"
#include "amphi/edit.hpp"
#include "amphi/ids.hpp"
#include "amphi/track.hpp"

namespace amphi {

// A line of a list of runtimes: `[NUMBER] RUNTIME [NAME]`. NUMBER: "s02e05", "5", with or without a point behind it.
// RUNTIME: "45:10", "1:30:00", "45 min", "2710" (seconds, from 60). NAME: the rest, "- " before it taken off.
struct Runtime {
  int line = 0;  // counted from 1
  double seconds = 0;
  bool rounded = false;  // to the minute
  std::optional<int> season, episode;
  std::string name;
  bool operator==(const Runtime&) const = default;
};

// Empty lines and those that begin with '#' count for nothing. Throws kUsage naming the line; at most 1,000 lines that
// count, all or none of them numbered.
std::vector<Runtime> parse_runtimes(std::string_view text);

enum class EpisodeOrder { kAuto, kDisc, kPlayAll };
std::optional<EpisodeOrder> parse_episode_order(std::string_view text);  // "auto", "disc", "play-all"

// A disc of the catalog as far as numbering looks at it.
struct SeriesDisc {
  Disc disc;
  std::vector<Track> tracks;
};

struct EpisodesAsked {
  std::optional<int> season, first;            // else guessed, continued
  std::optional<std::vector<TrackId>> tracks;  // else those that are episodes, wanted and on the disc
  EpisodeOrder order = EpisodeOrder::kAuto;
  std::vector<Runtime> runtimes;
};

struct NumberedTrack {
  Track track;                              // as it was
  std::optional<int> episode, episode_end;  // absent: left as it is
  std::optional<std::string> name;          // from the list
  std::string reason;
};

struct EpisodeNumbering {
  int season = 0;
  std::string season_reason;          // "--season", "label SHOW_S1_D2"
  std::string order;                  // "disc", "play_all", "list"
  std::string order_reason;           // for people: "in the order of the play-all, track 1"
  std::optional<int> first;           // the number of the first episode; absent where the list's own numbers count
  std::string first_reason;           // "continues after dvd-a1b2c3d, s02e04"
  std::vector<NumberedTrack> tracks;  // in the order used
  std::vector<Runtime> unmatched;     // runtimes that no track fits
  std::vector<std::string> notes;     // what to look at, one line each
  bool partly = false;                // not every track got a number, or not every runtime a track
  Edit edit;                          // what to save; empty where there is no number
};

// `others`: the discs of the same show in the catalog; those that do not belong are left out here. Throws kUsage where
// a season or a first number must be given, or a number is another track's already; kNotFound where the disc has no
// episodes.
EpisodeNumbering number_episodes(const SeriesDisc& disc, const EpisodesAsked& asked,
                                 const std::vector<SeriesDisc>& others);

// By show_name, else by title or what the label calls it; case, punctuation and underscores do not count. Discs of one
// kind only: a season on Blu-ray is not continued by its DVDs. A disc that is said to be a movie is of no show.
bool are_of_one_show(const Disc& a, const Disc& b);

}  // namespace amphi
