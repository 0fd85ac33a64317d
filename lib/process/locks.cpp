#include "process/locks.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/clock.hpp"
#include "base/descriptor.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kTracks = 0x100000000;
constexpr std::int64_t kRequests = 0x200000000;
constexpr std::int64_t kCare = 0x300000000;  // behind every request

std::string lock_file_of(const std::string& path) {
  return path + ".lock";
}

}  // namespace

std::string lock_file_of(const Catalog& catalog) {
  return lock_file_of(catalog.path());
}

std::optional<Lock> try_all_work(const std::string& path) {
  return Lock::try_range(lock_file_of(path), kTracks, kCare - kTracks);
}

std::optional<Lock> try_care_lock(const std::string& path) {
  return Lock::try_range(lock_file_of(path), kCare);
}

std::optional<Lock> try_track_lock(const Catalog& catalog, TrackId track) {
  return Lock::try_range(lock_file_of(catalog), kTracks + track.value);
}

std::optional<Lock> try_request_lock(const Catalog& catalog, RequestId request) {
  return Lock::try_range(lock_file_of(catalog), kRequests + request.value);
}

std::optional<Lock> try_source_lock(const Source& source) {
  return Lock::try_whole(source.path);
}

HeldLocks::HeldLocks(const Catalog& catalog) : file_(::open(lock_file_of(catalog).c_str(), O_RDONLY | O_CLOEXEC)) {}

bool HeldLocks::track(TrackId track) const {
  return range(kTracks + track.value);
}

bool HeldLocks::request(RequestId request) const {
  return range(kRequests + request.value);
}

bool HeldLocks::range(std::int64_t offset) const {
  return file_ && is_range_held(file_.get(), offset);
}

Lock demand_track_lock(Catalog& catalog, TrackId track) {
  if (auto lock = try_track_lock(catalog, track)) return std::move(*lock);
  std::string who = "another amphi";
  for (const auto& intent : catalog.intents())
    if (intent.track_id == track && !intent.held_by.empty()) who = intent.held_by;
  throw Error(ErrorKind::kBusy, fmt::format("track {} is being worked on by {}", track.value, who),
              "try again when it has ended, or stop it with: amphi process cancel");
}

std::string describe_holder() {
  char host[256] = "?";
  if (::gethostname(host, sizeof host - 1) != 0) host[0] = '?';
  return fmt::format("pid {} on {} since {}", ::getpid(), host, to_rfc3339(system_now()));
}

}  // namespace amphi
