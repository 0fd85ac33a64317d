#include "episodes/first_number.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/pieces.hpp"
#include "model/season_label.hpp"

namespace amphi {

namespace {

using Tracks = std::vector<const Track*>;

struct Last {
  const Track* track = nullptr;
  int number = -1;
};

void keep_higher(Last& last, const Track& track, int season) {
  const auto number = last_number(track, season);
  if (number && *number > last.number) last = {&track, *number};
}

// Of this disc, before the first that is chosen.
Last last_before(const SeriesDisc& disc, int season, const Tracks& chosen) {
  const auto first = std::min_element(chosen.begin(), chosen.end(), [](const Track* a, const Track* b) {
    return comes_before(a->scanned, b->scanned);
  });
  Last last;
  for (const auto& track : disc.tracks) {
    const bool is_chosen = std::find(chosen.begin(), chosen.end(), &track) != chosen.end();
    if (!is_chosen && comes_before(track.scanned, (*first)->scanned)) keep_higher(last, track, season);
  }
  return last;
}

FirstNumber continues(const Last& last, const std::string& where) {
  return {last.number + 1, fmt::format("continues after {}, {}", where, episode_code(last.track->edits)), false};
}

FirstNumber from_the_start(int season, const std::string& why) {
  return {1, why.empty() ? fmt::format("nothing of season {} is numbered before", season) : why, false};
}

FirstNumber kept(int own) {
  return {own, "as it was numbered before", true};
}

struct LastOnDisc {
  Last last;
  const SeriesDisc* disc = nullptr;
};

LastOnDisc last_of(const std::vector<const SeriesDisc*>& discs, int season) {
  LastOnDisc found;
  for (const auto* disc : discs) {
    auto last = found.last;
    for (const auto& track : disc->tracks) keep_higher(last, track, season);
    if (last.track != found.last.track) found = {last, disc};
  }
  return found;
}

FirstNumber after_discs(const std::vector<const SeriesDisc*>& discs, int season, const std::string& otherwise) {
  const auto found = last_of(discs, season);
  return found.disc == nullptr ? from_the_start(season, otherwise)
                               : continues(found.last, short_fingerprint(found.disc->disc.fingerprint));
}

// A disc before this one that is done with: it has numbers, or nothing to number. `season` absent: of any season.
bool is_settled(const SeriesDisc& disc, std::optional<int> season) {
  const auto& tracks = disc.tracks;
  const auto is_numbered = [&](const Track& track) {
    return !track.vanished && track.edits.episode && track.edits.season && (!season || track.edits.season == season);
  };
  const auto is_episode = [](const Track& track) {
    return !track.vanished && track.wanted() && track.type() == TrackType::kEpisode;
  };
  return std::any_of(tracks.begin(), tracks.end(), is_numbered) ||
         std::none_of(tracks.begin(), tracks.end(), is_episode);
}

// Discs of the set by what their labels say, and the numbers of those that are not numbered yet.
struct Predecessors {
  std::vector<const SeriesDisc*> discs;
  std::vector<std::string> missing;
};

Predecessors predecessors(const SeasonLabel& label, const std::vector<SeriesDisc>& others) {
  Predecessors before;
  for (int number = 1; number < *label.disc; ++number) {
    bool settled = false;
    for (const auto& other : others) {
      const auto its = parse_season_label(other.disc.volume_label);
      if (its.disc != number || its.season != label.season) continue;
      before.discs.push_back(&other);
      settled = settled || is_settled(other, label.season);
    }
    if (!settled) before.missing.push_back(std::to_string(number));
  }
  return before;
}

FirstNumber missing_before(const SeasonLabel& label, const Predecessors& before) {
  const auto& missing = before.missing;
  return {std::nullopt,
          fmt::format("disc {}{} comes after disc{} {}, which {} not numbered", *label.disc,
                      label.season ? fmt::format(" of season {}", *label.season) : "", missing.size() == 1 ? "" : "s",
                      join(missing, ", "), missing.size() == 1 ? "is" : "are"),
          false};
}

FirstNumber by_label(const SeasonLabel& label, int season, const std::vector<SeriesDisc>& others,
                     std::optional<int> own) {
  if (*label.disc <= 1) return from_the_start(season, "the label says that it is the first disc");
  const auto before = predecessors(label, others);
  if (before.missing.empty()) return after_discs(before.discs, season, "");
  return own ? kept(*own) : missing_before(label, before);
}

}  // namespace

std::optional<int> last_number(const Track& track, int season) {
  if (track.vanished || track.edits.season != season || !track.edits.episode) return std::nullopt;
  return std::max(*track.edits.episode, track.edits.episode_end.value_or(0));
}

FirstNumber find_first_number(const SeriesDisc& disc, int season, const std::vector<SeriesDisc>& others,
                              const std::vector<const Track*>& chosen, std::optional<int> own) {
  if (const auto last = last_before(disc, season, chosen); last.track != nullptr)
    return continues(last, fmt::format("track {}", last.track->scanned.number));
  const auto label = parse_season_label(disc.disc.volume_label);
  if (label.disc && (!label.season || *label.season == season)) return by_label(label, season, others, own);
  if (own) return kept(*own);
  std::vector<const SeriesDisc*> all;
  for (const auto& other : others) all.push_back(&other);
  return after_discs(all, season, "");
}

}  // namespace amphi
