// Which rows of the ancestor's were taken in before. The history keeps each whole: "imported".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "amphi/catalog.hpp"
#include "catalog/ancestor_file.hpp"

namespace amphi {

class AncestorMemory {
 public:
  explicit AncestorMemory(Catalog& catalog);

  // Taken in as it is now, for this disc, or for one that has become part of another. Columns that are null do not
  // count: a later version of the ancestor's adds such to every row.
  bool holds(std::optional<DiscId> disc, const ForeignRow& row) const;
  // The track that the row of this id was taken in as, whatever the row said then.
  std::optional<TrackId> find_track(DiscId disc, const ForeignRow& row) const;
  void keep(std::optional<DiscId> disc, std::optional<TrackId> track, const ForeignRow& row);

 private:
  void remember(std::optional<DiscId> disc, std::optional<TrackId> track, const ForeignRow& row);

  Catalog& catalog_;
  std::set<DiscId> discs_;                                       // there are, when this was made
  std::set<std::pair<std::int64_t, std::string>> rows_;          // by disc; of no disc that there is: 0
  std::map<std::pair<DiscId, std::int64_t>, TrackId> track_of_;  // by disc and id of the row
};

}  // namespace amphi
