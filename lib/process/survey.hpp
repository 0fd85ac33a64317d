// One look at the tracks of a disc: receipts against files, places, presets, sources, who holds what.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "amphi/process.hpp"
#include "process/folders.hpp"
#include "process/presets.hpp"
#include "process/sources.hpp"

namespace amphi {

// What a look needs besides the catalog; lives as long as a verb, so that drives and tools are asked once.
struct Survey {
  Survey(Catalog& used_catalog, const Config& used_config)
      : catalog(used_catalog),
        config(used_config),
        folders(used_catalog, used_config),
        presets(used_config),
        sources(used_catalog, used_config) {}

  Catalog& catalog;
  const Config& config;
  Folders folders;
  Presets presets;
  SourceFinder sources;
  std::map<std::string, double> ratios;  // by preset, as asked of the catalog
  Look look = Look::kDisk;
  enum class Depth { kShow, kPlan } depth = Depth::kShow;  // kPlan: also sources, preset names, foreign files
  std::set<TrackId> own;                                   // tracks whose locks are this process's own
  bool store = true;                                       // false once the catalog turned out to be read-only
  std::vector<Catalog::Seen> looks;                        // seen anew and not stored yet
};

// One snapshot per track, in the record's order. What was seen is stored many looks at a time, since a transaction
// waits for the disk; whoever surveys ends with save_looks().
std::vector<TrackSnapshot> snapshot_tracks(Survey& survey, const DiscRecord& record);
void save_looks(Survey& survey);
// The library files recorded, of any disc, where these tracks would be inserted now.
std::vector<Catalog::TakenPath> library_files_at(Catalog& catalog, const std::vector<TrackSnapshot>& tracks);

// Without what matters only for now (running, waiting ...): what the artifacts alone say.
TrackStatus standing(const TrackSnapshot& track);
std::string disc_state(const DiscRecord& record, const std::vector<TrackSnapshot>& tracks);

}  // namespace amphi
