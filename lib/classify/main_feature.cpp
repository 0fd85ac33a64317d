#include <algorithm>

#include <fmt/format.h>

#include "amphi/classify.hpp"
#include "base/text.hpp"
#include "classify/author_names.hpp"
#include "classify/cuts.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr double kShortestFeature = 60;     // below this nothing is a main feature
constexpr double kSureFeature = 70 * 60;    // below this it may be the one long episode of a season's last disc
constexpr double kLikelyFeature = 20 * 60;  // below this it is only the longest there is
constexpr double kTowers = 2;               // longest over the next
constexpr double kEqual = 0.75;             // what is this share of its length is an equal
constexpr double kRival = 0.5;              // what is shorter than this share is no rival of the longest

Group rivals_of(const Group& candidates, const RuledTrack& track) {
  Group rivals;
  for (auto* other : candidates) {
    if (other != &track && other->seconds() >= track.seconds() * kRival) rivals.push_back(other);
  }
  return rivals;
}

bool is_outclassed(const RuledTrack& track, const Group& candidates) {
  const auto rivals = rivals_of(candidates, track);
  return std::any_of(rivals.begin(), rivals.end(), [&](const auto* other) {
    return is_undivided_beside(track, *other) || is_thin_beside(track, *other);
  });
}

// The lowest of those within 1 % of the longest.
RuledTrack* longest_of(const Group& group) {
  double seconds = 0;
  for (const auto* track : group) seconds = std::max(seconds, track->seconds());
  return *std::find_if(group.begin(), group.end(),
                       [&](const auto* track) { return track->seconds() >= seconds * kTie; });
}

Group only(const Group& group, const auto& fits) {
  Group found;
  std::copy_if(group.begin(), group.end(), std::back_inserter(found), fits);
  return found;
}

// What the author names, else the longest of those that nothing speaks against.
RuledTrack* choose_film(const Group& candidates) {
  const auto named = only(candidates, [](const auto* track) { return is_named_main(*track); });
  if (!named.empty()) return longest_of(named);
  const auto worthy = only(candidates, [&](const auto* track) { return !is_outclassed(*track, candidates); });
  return longest_of(worthy.empty() ? candidates : worthy);
}

// Short films exist, and discs of nothing but extras: what is no film by its length must stand out.
bool stands_out(const RuledTrack& film, const Group& candidates) {
  if (film.seconds() >= kFilmSeconds || is_named_main(film)) return true;
  const auto rivals = rivals_of(candidates, film);
  return rivals.size() < 2 || std::all_of(rivals.begin(), rivals.end(),
                                          [&](const auto* other) { return film.rate() > other->rate() * kRicher; });
}

// What else there is beside the film.
struct Rest {
  std::vector<Relative> relatives;
  const RuledTrack* longer = nullptr;  // passed over
  const RuledTrack* equal = nullptr;   // about as long, as large, and no relative
  double next = 0;                     // the longest that is no relative
  std::ptrdiff_t crowd = 0;            // tracks over its pieces that were taken for decoys

  bool has(Kinship kinship) const {
    return std::any_of(relatives.begin(), relatives.end(), [&](const auto& each) { return each.kinship == kinship; });
  }
  bool holds(const RuledTrack* track) const {
    return std::any_of(relatives.begin(), relatives.end(), [&](const auto& each) { return each.track == track; });
  }
};

Rest look_around(RuledTracks& tracks, const Group& candidates, const RuledTrack& film) {
  Rest rest;
  rest.relatives = find_relatives(tracks, film);
  for (const auto* track : candidates) {
    if (track == &film) continue;
    if (track->seconds() * kTie > film.seconds() && is_outclassed(*track, candidates)) rest.longer = track;
    if (rest.holds(track)) continue;
    rest.next = std::max(rest.next, track->seconds());
    if (track->seconds() >= film.seconds() * kEqual && !is_thin_beside(*track, film)) rest.equal = track;
  }
  rest.crowd =
      count_decoys(tracks, film) + std::count_if(rest.relatives.begin(), rest.relatives.end(),
                                                 [](const auto& each) { return each.kinship == Kinship::kCrowd; });
  return rest;
}

double score_of(const RuledTrack& film, const Rest& rest) {
  if (is_named_main(film)) return 0.95;
  double score = film.seconds() >= kSureFeature ? 0.85 : film.seconds() >= kLikelyFeature ? 0.6 : 0.35;
  if (film.seconds() >= rest.next * kTowers && film.seconds() >= kLikelyFeature) score += 0.1;
  if (rest.longer != nullptr) score = std::min(score, 0.75);
  if (rest.equal != nullptr) score = std::min(score, 0.6);
  if (rest.crowd > 1) score = std::min(score, 0.45);
  return rest.has(Kinship::kTie) ? std::min(score, 0.6) : score;
}

std::string why_not(const RuledTrack& longer, const RuledTrack& film) {
  if (is_undivided_beside(longer, film))
    return fmt::format("{} is longer, but has {} chapters where this has {}", longer.reference(), longer.chapters(),
                       film.chapters());
  if (is_thin_beside(longer, film))
    return fmt::format("{} is longer, but {} where this is {}", longer.reference(),
                       human_size(longer.scanned->size_bytes), human_size(film.scanned->size_bytes));
  return longer.reference() + " is longer, but less than others";
}

std::vector<std::string> reasons_of(const RuledTrack& film, const Rest& rest) {
  std::vector<std::string> reasons;
  if (is_named_main(film))
    reasons.push_back(fmt::format("the disc's author calls it {}", author_name(film.scanned->ripper_note)));
  reasons.push_back(rest.longer != nullptr ? why_not(*rest.longer, film)
                                           : fmt::format("the longest track, {}", human_duration(film.seconds())));
  if (rest.next > 0) reasons.push_back(fmt::format("the next is {}", human_duration(rest.next)));
  if (film.seconds() < kLikelyFeature) reasons.emplace_back("short for a main feature");
  if (rest.crowd > 1 && !is_named_main(film))
    reasons.push_back(fmt::format("{} others play its pieces, and nothing tells which is meant", rest.crowd));
  for (const auto& each : rest.relatives) {
    if (each.kinship == Kinship::kTie) reasons.push_back(tie_reason(each.track->reference()));
  }
  if (rest.has(Kinship::kTie) && !is_named_main(film)) reasons.emplace_back("the lowest reference is taken");
  return reasons;
}

Classification relative_class(const Relative& relative, const RuledTrack& film) {
  const auto& name = film.reference();
  const auto percent = fmt::format("{:.0f} %", relative.shared * 100);
  switch (relative.kinship) {
    case Kinship::kSameContent:
      return make_classification(TrackType::kMainFeature, 0.8,
                                 {fmt::format("plays what {} plays, with other streams or chapters", name)});
    case Kinship::kCopy:
      return make_classification(TrackType::kDuplicate, 0.7,
                                 {fmt::format("plays what {} plays, without its chapters", name)});
    case Kinship::kAngle:
      return make_classification(TrackType::kMainFeature, 0.6,
                                 {fmt::format("another angle of {}: other titles or other pictures", name)});
    case Kinship::kLanguage:
      return make_classification(
          TrackType::kMainFeature, 0.7,
          {fmt::format("as long as {}, shares {} of its pieces, in other languages", name, percent)});
    case Kinship::kCut:
      return make_classification(
          TrackType::kMainFeature, 0.75,
          {fmt::format("another cut of {}: {} instead of {}, {} of the pieces are shared", name,
                       human_duration(relative.track->seconds()), human_duration(film.seconds()), percent)});
    case Kinship::kSameMake:
      return make_classification(
          TrackType::kMainFeature, 0.6,
          {fmt::format("divided and encoded as {} is: another cut of it, or another film", name)});
    case Kinship::kBranch:
      return make_classification(TrackType::kDecoy, 0.6,
                                 {fmt::format("plays the pieces of {}, but has {} chapters where that has {}", name,
                                              relative.track->chapters(), film.chapters())});
    case Kinship::kCrowd:
      return make_classification(TrackType::kDecoy, 0.6,
                                 {fmt::format("one of more tracks over the pieces of {} than a film has cuts", name)});
    case Kinship::kTie:
      break;
  }
  return make_classification(TrackType::kOther, 0.4, {tie_reason(name), "perhaps another edition"});
}

}  // namespace

void find_main_feature(RuledTracks& tracks, bool labelled) {
  if (labelled || has_any(tracks, TrackType::kEpisode)) return;
  auto candidates = undecided_tracks(tracks);
  std::erase_if(candidates, [](const auto* track) { return track->seconds() < kShortestFeature; });
  if (candidates.empty()) return;
  auto* film = choose_film(candidates);
  if (!stands_out(*film, candidates)) return;
  const auto rest = look_around(tracks, candidates, *film);
  film->decided = make_classification(TrackType::kMainFeature, score_of(*film, rest), reasons_of(*film, rest));
  for (const auto& relative : rest.relatives) relative.track->decided = relative_class(relative, *film);
}

}  // namespace amphi
