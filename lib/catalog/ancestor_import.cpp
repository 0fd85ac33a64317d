// The ancestor's discs become discs of the catalog.
//
// Each row that was taken in is an entry of the history, whole: no value is lost for want of a field here, and a second
// import knows what the first one took. A row that is as it was then is left out, whatever the user did with it since;
// one that is new or has changed fills in what is missing, and overrides nothing.
#include "catalog/ancestor_import.hpp"

#include <algorithm>

#include "catalog/ancestor_memory.hpp"
#include "catalog/edit_rows.hpp"
#include "catalog/match.hpp"
#include "catalog/migrate.hpp"

namespace amphi {
namespace {

template <class Edits, class Changes>
Changes only_missing(Changes change, const Edits& there) {
  for_each_field<Edits>([&](const auto& field) {
    if (is_said(field, there)) field.change_of(change).reset();
  });
  return change;
}

Artifact unverified_artifact(TrackId id, Stage stage, const Disc& disc, const AncestorTrack& track) {
  Artifact artifact;
  artifact.track_id = id;
  artifact.unverified = true;
  auto& receipt = artifact.receipt;
  receipt.stage = stage;
  receipt.fingerprint = disc.fingerprint;
  receipt.reference = track.scanned.reference;
  receipt.path = *track.paths[stage];
  receipt.tool = "amphigory";
  if (stage == Stage::kTranscode) receipt.preset = track.preset;
  receipt.created_at = track.recorded_at;
  return artifact;
}

std::vector<Classification> classes_of(const AncestorDisc& disc) {
  std::vector<Classification> classes;
  for (const auto& track : disc.tracks) classes.push_back(track.classification);
  return classes;
}

class AncestorImport {
 public:
  explicit AncestorImport(Catalog& catalog) : catalog_(catalog), memory_(catalog) {}

  AncestorImported run(const AncestorCatalog& ancestor) {
    for (const auto& disc : ancestor.discs) take(disc);
    for (const auto& row : ancestor.others) {
      ++done_.rows;
      if (!memory_.holds(std::nullopt, row)) memory_.keep(std::nullopt, std::nullopt, row);
    }
    return done_;
  }

 private:
  void take(const AncestorDisc& disc) {
    done_.rows += 1 + std::count_if(disc.tracks.begin(), disc.tracks.end(), [](const auto& t) { return !!t.row; });
    const auto known = catalog_.find_by_identifiers(disc.scanned);
    if (!known) {
      const auto id = catalog_.store_scan(disc.scanned, classes_of(disc)).disc_id;
      ++done_.added_discs;
      done_.added_tracks += static_cast<std::int64_t>(disc.tracks.size());
      return fill_in(id, disc, tracks_in_order(id), Rows::kAll);
    }
    if (is_taken(*known, disc)) return;
    add_identifiers(*known, disc);
    fill_in(*known, disc, find_tracks(*known, disc), Rows::kNew);
  }

  bool is_taken(DiscId id, const AncestorDisc& disc) const {
    return memory_.holds(id, disc.row) && std::all_of(disc.tracks.begin(), disc.tracks.end(), [&](const auto& track) {
             return !track.row || memory_.holds(id, *track.row);
           });
  }

  // A disc that was read gets the identifiers alone of whatever else is told of it.
  void add_identifiers(DiscId id, const AncestorDisc& disc) {
    const auto record = catalog_.load_disc(id, Catalog::Detail::kListing);
    const auto& there = record.disc.identifiers;
    const auto& told = disc.scanned.identifiers;
    const bool has_all = std::all_of(told.begin(), told.end(), [&](const Identifier& identifier) {
      return std::find(there.begin(), there.end(), identifier) != there.end();
    });
    if (!has_all && !record.disc.provisional) catalog_.store_scan(disc.scanned, classes_of(disc));
  }

  std::vector<TrackId> tracks_in_order(DiscId id) {
    std::vector<TrackId> tracks;
    for (const auto& track : catalog_.load_disc(id, Catalog::Detail::kListing).tracks) tracks.push_back(track.id);
    std::sort(tracks.begin(), tracks.end());  // as they were stored
    return tracks;
  }

  // Which tracks of the catalog's those of the ancestor's are; one that it does not have is added.
  std::vector<TrackId> find_tracks(DiscId id, const AncestorDisc& disc) {
    auto stored = catalog_.load_disc(id).tracks;
    std::vector<TrackId> tracks(disc.tracks.size());
    std::vector<std::size_t> unknown;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
      const auto& row = disc.tracks[i].row;
      if (const auto before = row ? memory_.find_track(id, *row) : std::nullopt) {
        tracks[i] = *before;
        std::erase_if(stored, [&](const Track& track) { return track.id == *before; });
      } else {
        unknown.push_back(i);
      }
    }
    std::vector<ScannedTrack> asked;
    for (const auto i : unknown) asked.push_back(disc.tracks[i].scanned);
    const auto matches = match_tracks(stored, asked);
    for (std::size_t j = 0; j < unknown.size(); ++j)
      tracks[unknown[j]] = matches[j] ? stored[*matches[j]].id : add_track(id, disc.tracks[unknown[j]]);
    return tracks;
  }

  TrackId add_track(DiscId id, const AncestorTrack& track) {
    ++done_.added_tracks;
    return catalog_.add_track(id, track.scanned, track.classification);
  }

  // kAll: the disc was not there. What its rows became before was forgotten since.
  enum class Rows { kAll, kNew };

  // `tracks`: those of `disc`, in its order.
  void fill_in(DiscId id, const AncestorDisc& disc, const std::vector<TrackId>& tracks, Rows rows) {
    const auto record = catalog_.load_disc(id, Catalog::Detail::kListing);
    const auto is_new = [&](const ForeignRow& row) { return rows == Rows::kAll || !memory_.holds(id, row); };
    const bool disc_is_new = is_new(disc.row);
    Edit edit;
    if (disc_is_new) edit.disc = only_missing(disc.edits, record.disc.edits);
    std::vector<std::size_t> changed;
    for (std::size_t i = 0; i < tracks.size(); ++i)
      if (disc.tracks[i].row && is_new(*disc.tracks[i].row)) changed.push_back(i);
    for (const auto i : changed) {
      const auto at = index_in(record, tracks[i]);
      edit.tracks.push_back(only_missing(disc.tracks[i].edits, record.tracks[at].edits));
      edit.tracks.back().id = tracks[i];
      put_paths(record, at, disc.tracks[i]);
    }
    if (!edit.empty()) catalog_.apply_edit(id, edit);
    if (disc_is_new && disc.flag && !record.disc.reprocessing) catalog_.set_flag(id, *disc.flag);
    if (disc_is_new) memory_.keep(id, std::nullopt, disc.row);
    for (const auto i : changed) memory_.keep(id, tracks[i], *disc.tracks[i].row);
  }

  static std::size_t index_in(const DiscRecord& record, TrackId id) {
    const auto at =
        std::find_if(record.tracks.begin(), record.tracks.end(), [&](const Track& track) { return track.id == id; });
    return static_cast<std::size_t>(at - record.tracks.begin());
  }

  void put_paths(const DiscRecord& record, std::size_t at, const AncestorTrack& track) {
    for (const auto stage : kStages) {
      if (!track.paths[stage] || record.artifacts[at][stage]) continue;
      const auto id = record.tracks[at].id;
      catalog_.put_artifact(id, unverified_artifact(id, stage, record.disc, track));
      ++done_.added_paths;
    }
  }

  Catalog& catalog_;
  AncestorMemory memory_;
  AncestorImported done_;
};

}  // namespace

AncestorImported take_in(Catalog& catalog, const AncestorCatalog& ancestor) {
  AncestorImported done;
  catalog.in_one_transaction([&] { done = AncestorImport(catalog).run(ancestor); });
  done.bad_rows = ancestor.bad_rows;
  done.schema = newest_schema();
  done.discs = static_cast<std::int64_t>(catalog.all_discs().size());
  return done;
}

}  // namespace amphi
