#include "track_choice.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/plan.hpp"
#include "base/text.hpp"

namespace amphi::cmd {

namespace {

// Every track that `keep` says yes to and that the disc still has.
template <class Keep>
std::vector<TrackId> those(const DiscReport& report, Keep keep) {
  std::vector<TrackId> out;
  for (std::size_t i = 0; i < report.tracks.size(); ++i) {
    const auto& track = report.record.tracks[i];
    if (!track.vanished && keep(track, report.tracks[i])) out.push_back(track.id);
  }
  return out;
}

}  // namespace

std::vector<TrackId> tracks_by_number(const DiscReport& report, std::string_view numbers) {
  const auto wanted = parse_track_list(numbers);
  for (const int number : wanted) {
    const auto& tracks = report.record.tracks;
    const bool there = std::any_of(tracks.begin(), tracks.end(), [&](const Track& track) {
      return !track.vanished && track.scanned.number == number;
    });
    if (!there) {
      throw Error(ErrorKind::kNotFound, fmt::format("the disc has no track {}", number),
                  fmt::format("amphi disc show {}", short_fingerprint(report.record.disc.fingerprint)));
    }
  }
  return those(report, [&](const Track& track, const TrackReport&) {
    return std::find(wanted.begin(), wanted.end(), track.scanned.number) != wanted.end();
  });
}

void TrackChoice::describe(Options& options) {
  std::vector<std::string> words;
  for (const auto type : all_track_types()) words.emplace_back(to_string(type));
  options.value("--tracks", numbers_, {"1,3-5", Complete::kNothing, {}}, "these track numbers");
  options.list("--types", types_, one_of(words), "tracks of these types");
  options.flag("--all-tracks", all_, "every track, decoys and duplicates too");
}

bool TrackChoice::given() const {
  return numbers_ || !types_.empty() || all_;
}

std::vector<TrackId> TrackChoice::choose(const DiscReport& report) const {
  if ((numbers_ ? 1 : 0) + (types_.empty() ? 0 : 1) + (all_ ? 1 : 0) > 1) {
    throw Error(ErrorKind::kUsage, "--tracks, --types and --all-tracks exclude each other");
  }
  if (numbers_) return tracks_by_number(report, *numbers_);
  if (!types_.empty()) return by_type(report);
  if (all_) return those(report, [](const Track&, const TrackReport&) { return true; });
  return those(report, [](const Track&, const TrackReport& track) { return track.selected; });
}

std::vector<TrackId> TrackChoice::by_type(const DiscReport& report) const {
  auto chosen = those(report, [&](const Track& track, const TrackReport&) {
    return std::find(types_.begin(), types_.end(), to_string(track.type())) != types_.end();
  });
  if (chosen.empty()) {
    throw Error(ErrorKind::kNotFound, fmt::format("the disc has no track of type {}", join(types_, ", ")),
                fmt::format("amphi disc show {}", short_fingerprint(report.record.disc.fingerprint)));
  }
  return chosen;
}

}  // namespace amphi::cmd
