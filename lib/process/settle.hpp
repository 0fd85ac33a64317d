// What an intent became, decided by the disk alone: the receipt beneath the root, the final name, the temporary name.
// The same function ends a step that has just finished and one that a crash left; there is no other way into the
// catalog.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "amphi/catalog.hpp"
#include "process/folders.hpp"

namespace amphi {

struct Settlement {
  enum class Result {
    kCommitted,  // the artifact stands and is in the catalog
    kDropped,    // nothing usable; the temporary file is gone
    kContinues,  // as kDropped, but the copied sectors are kept for the next try
    kConflict,   // somebody else's file took the final name; it was not touched
    kDeleted,    // a deletion that was begun is finished
    kRefused,    // a file that was to be deleted is not amphi's any more; it stays, and so does its record
    kLeft,       // cannot be done now (folder away or not writable, intent unreadable); the intent stays
  } result = Result::kDropped;
  std::string text;  // one line for people
};

// False: a damaged row, or one of a newer amphi. Nothing settles it; a reset of its track forgets it.
bool can_be_read(const Intent& intent);

// What people can do about an intent that cannot be settled: a hint.
std::string way_out_of(const Intent& intent);

// Whether it, which can be read, reads that drive or image, or makes that file.
bool reads_or_makes(const Intent& intent, const std::string& path);

// Whether a step that a person or a scheduler started works on it: it holds no track's lock. Looks only.
bool is_being_made(const Intent& intent);

// The caller holds the track's lock, and the destination's where a step may still be alive.
Settlement settle(Catalog& catalog, Folders& folders, const Intent& intent);
// The same for what somebody else left: the caller holds the track's lock, and the destination's is taken here.
// nullopt: a step that a person or a scheduler started holds that one, so it is alive.
std::optional<Settlement> try_settle(Catalog& catalog, Folders& folders, const Intent& intent);

// What came up on one track after the recovery, and what the recovery had to leave.
struct OpenIntents {
  std::vector<Settlement> settled;
  std::vector<std::pair<Intent, Settlement>> left;
  bool alive = false;  // by a step that holds no track's lock; what came behind it was not looked at
};
OpenIntents settle_open(Catalog& catalog, Folders& folders, TrackId track);  // under the track's lock

// For whoever makes the track's state another one, before he does. Busy where a step of the track is alive.
OpenIntents demand_settled(Catalog& catalog, Folders& folders, TrackId track);

}  // namespace amphi
