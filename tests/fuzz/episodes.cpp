// Labels and lists of runtimes: a label is read or says nothing, a list is read or refused by its line, and no track
// gets a number that was not told or is another's.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>

#include "amphi/episodes.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "demand.hpp"
#include "model/season_label.hpp"

using namespace amphi;

namespace {

// Two alike, a doubled one, a short one that is none, and another.
SeriesDisc make_disc(std::string_view label) {
  SeriesDisc disc;
  disc.disc.id = {1};
  disc.disc.kind = DiscKind::kBluray;
  disc.disc.fingerprint = "br-0000001";
  disc.disc.volume_label = to_valid_utf8(label);
  for (const double seconds : {2640.0, 2641.0, 5290.0, 700.0, 2620.0}) {
    Track track;
    const auto number = static_cast<int>(disc.tracks.size()) + 1;
    track.id = {number};
    track.scanned.number = number;
    track.scanned.reference = "mpls:" + std::to_string(number);
    track.scanned.segment_map = std::to_string(number);
    track.scanned.duration_seconds = seconds;
    track.classification.type = TrackType::kEpisode;
    disc.tracks.push_back(std::move(track));
  }
  return disc;
}

void demand_error(const Error& error) {
  const bool is_answer = error.kind() == ErrorKind::kUsage || error.kind() == ErrorKind::kNotFound;
  fuzz::demand(is_answer, "what cannot be read is told", error.message());
  fuzz::demand(is_valid_utf8(error.message()), "a message is UTF-8", escape_controls(error.message()));
  fuzz::demand(error.message().find('\n') == std::string::npos, "a message is one line", error.message());
}

void read_label(std::string_view text) {
  const auto label = parse_season_label(text);
  fuzz::demand(label.season.value_or(0) >= 0 && label.season.value_or(0) <= 99, "a season has two digits");
  fuzz::demand(label.disc.value_or(0) >= 0 && label.disc.value_or(0) <= 99, "a disc's number has two digits");
  fuzz::demand(label.show.size() <= text.size(), "a show's name is part of the label", label.show);
  fuzz::demand(!label.season || label.names_season, "a season's number names a season");
}

std::vector<Runtime> read_list(std::string_view text) {
  try {
    auto list = parse_runtimes(text);
    for (const auto& runtime : list) {
      fuzz::demand(runtime.seconds >= 1 && runtime.seconds <= 24 * 60 * 60, "a runtime is within a day");
      fuzz::demand(is_valid_utf8(runtime.name), "a name is UTF-8", escape_controls(runtime.name));
      fuzz::demand(!runtime.season || runtime.episode, "a season has its episode");
    }
    return list;
  } catch (const Error& error) {
    demand_error(error);
    return {};
  }
}

void number(const SeriesDisc& disc, std::vector<Runtime> list) {
  EpisodesAsked asked;
  asked.runtimes = std::move(list);
  std::set<int> given;
  try {
    const auto found = number_episodes(disc, asked, {});
    std::size_t numbered = 0;
    for (const auto& row : found.tracks) {
      if (!row.episode) continue;
      ++numbered;
      fuzz::demand(!row.episode_end || *row.episode_end > *row.episode, "a range has an end behind its beginning");
      for (auto episode = *row.episode; episode <= row.episode_end.value_or(*row.episode); ++episode)
        fuzz::demand(given.insert(episode).second, "an episode is one track's", std::to_string(episode));
    }
    fuzz::demand(found.edit.tracks.size() == numbered, "what is numbered is saved, and nothing else");
    fuzz::demand(found.partly || numbered == disc.tracks.size(), "a track without a number is told");
  } catch (const Error& error) {
    demand_error(error);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto end = std::min(text.find('\n'), text.size());
  const auto label = text.substr(0, end);
  read_label(label);
  number(make_disc(label), read_list(text.substr(std::min(end + 1, text.size()))));
  return 0;
}
