// Where a disc is now: the drive that holds it, by fingerprint, else the image or folder it was last read from, as long
// as that still has the same fingerprint. A drive that is being ripped from is not disturbed.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "amphi/catalog.hpp"
#include "amphi/config.hpp"
#include "amphi/disc.hpp"
#include "amphi/drive.hpp"

namespace amphi {

struct FoundSource {
  std::optional<Source> source;
  std::string trouble;  // why there is none
};

class SourceFinder {
 public:
  SourceFinder(Catalog& catalog, const Config& config) : catalog_(catalog), config_(config) {}

  FoundSource find(const Disc& disc);
  void forget() { fingerprints_.clear(), drives_.reset(); }  // after a rip failed: the disc may have been changed

 private:
  struct Identity {
    std::string fingerprint;  // "" where it could not be read
    std::string trouble;
  };
  const Identity& identity_of(const Source& source);
  std::optional<Source> in_drive(const Disc& disc);

  Catalog& catalog_;
  const Config& config_;
  std::map<std::string, Identity> fingerprints_;
  std::optional<std::vector<Drive>> drives_;
};

// A drive or its stand-in as a source.
Source source_of(const Drive& drive);
bool source_busy(const Source& source);

}  // namespace amphi
