// What a disc and its tracks would be by what TheDiscDB says.
#include <algorithm>

#include <fmt/format.h>

#include "amphi/identify.hpp"
#include "base/text.hpp"
#include "identify/edit_fields.hpp"
#include "identify/values.hpp"

namespace amphi {
namespace {

bool is_main_movie(const DiscdbTitle& title) {
  return title.identified && track_type_of(title) == TrackType::kMainFeature;
}

std::optional<int> season_number(std::string_view text) {
  const auto words = as_words(text);
  if (has_word(words, "special") || has_word(words, "specials")) return 0;
  const auto number = parse_int(text);
  if (!number || *number < edit_limits::kSeason.low || *number > edit_limits::kSeason.high) return std::nullopt;
  return static_cast<int>(*number);
}

template <class Text>
std::optional<std::string> if_any(const Text& text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

class Proposer {
 public:
  Proposer(const Disc& disc, const std::vector<Track>& tracks, const DiscdbEntry& entry)
      : tracks_(tracks), entry_(entry), matches_(match_titles(disc.kind, tracks, entry.disc.titles)) {}

  Proposal propose() {
    const auto& titles = entry_.disc.titles;
    mains_ = std::count_if(titles.begin(), titles.end(), is_main_movie);
    fill_disc();
    for (const auto& match : matches_.taken)
      if (titles[match.title].identified) add_track(match);
    for (const auto& [track, why] : matches_.refused)
      proposal_.untaken.push_back(fmt::format("track {} {}", tracks_[track].scanned.number, why));
    name_what_is_not_there();
    return std::move(proposal_);
  }

 private:
  const DiscdbWork* work() const { return entry_.work ? &*entry_.work : nullptr; }
  bool is_show() const { return work() != nullptr && work()->type == MediaType::kTv; }

  void fill_disc() {
    if (work() == nullptr) return;
    auto& edits = proposal_.disc;
    edits.title = if_any(work()->title);
    edits.year = work()->year;
    edits.imdb_id = work()->imdb_id;
    edits.tmdb_id = work()->tmdb_id;
    edits.media_type = work()->type;
    if (is_show()) {
      edits.show_name = edits.title;
    } else {
      edits.edition = edition_of_disc();
    }
  }

  // A release's name says of all its discs what holds for the one film on one of them.
  std::optional<std::string> edition_of_disc() const {
    if (mains_ != 1 || !entry_.release) return std::nullopt;
    const auto& titles = entry_.disc.titles;
    const auto main = std::find_if(titles.begin(), titles.end(), is_main_movie);
    if (tells_a_version(beyond_title(main->name, work()->title))) return std::nullopt;
    return if_any(cut_in_release(entry_.release->title));
  }

  void add_track(const TitleMatch& match) {
    const auto& track = tracks_[match.track];
    const auto& title = entry_.disc.titles[match.title];
    TrackProposal proposed{track.id, track.scanned.number, {}, match.by};
    proposed.edits.track_name = if_any(title.name);
    proposed.edits.track_type = track_type_of(title);
    if (!proposed.edits.track_type && !title.type.empty())
      doubt(track, fmt::format("TheDiscDB calls it '{}', which amphi does not know", title.type));
    if (proposed.edits.track_type == TrackType::kMainFeature && !is_show()) set_version(title, proposed.edits);
    set_numbers(track, title, proposed.edits);
    proposal_.tracks.push_back(std::move(proposed));
  }

  void doubt(const Track& track, const std::string& why) {
    proposal_.untaken.push_back(fmt::format("track {}: {}", track.scanned.number, why));
  }

  // Where a disc has one film, only what tells a version counts; of several whatever tells them apart.
  void set_version(const DiscdbTitle& title, TrackEdits& edits) const {
    if (work() == nullptr) return;
    const auto version = beyond_title(title.name, work()->title);
    if (mains_ > 1 || tells_a_version(version)) edits.edition = if_any(version);
  }

  // An extra of an episode has its numbers; with both it would be taken for the episode itself.
  void set_numbers(const Track& track, const DiscdbTitle& title, TrackEdits& edits) {
    const bool is_episode = edits.track_type == TrackType::kEpisode;
    if (!is_episode && !is_show()) return;
    edits.season = season_number(title.season);
    if (!title.season.empty() && !edits.season) doubt(track, fmt::format("season '{}' is no number", title.season));
    if (!is_episode || title.episode.empty()) return;
    if (const auto numbers = parse_discdb_episode(title.episode)) {
      edits.episode = numbers->first;
      edits.episode_end = numbers->last;
    } else {
      doubt(track, fmt::format("episode '{}' is no number and no range", title.episode));
    }
  }

  void name_what_is_not_there() {
    std::vector<bool> found(entry_.disc.titles.size());
    for (const auto& match : matches_.taken) found[match.title] = true;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const auto& title = entry_.disc.titles[i];
      if (!found[i] && title.identified)
        proposal_.not_on_disc.emplace_back(trim(fmt::format("{} {}", title.source_file, title.name)));
    }
  }

  const std::vector<Track>& tracks_;
  const DiscdbEntry& entry_;
  TitleMatches matches_;
  std::int64_t mains_ = 0;
  Proposal proposal_;
};

// Fills what `into` does not have; names what both have and differ in.
template <class Fields, class Edits>
void join_fields(const Fields& fields, const Edits& from, const std::string& whose, Edits& into,
                 std::vector<std::string>& conflicts) {
  for (const auto& field : fields) {
    const auto mine = field.text(into), other = field.text(from);
    if (!mine) field.copy(from, into);
    if (mine && other && *mine != *other) conflicts.push_back(whose + std::string(field.name));
  }
}

void join_tracks(const TrackProposal& from, TrackProposal& into, std::vector<std::string>& conflicts) {
  const auto whose = fmt::format("track {} ", into.number);
  const KnownTrackField type[] = {kKnownTypeField};
  join_fields(type, from.edits, whose, into.edits, conflicts);
  join_fields(kKnownTextFields, from.edits, whose, into.edits, conflicts);
  if (from.edits.episode && into.edits.episode && from.edits.episode_end != into.edits.episode_end)
    return conflicts.push_back(whose + "episode_end");
  join_fields(kKnownNumberFields, from.edits, whose, into.edits, conflicts);
}

void join_lines(const std::vector<std::string>& from, std::vector<std::string>& into) {
  for (const auto& line : from)
    if (std::find(into.begin(), into.end(), line) == into.end()) into.push_back(line);
}

}  // namespace

Proposal propose(const Disc& disc, const std::vector<Track>& tracks, const DiscdbEntry& entry) {
  return Proposer(disc, tracks, entry).propose();
}

Agreement agree(const std::vector<Proposal>& proposals) {
  Agreement agreement;
  auto& all = agreement.proposal;
  for (const auto& proposal : proposals) {
    join_fields(kKnownDiscFields, proposal.disc, "", all.disc, agreement.conflicts);
    for (const auto& track : proposal.tracks) {
      const auto same = std::find_if(all.tracks.begin(), all.tracks.end(),
                                     [&](const TrackProposal& known) { return known.id == track.id; });
      if (same == all.tracks.end()) {
        all.tracks.push_back(track);
      } else {
        join_tracks(track, *same, agreement.conflicts);
      }
    }
    join_lines(proposal.untaken, all.untaken);
    join_lines(proposal.not_on_disc, all.not_on_disc);
  }
  std::stable_sort(all.tracks.begin(), all.tracks.end(),
                   [](const TrackProposal& one, const TrackProposal& other) { return one.number < other.number; });
  return agreement;
}

}  // namespace amphi
