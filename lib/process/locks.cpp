#include "process/locks.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/library.hpp"
#include "base/clock.hpp"
#include "base/digest.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kTracks = 0x100000000;
constexpr std::int64_t kRequests = 0x200000000;
constexpr std::int64_t kCare = 0x300000000;  // behind every request
constexpr std::int64_t kMarking = 1;         // destinations have even offsets

std::string lock_file_of(const std::string& path) {
  return path + ".lock";
}

constexpr auto kRootLocks = ".amphi/lock";

// The last offset is left out: a range of one byte must not pass the end of what off_t can say.
std::int64_t destination_offset(const std::string& relative) {
  const auto digest = sha256_hex(collision_key(relative));
  return static_cast<std::int64_t>(std::stoull(digest.substr(0, 16), nullptr, 16) >> 1U) & ~std::int64_t{1};
}

// The root is marked, or about to be, so that the folder is there.
std::optional<Lock> try_root_lock(const Root& root, std::int64_t offset) {
  return Lock::try_range(root.open_file(kRootLocks, O_RDWR | O_CREAT), root.path() + "/" + kRootLocks, offset);
}

bool is_held(const Handle& file, std::int64_t offset) {
  struct flock asked {};
  asked.l_type = F_WRLCK;
  asked.l_whence = SEEK_SET;
  asked.l_start = offset;
  asked.l_len = 1;
  return ::fcntl(file.get(), F_OFD_GETLK, &asked) == 0 && asked.l_type != F_UNLCK;
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

std::optional<Lock> try_destination_lock(const Root& root, const std::string& relative) {
  return try_root_lock(root, destination_offset(relative));
}

bool is_destination_held(const Root& root, const std::string& relative) {
  return root.look(kRootLocks) && is_held(root.open_file(kRootLocks, O_RDONLY), destination_offset(relative));
}

std::optional<Lock> try_marking_lock(const Root& root) {
  return try_root_lock(root, kMarking);
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
  return file_ && is_held(file_, offset);
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
