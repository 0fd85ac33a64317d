// The whole of it: order, season, runtimes, first number, then the edit.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "amphi/episodes.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "episodes/first_number.hpp"
#include "episodes/placing.hpp"
#include "episodes/season.hpp"
#include "episodes/show.hpp"
#include "episodes/taken.hpp"
#include "episodes/track_order.hpp"

namespace amphi {

namespace {

constexpr int kHighestEpisode = 99'999;
constexpr std::size_t kMostJoinedBytes = 500;

bool is_numbered(const std::vector<Runtime>& list) {
  return !list.empty() && list.front().episode;
}

[[noreturn]] void ask_for_first(const Disc& disc, const std::string& why) {
  throw Error(ErrorKind::kUsage, why,
              fmt::format("number it before, or say where this one begins: amphi disc episodes {} --first N",
                          short_fingerprint(disc.fingerprint)));
}

// The number of the list's first line, or of the first track, as the tracks have it now.
std::optional<int> number_now(const Placing& placing, int season) {
  for (const auto& placed : placing.tracks) {
    if (!placed.place) continue;
    const auto& edits = placed.track->edits;
    const auto before = static_cast<int>(placed.place->runtime);
    if (edits.season != season || !edits.episode || *edits.episode < before) return std::nullopt;
    return *edits.episode - before;
  }
  return std::nullopt;
}

std::string joined_name(const std::vector<std::string>& names) {
  auto all = join(names, " / ");
  return all.size() <= kMostJoinedBytes ? all : names.front();
}

std::optional<int> number_now(const std::vector<const Track*>& tracks, int season) {
  for (const auto* track : tracks)
    if (track->edits.season == season && track->edits.episode) return track->edits.episode;
  return std::nullopt;
}

// One run through the steps; what it finds on the way is kept for the next one.
class Numbering {
 public:
  Numbering(const SeriesDisc& disc, const EpisodesAsked& asked, std::vector<SeriesDisc> others)
      : disc_(disc), asked_(asked), others_(std::move(others)), ordered_(order_tracks(disc, asked)) {}

  EpisodeNumbering run() {
    choose_season();
    if (is_numbered(list_)) {
      leave_out_earlier();
      place();
    } else {
      place();
      choose_first();
    }
    fill_rows();
    note_unmatched();
    check_taken();
    note_what_is_missing();
    make_edit();
    return std::move(found_);
  }

 private:
  void note(std::string text) { found_.notes.push_back(std::move(text)); }

  void choose_season() {
    const auto season = find_season(disc_.disc, asked_, ordered_.tracks);
    found_.season = season.number;
    found_.season_reason = season.reason;
    found_.notes = ordered_.notes;
    list_ = runtimes_of(asked_.runtimes, season.number);
    if (list_.empty() && !asked_.runtimes.empty())
      throw Error(ErrorKind::kUsage, fmt::format("the list has no runtimes of season {}", season.number));
    if (const auto others = asked_.runtimes.size() - list_.size(); others > 0)
      note(fmt::format("{} of the runtimes are of other seasons", others));
  }

  FirstNumber first_number(std::optional<int> own) const {
    if (asked_.first) return {asked_.first, "--first", false};
    return find_first_number(disc_, found_.season, others_, ordered_.tracks, own);
  }

  // Of a list of the whole season the lines of the discs before.
  void leave_out_earlier() {
    const auto first = first_number(number_now(ordered_.tracks, found_.season));
    found_.first_reason = "the list's numbers";
    if (!first.number) return;
    std::vector<Runtime> rest;
    std::copy_if(list_.begin(), list_.end(), std::back_inserter(rest),
                 [&](const Runtime& line) { return *line.episode >= *first.number; });
    if (rest.empty() && asked_.first)
      throw Error(ErrorKind::kUsage, fmt::format("the list has no runtimes from episode {} on", *first.number));
    if (rest.empty() || rest.size() == list_.size()) return;
    list_ = std::move(rest);
    found_.first_reason += fmt::format(" from {} on ({})", *first.number, first.reason);
  }

  void place() {
    found_.order = ordered_.order;
    found_.order_reason = ordered_.reason + (ordered_.caveat.empty() ? "" : " (" + ordered_.caveat + ")");
    if (list_.empty()) {
      placing_ = place_in_order(ordered_.tracks, ordered_.reason);
    } else {
      placing_ = place_by_runtimes(ordered_.tracks, list_);
      if (placing_.reordered) found_.order = "list", found_.order_reason = "in the list's order, told by the lengths";
    }
    for (auto& text : placing_.notes) note(std::move(text));
  }

  void choose_first() {
    const auto first = first_number(number_now(placing_, found_.season));
    if (!first.number) ask_for_first(disc_.disc, first.reason);
    found_.first = first.number;
    found_.first_reason = first.reason;
    kept_ = first.kept;
  }

  int number_of(std::size_t runtime) const {
    return is_numbered(list_) ? *list_[runtime].episode : *found_.first + static_cast<int>(runtime);
  }

  void fill_rows() {
    for (const auto& placed : placing_.tracks) {
      NumberedTrack row{*placed.track, {}, {}, {}, placed.reason};
      if (placed.place) {
        number(row, *placed.place);
      } else {
        found_.partly = true;
      }
      found_.tracks.push_back(std::move(row));
    }
    for (const auto& [track, other] : ordered_.repeated)
      found_.tracks.push_back(
          {*track, {}, {}, {}, fmt::format("plays what track {} plays: left as it is", other->scanned.number)});
  }

  void number(NumberedTrack& row, const Place& place) const {
    const auto& edits = row.track.edits;
    row.episode = number_of(place.runtime);
    const auto last = number_of(place.runtime + place.count - 1);
    if (last > kHighestEpisode)
      throw Error(ErrorKind::kUsage, fmt::format("episodes are numbered up to {}", kHighestEpisode));
    if (place.count > 1) row.episode_end = last;
    if (!list_.empty()) {
      std::vector<std::string> names;
      for (auto at = place.runtime; at < place.runtime + place.count; ++at)
        if (!list_[at].name.empty()) names.push_back(list_[at].name);
      if (!names.empty()) row.name = joined_name(names);
    }
    TrackEdits after = edits;
    after.season = found_.season, after.episode = row.episode, after.episode_end = row.episode_end;
    const auto before_code = episode_code(edits);
    if (!before_code.empty() && before_code != episode_code(after)) row.reason += fmt::format("; was {}", before_code);
  }

  bool anything_numbered() const {
    return std::any_of(found_.tracks.begin(), found_.tracks.end(), [](const auto& row) { return row.episode; });
  }

  // Runtimes before the first and behind the last that is used are other discs' where they are numbered.
  void note_unmatched() {
    std::vector<bool> used(list_.size(), false);
    for (const auto& placed : placing_.tracks)
      if (placed.place && !list_.empty())
        std::fill_n(used.begin() + static_cast<std::ptrdiff_t>(placed.place->runtime), placed.place->count, true);
    const auto first = std::find(used.begin(), used.end(), true);
    const auto last = std::find(used.rbegin(), used.rend(), true).base();
    for (auto at = used.begin(); at != used.end(); ++at) {
      if (*at) continue;
      const auto& line = list_[static_cast<std::size_t>(at - used.begin())];
      found_.unmatched.push_back(line);
      const bool elsewhere = is_numbered(list_) && anything_numbered() && (at < first || at >= last);
      if (elsewhere) continue;
      found_.partly = true;
      note(fmt::format("no track fits line {}, {}{}{}", line.line, human_duration(line.seconds),
                       line.name.empty() ? "" : " " + line.name, would_fit(line)));
    }
  }

  // A track that nobody takes for an episode.
  std::string would_fit(const Runtime& line) const {
    const auto span = length_of({{line.seconds, line.rounded, false}}, {0, 1}, 1);
    for (const auto& track : disc_.tracks) {
      const bool is_left_out = std::none_of(found_.tracks.begin(), found_.tracks.end(),
                                            [&](const NumberedTrack& row) { return row.track.id == track.id; });
      if (!is_left_out || track.vanished || !track.wanted()) continue;
      if (std::abs(track.scanned.duration_seconds - span->seconds) <= span->slack)
        return fmt::format("; track {}, {}, would: choose it with --tracks", track.scanned.number,
                           to_string(track.type()));
    }
    return "";
  }

  // Numbers that were told stay: somebody may be about to put the others right.
  void check_taken() {
    const auto taken = find_taken_numbers(disc_, others_, found_.season, found_.tracks);
    const bool told = asked_.first || is_numbered(list_) || kept_;
    if (!taken.by_others.empty() && !told)
      throw Error(ErrorKind::kUsage, taken.by_others.front(),
                  fmt::format("say where this disc begins: amphi disc episodes {} --first N",
                              short_fingerprint(disc_.disc.fingerprint)));
    for (const auto* texts : {&taken.by_others, &taken.by_left_ones}) {
      for (const auto& text : *texts) note(text);
      found_.partly = found_.partly || !texts->empty();
    }
  }

  void note_what_is_missing() {
    const auto& edits = disc_.disc.edits;
    const auto edit = fmt::format("amphi disc edit {}", short_fingerprint(disc_.disc.fingerprint));
    if (edits.media_type && *edits.media_type != MediaType::kTv)
      note(fmt::format("the disc is said to be {}: {} --media-type tv puts it among the shows",
                       *edits.media_type == MediaType::kMovie ? "a movie" : "music", edit));
    if (edits.show_name) return;
    const auto guess = show_on_label(disc_.disc);
    const auto give = fmt::format("{} --show-name {}", edit, guess.empty() ? "NAME" : shell_word(guess));
    note(edits.title ? fmt::format("the show is called as the disc, {}, until {}", *edits.title, give)
                     : fmt::format("the library needs the show's name: {}", give));
  }

  void make_edit() {
    if (!anything_numbered()) return;
    if (!disc_.disc.edits.media_type) found_.edit.disc.media_type.emplace(MediaType::kTv);
    for (const auto& row : found_.tracks) {
      if (!row.episode) continue;
      TrackChange change;
      change.id = row.track.id;
      change.season.emplace(found_.season);
      change.episode.emplace(row.episode);
      change.episode_end.emplace(row.episode_end);
      if (row.name) change.track_name.emplace(row.name);
      found_.edit.tracks.push_back(std::move(change));
    }
  }

  const SeriesDisc& disc_;
  const EpisodesAsked& asked_;
  std::vector<SeriesDisc> others_;
  OrderedTracks ordered_;
  std::vector<Runtime> list_;
  Placing placing_;
  EpisodeNumbering found_;
  bool kept_ = false;
};

}  // namespace

EpisodeNumbering number_episodes(const SeriesDisc& disc, const EpisodesAsked& asked,
                                 const std::vector<SeriesDisc>& others) {
  if (disc.disc.kind == DiscKind::kCd) throw Error(ErrorKind::kUsage, "an audio CD has no episodes");
  std::vector<SeriesDisc> of_show;
  std::copy_if(others.begin(), others.end(), std::back_inserter(of_show), [&](const SeriesDisc& other) {
    return other.disc.id != disc.disc.id && are_of_one_show(disc.disc, other.disc);
  });
  return Numbering(disc, asked, std::move(of_show)).run();
}

std::optional<EpisodeOrder> parse_episode_order(std::string_view text) {
  if (text == "auto") return EpisodeOrder::kAuto;
  if (text == "disc") return EpisodeOrder::kDisc;
  if (text == "play-all") return EpisodeOrder::kPlayAll;
  return std::nullopt;
}

}  // namespace amphi
