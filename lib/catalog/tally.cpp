#include "catalog/tally.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include <fmt/format.h>

#include "catalog/rows.hpp"
#include "catalog/tally.hpp"

namespace amphi {
namespace {

constexpr std::array<std::string_view, 4> kStates{"discovered", "ripped", "transcoded", "complete"};

// The discs as a JSON list, for json_each.
std::string id_list(const std::vector<DiscId>& ids) {
  std::vector<std::string> numbers;
  for (const DiscId id : ids) numbers.push_back(std::to_string(id.value));
  return fmt::format("[{}]", fmt::join(numbers, ","));
}

// A list of rows sorted by track, one row ahead.
class Ahead {
 public:
  Ahead(Store& store, const char* all, const char* some, const std::vector<DiscId>* only)
      : use_(only ? store.db().use(some, id_list(*only)) : store.db().use(all)) {
    advance();
  }
  void advance() { track_ = use_.step() ? use_.next<std::int64_t>() : INT64_MAX; }
  // To the rows of `track`, over those of tracks before it.
  bool reaches(std::int64_t track) {
    while (track_ < track) advance();
    return track_ == track;
  }
  std::int64_t track() const { return track_; }
  Use& row() { return use_; }

 private:
  Use use_;
  std::int64_t track_ = 0;
};

#define AMPHI_OF_DISCS "t.disc_id IN (SELECT value FROM json_each(?)) "

std::set<std::int64_t> failed_tracks(Store& store) {
  std::set<std::int64_t> failed;
  Use row = store.db().use(
      "SELECT f.track_id FROM attempt f WHERE f.outcome = 'failed' AND f.settled = 0 "
      "AND NOT EXISTS (SELECT 1 FROM attempt l WHERE l.track_id = f.track_id AND l.id > f.id)");
  while (row.step()) failed.insert(row.next<std::int64_t>());
  return failed;
}

bool is_trouble(Verdict verdict) {
  return verdict == Verdict::kMissing || verdict == Verdict::kChanged || verdict == Verdict::kUnreadable;
}

class Count {
 public:
  Count(Store& store, const std::vector<DiscId>* only, std::optional<TrackType> type)
      : store_(store),
        type_(type),
        tracks_(
            store,
            "SELECT t.id, t.disc_id, t.type FROM track t INDEXED BY track_overview WHERE t.vanished = 0 ORDER BY t.id",
            "SELECT t.id, t.disc_id, t.type FROM track t WHERE t.vanished = 0 AND " AMPHI_OF_DISCS "ORDER BY t.id",
            only),
        edits_(store, "SELECT e.track_id, e.track_type, e.wanted FROM track_edit e ORDER BY e.track_id",
               "SELECT e.track_id, e.track_type, e.wanted FROM track t JOIN track_edit e ON e.track_id = t.id "
               "WHERE " AMPHI_OF_DISCS "ORDER BY e.track_id",
               only),
        seen_(store, "SELECT o.track_id, o.stage, o.verdict FROM observation o ORDER BY o.track_id",
              "SELECT o.track_id, o.stage, o.verdict FROM track t JOIN observation o ON o.track_id = t.id "
              "WHERE " AMPHI_OF_DISCS "ORDER BY o.track_id",
              only),
        failed_(failed_tracks(store)) {}

  Tallies run() {
    for (; tracks_.track() != INT64_MAX; tracks_.advance()) take(tracks_.track());
    return std::move(tallies_);
  }

 private:
  void take(std::int64_t id) {
    Track track;
    Tally& tally = tallies_[tracks_.row().next<std::int64_t>()];
    track.classification.type = type_word();
    read_edits(id, track);
    ++tally.tracks;
    if (type_ && track.type() == *type_) tally.has_type = true;
    if (track.wanted()) add_wanted(id, tally);
  }

  TrackType type_word() {
    const auto type = parse_track_type(tracks_.row().next<std::string>());
    if (!type) throw_damaged(store_, "a track of unknown type");
    return *type;
  }

  void read_edits(std::int64_t id, Track& track) {
    if (!edits_.reaches(id)) return;
    if (const auto type = edits_.row().next<std::optional<std::string>>())
      track.edits.track_type = parse_track_type(*type);
    track.edits.wanted = edits_.row().next<std::optional<bool>>();
  }

  void add_wanted(std::int64_t id, Tally& tally) {
    ++tally.wanted;
    if (failed_.contains(id)) ++tally.failed;
    int reached = 0;
    for (; seen_.reaches(id); seen_.advance()) {
      const Stage stage = read_stage(store_, seen_.row());
      const auto verdict = parse_verdict(seen_.row().next<std::string>());
      if (verdict && is_trouble(*verdict)) ++tally.trouble[stage];
      if (verdict != Verdict::kDone) continue;
      ++tally.done[stage];
      reached = std::max(reached, static_cast<int>(stage) + 1);
    }
    tally.least = tally.least < 0 ? reached : std::min(tally.least, reached);
  }

  Store& store_;
  std::optional<TrackType> type_;
  Ahead tracks_, edits_, seen_;
  std::set<std::int64_t> failed_;
  Tallies tallies_;
};

}  // namespace

Tallies tally_discs(Store& store, const std::vector<DiscId>* only, std::optional<TrackType> type) {
  return Count(store, only, type).run();
}

std::string_view state_of(const Tally& tally) {
  return kStates.at(static_cast<std::size_t>(std::max(tally.least, 0)));
}

}  // namespace amphi
