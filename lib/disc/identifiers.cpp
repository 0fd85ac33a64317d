#include "disc/identifiers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "amphi/sector.hpp"
#include "base/digest.hpp"

namespace amphi {

namespace {

constexpr int kFilesInDiscId = 10;  // VIDEO_TS.IFO and nine title sets

std::string to_upper_ascii(std::string text) {
  for (auto& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string to_little_endian(std::int64_t value) {
  std::string bytes;
  for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
  return bytes;
}

}  // namespace

std::string make_fingerprint(std::string_view prefix, std::vector<NamedBytes> files) {
  for (auto& file : files) file.name = to_upper_ascii(std::move(file.name));
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  Digest digest(DigestKind::kSha256);
  constexpr std::string_view kNul("\0", 1);
  for (const auto& file : files) {
    digest.add(file.name);
    digest.add(kNul);
    digest.add(std::to_string(file.bytes.size()));
    digest.add(kNul);
    digest.add(file.bytes);
  }
  return fmt::format("{}-{}", prefix, digest.hex());
}

std::string make_dvd_disc_id(const std::vector<NamedBytes>& ifos) {
  Digest digest(DigestKind::kMd5);
  for (int number = 0; number < kFilesInDiscId; ++number) {
    const auto name = number == 0 ? std::string("VIDEO_TS.IFO") : fmt::format("VTS_{:02}_0.IFO", number);
    const auto at = std::find_if(ifos.begin(), ifos.end(), [&](const auto& ifo) { return ifo.name == name; });
    if (at != ifos.end()) digest.add(at->bytes.data(), at->bytes.size() / kSectorSize * kSectorSize);
  }
  return to_upper_ascii(digest.hex());
}

std::string make_content_hash(std::vector<NamedSize> files) {
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  Digest digest(DigestKind::kMd5);
  for (const auto& file : files) digest.add(to_little_endian(file.size_bytes));
  return to_upper_ascii(digest.hex());
}

}  // namespace amphi
