// What the ancestor's rows mean in a catalog of amphi's. Pure: rows in, discs out.
//
// A value that has a field here goes there; what the user gave (titles, years, types, names, episodes) is an edit, so
// that no classification overrides it. Each row is kept whole beside that, so that no value is lost.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amphi/disc.hpp"
#include "amphi/edit.hpp"
#include "catalog/ancestor_row.hpp"
#include "catalog/ancestor_tracks.hpp"

namespace amphi {

struct AncestorDisc {
  ForeignRow row;
  ScannedDisc scanned;  // without tracks; provisional: nobody saw its bytes
  DiscChange edits;
  std::optional<ReprocessingType> flag;
  std::vector<AncestorTrack> tracks;
};

struct AncestorCatalog {
  std::vector<AncestorDisc> discs;
  std::vector<ForeignRow> others;  // of tables without a place here, and tracks of no disc
  std::vector<BadRow> bad_rows;
};

// `file`: where the rows are from, what the discs' source is called.
AncestorCatalog understand_ancestor(ForeignTables tables, const std::string& file);

}  // namespace amphi
