#include "episodes/taken.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "episodes/first_number.hpp"

namespace amphi {

namespace {

std::set<int> numbers_given(const std::vector<NumberedTrack>& numbered) {
  std::set<int> numbers;
  for (const auto& row : numbered) {
    if (!row.episode) continue;
    for (auto number = *row.episode; number <= row.episode_end.value_or(*row.episode); ++number) numbers.insert(number);
  }
  return numbers;
}

bool holds_one_of(const Track& track, int season, const std::set<int>& numbers) {
  const auto last = last_number(track, season);
  if (!last) return false;
  const auto at = numbers.lower_bound(*track.edits.episode);
  return at != numbers.end() && *at <= *last;
}

const NumberedTrack* find_row(const std::vector<NumberedTrack>& numbered, const Track& track) {
  const auto at = std::find_if(numbered.begin(), numbered.end(),
                               [&](const NumberedTrack& row) { return row.track.id == track.id; });
  return at == numbered.end() ? nullptr : &*at;
}

}  // namespace

TakenNumbers find_taken_numbers(const SeriesDisc& disc, const std::vector<SeriesDisc>& others, int season,
                                const std::vector<NumberedTrack>& numbered) {
  const auto numbers = numbers_given(numbered);
  TakenNumbers taken;
  for (const auto& track : disc.tracks) {
    const auto* row = find_row(numbered, track);
    if ((row != nullptr && row->episode) || !holds_one_of(track, season, numbers)) continue;
    auto& where = row != nullptr ? taken.by_left_ones : taken.by_others;
    where.push_back(fmt::format("{} is track {} already", episode_code(track.edits), track.scanned.number));
  }
  for (const auto& other : others)
    for (const auto& track : other.tracks)
      if (holds_one_of(track, season, numbers))
        taken.by_others.push_back(fmt::format("{} is track {} of {} already", episode_code(track.edits),
                                              track.scanned.number, short_fingerprint(other.disc.fingerprint)));
  return taken;
}

}  // namespace amphi
