#include "disc/dvd_encryption.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include <fcntl.h>
#include <linux/cdrom.h>
#include <sys/ioctl.h>

#include "amphi/sector.hpp"
#include "base/handle.hpp"

namespace amphi {

namespace {

constexpr std::int64_t kSectorsPerLook = 32;  // some packs of a scrambled disc are clear, NAV packs always
constexpr std::size_t kTitleSetsLookedAt = 4;
constexpr std::size_t kHeaderAt = 14, kStreamIdAt = 17, kFlagsAt = 20;
constexpr unsigned char kSystemHeader = 0xbb, kPrivateStream2 = 0xbf;

enum class Look { kClear, kScrambled, kUnreadable };

Look look_at(dvd_file_t* vobs, std::int64_t first, std::int64_t count) {
  std::vector<unsigned char> sectors(static_cast<std::size_t>(count * kSectorBytes));
  const auto got = DVDReadBlocks(vobs, static_cast<int>(first), static_cast<std::size_t>(count), sectors.data());
  if (got <= 0) return Look::kUnreadable;
  for (std::int64_t i = 0; i < std::min<std::int64_t>(got, count); ++i) {
    if (is_scrambled(sectors.data() + i * kSectorBytes)) return Look::kScrambled;
  }
  return Look::kClear;
}

// The middle of the first, the middle and the last cell.
Look look_at(const DvdReader& reader, const ScannedTrack& track, int title_set) {
  const DvdFileHandle vobs(DVDOpenFile(reader.get(), title_set, DVD_READ_TITLE_VOBS));
  if (!vobs) return Look::kUnreadable;
  const auto end = static_cast<std::int64_t>(DVDFileSize(vobs.get()));
  const auto& cells = track.segments;
  auto answer = Look::kClear;
  for (const auto index : {std::size_t{0}, cells.size() / 2, cells.size() - 1}) {
    const auto first = cells[index].first + (cells[index].last - cells[index].first) / 2;
    const auto count = std::min({kSectorsPerLook, cells[index].last - first + 1, end - first});
    if (count < 1) continue;
    const auto seen = look_at(vobs.get(), first, count);
    if (seen == Look::kScrambled) return seen;
    if (seen == Look::kUnreadable) answer = seen;
  }
  return answer;
}

bool drive_says_protected(const Source& source) {
  if (source.kind != SourceKind::kDevice) return false;
  const Handle drive(::open(source.path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  dvd_struct answer{};
  answer.type = DVD_STRUCT_COPYRIGHT;
  return drive && ::ioctl(drive.get(), DVD_READ_STRUCT, &answer) == 0 && answer.copyright.cpst != 0;
}

int title_set_of(const ScannedTrack& track) {
  int number = 0;
  const auto& name = track.source_name;  // "VTS_01"
  if (name.size() == 6) std::from_chars(name.data() + 4, name.data() + 6, number);
  return number;
}

}  // namespace

bool is_scrambled(const unsigned char* sector) {
  constexpr std::array<unsigned char, 4> kPack{0, 0, 1, 0xba};
  if (!std::equal(kPack.begin(), kPack.end(), sector)) return false;
  const auto* header = sector + kHeaderAt;
  if (header[0] != 0 || header[1] != 0 || header[2] != 1) return false;
  const auto stream = sector[kStreamIdAt];
  if (stream == kSystemHeader || stream == kPrivateStream2) return false;
  return (sector[kFlagsAt] & 0xc0) == 0x80 && (sector[kFlagsAt] & 0x30) != 0;
}

bool looks_encrypted(const Source& source, const DvdReader& reader, const std::vector<ScannedTrack>& tracks) {
  std::map<int, const ScannedTrack*> largest;
  for (const auto& track : tracks) {
    auto& place = largest[title_set_of(track)];
    if (place == nullptr || track.size_bytes > place->size_bytes) place = &track;
  }
  std::vector<std::pair<int, const ScannedTrack*>> looked(largest.begin(), largest.end());
  std::sort(looked.begin(), looked.end(),
            [](const auto& a, const auto& b) { return a.second->size_bytes > b.second->size_bytes; });
  if (looked.size() > kTitleSetsLookedAt) looked.resize(kTitleSetsLookedAt);
  bool unreadable = false;
  for (const auto& [set, track] : looked) {
    const auto seen = look_at(reader, *track, set);
    if (seen == Look::kScrambled) return true;
    unreadable = unreadable || seen == Look::kUnreadable;
  }
  return unreadable && drive_says_protected(source);
}

}  // namespace amphi
