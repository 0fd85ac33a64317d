// Identifying discs by a local copy of TheDiscDB's data folder. The copy is only read, the network never asked.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "amphi/catalog.hpp"
#include "amphi/config.hpp"
#include "amphi/error.hpp"
#include "amphi/identify.hpp"
#include "amphi/library.hpp"

namespace amphi {

// Files are named relative to the data folder: "movie/Alien (1979)/2003-dvd/disc01.json".
struct DiscdbHits {
  std::map<std::string, std::vector<std::string>> files;  // upper-case hash or disc id -> files that tell it, sorted
  std::vector<std::string> warnings;                      // what could not be looked at, one line each
  std::int64_t discs = 0;                                 // files of discs that were looked at
};

// `folder` is a clone of the repository or its `data`. Throws kUnavailable where it is not there or not readable,
// kUsage where it holds neither `movie` nor `series`.
std::string find_discdb_data(const std::string& folder);
// Looks once through all discs of the data folder for those that tell one of the names. Symbolic links are not
// followed; what cannot be read is a warning.
DiscdbHits search_discdb(const std::string& data, const std::set<std::string>& names);

struct IdentifyOptions {
  std::string folder;
  std::optional<std::string> release;  // the one to believe: its slug, "TITLE-SLUG/RELEASE-SLUG" or its folder
  HandEdits hand_edits = HandEdits::kKeep;
  bool preview = false;  // writes nothing
};

struct Identification {
  Decisions decisions;           // disc and tracks as they are now, or would be
  std::optional<Error> trouble;  // why nothing was taken
  std::string found_by;          // kind of the identifier
  std::vector<std::string> files, releases;
  std::vector<std::string> missing;  // files that are broken or not there, and what is not taken for want of them
  Proposal proposal;
  std::vector<LibraryPlace> places;  // of each track
  // What TheDiscDB has was not all there, or does not fit the disc.
  bool is_partial() const { return !missing.empty() || !proposal.untaken.empty(); }
};

// Identifies discs of a catalog, all of them by one look through the copy.
class DiscdbIdentifier {
 public:
  // Looks for all of `discs`. Throws as find_discdb_data.
  DiscdbIdentifier(Catalog& catalog, const Config& config, const std::vector<DiscId>& discs, IdentifyOptions options);
  ~DiscdbIdentifier();
  DiscdbIdentifier(const DiscdbIdentifier&) = delete;
  DiscdbIdentifier& operator=(const DiscdbIdentifier&) = delete;

  const std::string& data() const;                   // the data folder
  const std::vector<std::string>& warnings() const;  // what in it could not be looked at
  // One of the discs, in one transaction. Of a disc that is not there, or of which releases do not agree, the answer
  // has its `trouble`; nothing is thrown for it.
  Identification identify(DiscId disc);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace amphi
