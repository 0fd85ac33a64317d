#include "catalog/ancestor_disc.hpp"

#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "catalog/ancestor_edits.hpp"
#include "catalog/ancestor_names.hpp"

namespace amphi {
namespace {

using nlohmann::json;

struct Scan {
  std::string label, kind;
  std::vector<TrackFacts> tracks;
};

void read_scanned_tracks(const ForeignRow& disc, const json& list, BadRows& bad, Scan& scan) {
  if (!list.is_array()) return bad.add(disc, "scan_data.tracks", "is no list");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto place = fmt::format("scan_data.tracks[{}]", i);
    if (list[i].is_object())
      scan.tracks.push_back(facts_of_scan(RowReader(disc, list[i], place + ".", bad)));
    else
      bad.add(disc, place, "is no object");
  }
}

Scan read_scan(const ForeignRow& disc, BadRows& bad) {
  Scan scan;
  const auto document = RowReader(disc, bad).document("scan_data");
  if (!document) return scan;
  if (!document->is_object()) {
    bad.add(disc, "scan_data", "is no object");
    return scan;
  }
  const RowReader entry(disc, *document, "scan_data.", bad);
  scan.label = entry.text("disc_name").value_or("");
  scan.kind = entry.text("disc_type").value_or("");
  const auto tracks = document->find("tracks");
  if (tracks != document->end() && !tracks->is_null()) read_scanned_tracks(disc, *tracks, bad, scan);
  return scan;
}

// The ancestor's scans took every disc for a DVD, so that word of theirs counts for nothing.
DiscKind kind_of_disc(const RowReader& row, const Scan& scan, const std::optional<std::string>& fingerprint,
                      const std::vector<ScannedTrack>& tracks) {
  const auto word = row.text("disc_type");
  if (word) {
    if (const auto kind = kind_of_word(*word)) return *kind;
    row.refuse("disc_type", "is no kind of disc", *word);
  }
  if (fingerprint)
    if (const auto kind = kind_of_fingerprint(*fingerprint)) return *kind;
  const auto scanned = kind_of_word(scan.kind);
  return scanned && *scanned != DiscKind::kDvd ? *scanned : kind_of_pictures(tracks);
}

AncestorDisc disc_of(const ForeignRow& foreign, const std::vector<const ForeignRow*>& track_rows,
                     const AncestorPresets& presets, const std::string& file, BadRows& bad) {
  const RowReader row(foreign, bad);
  AncestorDisc disc;
  disc.row = foreign;
  const auto scan = read_scan(foreign, bad);
  disc.tracks = ancestor_tracks(foreign, track_rows, scan.tracks, presets, bad);
  for (const auto& track : disc.tracks) disc.scanned.tracks.push_back(track.scanned);
  const auto fingerprint = row.text("fingerprint");
  disc.scanned.kind = kind_of_disc(row, scan, fingerprint, disc.scanned.tracks);
  disc.scanned.fingerprint = provisional_of(fingerprint, foreign.values);
  disc.scanned.provisional = true;
  disc.scanned.volume_label = scan.label;
  if (fingerprint) disc.scanned.identifiers = ancestor_identifiers(*fingerprint);
  disc.scanned.source = {SourceKind::kLog, file};
  const auto processed = row.time("processed_at");
  disc.scanned.scanned_at = row.time("scanned_at");
  if (!disc.scanned.scanned_at) disc.scanned.scanned_at = processed;
  disc.edits = disc_edits_in(row);
  disc.flag = flag_in(row);
  return disc;
}

AncestorPresets presets_of(const ForeignTables& tables) {
  AncestorPresets presets;
  const auto rows = tables.find("presets");
  if (rows == tables.end()) return presets;
  for (const auto& row : rows->second)
    if (row.id && row.values.contains("name") && row.values["name"].is_string())
      presets[*row.id] = row.values["name"].get<std::string>();
  return presets;
}

// Those of no disc go to `others`.
std::map<std::int64_t, std::vector<const ForeignRow*>> tracks_by_disc(ForeignTables& tables,
                                                                      std::vector<ForeignRow>& others, BadRows& bad) {
  std::map<std::int64_t, std::vector<const ForeignRow*>> tracks;
  for (const auto& row : tables["discs"])
    if (row.id) tracks[*row.id];
  for (const auto& row : tables["tracks"]) {
    const auto disc = RowReader(row, bad).whole("disc_id", INT64_MIN, INT64_MAX);
    const auto found = disc ? tracks.find(*disc) : tracks.end();
    if (found != tracks.end()) {
      found->second.push_back(&row);
    } else {
      bad.add(row, "disc_id", disc ? fmt::format("is no disc: {}", *disc) : "is not said");
      others.push_back(row);
    }
  }
  return tracks;
}

}  // namespace

AncestorCatalog understand_ancestor(ForeignTables tables, const std::string& file) {
  AncestorCatalog catalog;
  BadRows bad;
  for (const auto& [table, rows] : tables)
    for (const auto& row : rows) bad.add_what_is_no_text(row);
  auto tracks = tracks_by_disc(tables, catalog.others, bad);
  const auto presets = presets_of(tables);
  for (const auto& row : tables["discs"])
    catalog.discs.push_back(
        disc_of(row, row.id ? tracks[*row.id] : std::vector<const ForeignRow*>(), presets, file, bad));
  for (auto& [table, rows] : tables)
    if (table != "discs" && table != "tracks")
      for (auto& row : rows) catalog.others.push_back(std::move(row));
  catalog.bad_rows = bad.take();
  return catalog;
}

}  // namespace amphi
