// Which lock stands for what. Always taken in the order request, track, destination, source; never waited for while
// another is held, but for all work under the care lock, which nobody who works on anything waits for. A lock that is
// held means alive; texts such as Intent::held_by only tell people who it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "amphi/catalog.hpp"
#include "amphi/source.hpp"
#include "base/handle.hpp"
#include "base/lock.hpp"

namespace amphi {

std::string lock_file_of(const Catalog& catalog);  // "CATALOG.lock"

// Every track and every request of the catalog at `path` at once: held, nobody begins to work on any of them. nullopt:
// somebody does already.
std::optional<Lock> try_all_work(const std::string& path);
// Two that look after one catalog at once would take each other's temporary files.
std::optional<Lock> try_care_lock(const std::string& path);

std::optional<Lock> try_track_lock(const Catalog& catalog, TrackId track);
std::optional<Lock> try_request_lock(const Catalog& catalog, RequestId request);
std::optional<Lock> try_source_lock(const Source& source);

// Asks without taking, so that a look never makes anybody busy. Made anew for each look: where there was no lock file
// yet, nothing is held.
class HeldLocks {
 public:
  explicit HeldLocks(const Catalog& catalog);
  bool track(TrackId track) const;
  bool request(RequestId request) const;

 private:
  bool range(std::int64_t offset) const;
  Handle file_;
};

// The track's lock or kBusy, naming who works on it. For the single acts on tracks.
Lock demand_track_lock(Catalog& catalog, TrackId track);

std::string describe_holder();  // "pid 4711 on host since 2026-...": this process

}  // namespace amphi
