#include "episodes/season.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "model/season_label.hpp"

namespace amphi {

namespace {

// The one that all have; nothing where one has none, or they differ.
template <class Range, class Get>
std::optional<int> common_season(const Range& range, Get get) {
  std::optional<int> season;
  for (const auto& item : range) {
    const std::optional<int> its = get(item);
    if (!its || (season && season != its)) return std::nullopt;
    season = its;
  }
  return season;
}

[[noreturn]] void ask_for_season(const Disc& disc) {
  throw Error(ErrorKind::kUsage,
              disc.volume_label.empty() ? "which season? The disc has no label that tells"
                                        : fmt::format("which season? The disc's label, {}, does not tell",
                                                      escape_controls(disc.volume_label)),
              fmt::format("amphi disc episodes {} --season 1", short_fingerprint(disc.fingerprint)));
}

}  // namespace

Season find_season(const Disc& disc, const EpisodesAsked& asked, const std::vector<const Track*>& chosen) {
  if (asked.season) return {*asked.season, "--season"};
  if (const auto season = common_season(asked.runtimes, [](const Runtime& line) { return line.season; }))
    return {*season, "the list's"};
  if (const auto season = parse_season_label(disc.volume_label).season)
    return {*season, fmt::format("label {}", disc.volume_label)};
  if (const auto season = common_season(chosen, [](const Track* track) { return track->edits.season; }))
    return {*season, "as it was numbered before"};
  ask_for_season(disc);
}

std::vector<Runtime> runtimes_of(const std::vector<Runtime>& list, int season) {
  std::vector<Runtime> of;
  std::copy_if(list.begin(), list.end(), std::back_inserter(of),
               [&](const Runtime& line) { return line.season.value_or(season) == season; });
  return of;
}

}  // namespace amphi
