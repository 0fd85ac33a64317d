// What of a proposal is written, and what a user's word keeps.
#include <algorithm>
#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "amphi/identify.hpp"
#include "identify/edit_fields.hpp"

namespace amphi {
namespace {

using nlohmann::json;

// Which values of a disc and its tracks an earlier identification wrote.
class Provenance {
 public:
  explicit Provenance(const std::vector<HistoryEntry>& history) {
    for (const auto& entry : history)
      if (entry.event == "identified" || entry.event == "edited") note(entry);
  }

  bool wrote(std::optional<TrackId> whose, std::string_view field, const std::string& value) const {
    const auto found = last_.find({whose, std::string(field)});
    return found != last_.end() && found->second == value;
  }

 private:
  // The newest entry comes first, so the first that names a field counts.
  void note(const HistoryEntry& entry) {
    const auto detail = json::parse(entry.detail, nullptr, false);
    if (!detail.is_object()) return;
    for (const auto& [field, change] : detail.items()) {
      const auto value = entry.event == "identified" ? value_given(change) : std::nullopt;
      last_.emplace(std::pair(entry.track_id, field), value);
    }
  }

  static std::optional<std::string> value_given(const json& change) {
    if (!change.is_object() || !change.contains("to")) return std::nullopt;
    const auto& value = change["to"];
    if (value.is_string()) return value.get<std::string>();
    return value.is_number_integer() ? std::optional(value.dump()) : std::nullopt;
  }

  std::map<std::pair<std::optional<TrackId>, std::string>, std::optional<std::string>> last_;
};

class Decider {
 public:
  Decider(const Disc& disc, const std::vector<Track>& tracks, const std::vector<HistoryEntry>& history,
          HandEdits hand_edits)
      : provenance_(history), hand_edits_(hand_edits) {
    decisions_.disc = disc;
    decisions_.tracks = tracks;
  }

  Decisions decide(const Proposal& proposal) {
    for (const auto& field : kKnownDiscFields) {
      if (field.text(proposal.disc))
        decide_field(field, proposal.disc, decisions_.disc.edits, decisions_.edit.disc, Whose{});
    }
    for (const auto& proposed : proposal.tracks) {
      const auto track = std::find_if(decisions_.tracks.begin(), decisions_.tracks.end(),
                                      [&](const Track& candidate) { return candidate.id == proposed.id; });
      if (track != decisions_.tracks.end()) decide_track(proposed.edits, *track);
    }
    return std::move(decisions_);
  }

 private:
  struct Whose {
    std::optional<TrackId> track;
    int number = 0;
  };

  bool may_write(const Whose& whose, std::string_view field, const std::optional<std::string>& now) const {
    return !now || hand_edits_ == HandEdits::kOverwrite || provenance_.wrote(whose.track, field, *now);
  }

  template <class Field, class Edits, class Changes>
  void write(const Field& field, const Edits& proposed, Edits& edits, Changes& change) {
    field.copy(proposed, edits);
    field.change(edits, change);
  }

  template <class Field, class Edits, class Changes>
  void decide_field(const Field& field, const Edits& proposed, Edits& edits, Changes& change, const Whose& whose) {
    const auto now = field.text(edits), then = field.text(proposed);
    if (now == then) return;
    const bool written = may_write(whose, field.name, now);
    decisions_.fields.push_back({whose.track, whose.number, std::string(field.name), now, then, written});
    if (written) write(field, proposed, edits, change);
  }

  void decide_track(const TrackEdits& proposed, Track& track) {
    TrackChange change;
    change.id = track.id;
    const Whose whose{track.id, track.scanned.number};
    const auto before = track.edits;
    if (kKnownTypeField.text(proposed)) decide_field(kKnownTypeField, proposed, track.edits, change, whose);
    for (const auto& field : kKnownTextFields)
      if (field.text(proposed)) decide_field(field, proposed, track.edits, change, whose);
    const bool is_told_otherwise = proposed.track_type == TrackType::kEpisode && track.type() != TrackType::kEpisode;
    if (!is_told_otherwise) decide_numbers(proposed, track.edits, change, whose);
    if (!(before == track.edits)) decisions_.edit.tracks.push_back(std::move(change));
  }

  // An episode of which no last one is said has none.
  static bool is_proposed(const KnownTrackField& field, const TrackEdits& proposed) {
    return field.text(proposed).has_value() || (proposed.episode && field.name == "episode_end");
  }

  void decide_numbers(const TrackEdits& proposed, TrackEdits& edits, TrackChange& change, const Whose& whose) {
    std::vector<const KnownTrackField*> differing;
    bool written = true;
    for (const auto& field : kKnownNumberFields) {
      const auto now = field.text(edits);
      if (!is_proposed(field, proposed) || now == field.text(proposed)) continue;
      differing.push_back(&field);
      written = written && may_write(whose, field.name, now);
    }
    for (const auto* field : differing) {
      decisions_.fields.push_back(
          {whose.track, whose.number, std::string(field->name), field->text(edits), field->text(proposed), written});
      if (written) write(*field, proposed, edits, change);
    }
  }

  Provenance provenance_;
  HandEdits hand_edits_;
  Decisions decisions_;
};

}  // namespace

Decisions decide(const Disc& disc, const std::vector<Track>& tracks, const std::vector<HistoryEntry>& history,
                 const Proposal& proposal, HandEdits hand_edits) {
  return Decider(disc, tracks, history, hand_edits).decide(proposal);
}

}  // namespace amphi
