#include "step/marked_root.hpp"

#include <fcntl.h>
#include <sys/random.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/library.hpp"
#include "base/descriptor.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

constexpr std::chrono::seconds kMarkedWithin(5);  // writing a marker takes milliseconds
constexpr std::int64_t kMarking = 1;              // destinations have even offsets
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

std::string random_id() {
  unsigned char bytes[16];
  if (::getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes))
    throw Error(ErrorKind::kUnexpected, fmt::format("no random numbers: {}", std::strerror(errno)));
  std::string id;
  for (const auto byte : bytes) id += fmt::format("{:02x}", byte);
  return id;
}

}  // namespace

std::optional<Lock> try_marking_lock(const Root& root) {
  return try_root_lock(root, kMarking);
}

std::optional<std::string> find_marker(const Root& root) {
  if (!root.look(kMarker)) return std::nullopt;
  const auto text = root.read_file(kMarker);
  return std::string(trim(text));
}

// Two that mark at once end with one marker: the second waits and reads what is there then. No name of chance is used,
// so that one who dies here leaves nothing that the next does not take over.
std::string mark(const Root& root) {
  root.make_folders(".amphi");
  const auto until = std::chrono::steady_clock::now() + kMarkedWithin;
  const auto lock =
      Lock::wait([&] { return try_marking_lock(root); }, [&] { return std::chrono::steady_clock::now() >= until; });
  if (!lock) throw Error(ErrorKind::kBusy, fmt::format("another amphi marks {}", root.path()), "try again");
  if (auto marker = find_marker(root)) return *marker;
  root.write_file_durably(kMarker, random_id() + "\n");
  return find_marker(root).value_or("");
}

Root open_marked(const std::string& path, const std::string& marker) {
  auto root = Root::open(path);
  const auto found = find_marker(root);
  if (!found)
    throw Error(ErrorKind::kUnavailable, fmt::format("{} has no marker {}: it is not mounted", path, kMarker),
                kMountHint);
  if (*found != marker)
    throw Error(ErrorKind::kUnavailable, fmt::format("another folder is mounted at {}: its marker differs", path),
                kMountHint);
  return root;
}

std::optional<Lock> try_destination_lock(const Root& root, const std::string& relative) {
  return try_root_lock(root, destination_offset(relative));
}

bool is_destination_held(const Root& root, const std::string& relative) {
  return root.look(kRootLocks) &&
         is_range_held(root.open_file(kRootLocks, O_RDONLY).get(), destination_offset(relative));
}

}  // namespace amphi
