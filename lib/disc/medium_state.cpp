#include "disc/medium_state.hpp"

#include <fstream>

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/clock.hpp"
#include "disc/cd_reader.hpp"

namespace amphi {
namespace {

constexpr int kRules = 1;  // which identifiers are found, and how: another number, and every disc is read again
constexpr std::int64_t kSecond = 1'000'000'000, kStillWarm = 3 * kSecond;

std::optional<std::string> word_in(const std::string& path) {
  std::ifstream file(path);
  std::string word;
  return file >> word ? std::optional(word) : std::nullopt;
}

std::int64_t nanoseconds(const timespec& time) {
  return time.tv_sec * kSecond + time.tv_nsec;
}

std::optional<std::string> state_of_drive(const std::string& path) {
  const auto number = medium_number(path), boot = word_in("/proc/sys/kernel/random/boot_id");
  return number && boot ? std::optional(fmt::format("{} drive {} {}", kRules, *boot, *number)) : std::nullopt;
}

// The time of the last change of its inode too, which no program can set back.
std::optional<std::string> state_of_image(const std::string& path) {
  struct stat info {};
  if (is_cd_image(path) || ::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  const auto written = nanoseconds(info.st_mtim), changed = nanoseconds(info.st_ctim);
  if (system_now().ns - changed < kStillWarm) return std::nullopt;
  return fmt::format("{} image {}:{}:{} {} {} {}", kRules, major(info.st_dev), minor(info.st_dev), info.st_ino,
                     info.st_size, written, changed);
}

}  // namespace

std::optional<std::string> medium_number(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0 || !S_ISBLK(info.st_mode)) return std::nullopt;
  return word_in(fmt::format("/sys/dev/block/{}:{}/diskseq", major(info.st_rdev), minor(info.st_rdev)));
}

std::optional<std::string> medium_state(const Source& source) {
  if (source.kind == SourceKind::kDevice) return state_of_drive(source.path);
  if (source.kind == SourceKind::kImage) return state_of_image(source.path);
  return std::nullopt;
}

}  // namespace amphi
