#include "disc/identifiers.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "amphi/sector.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"

namespace amphi {

namespace {

constexpr int kFilesInDiscId = 10;  // VIDEO_TS.IFO and nine title sets

std::string to_little_endian(std::int64_t value, int bits = 64) {
  std::string bytes;
  for (int shift = 0; shift < bits; shift += 8) bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
  return bytes;
}

template <class File>
void sort_by_name(std::vector<File>& files) {
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
}

constexpr std::array<std::uint64_t, 256> make_crc_table() {
  std::array<std::uint64_t, 256> table{};
  for (std::uint64_t byte = 0; byte < table.size(); ++byte) {
    auto value = byte;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0x92c64265d32139a4ULL : 0);
    table[byte] = value;
  }
  return table;
}

}  // namespace

std::string make_fingerprint(std::string_view prefix, std::vector<NamedBytes> files) {
  for (auto& file : files) file.name = to_upper_ascii(std::move(file.name));
  sort_by_name(files);
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
  sort_by_name(files);
  Digest digest(DigestKind::kMd5);
  for (const auto& file : files) digest.add(to_little_endian(file.size_bytes));
  return to_upper_ascii(digest.hex());
}

std::string make_amphigory_fingerprint(std::string_view type, std::string_view label, std::vector<NamedBytes> files) {
  sort_by_name(files);
  Digest digest(DigestKind::kSha256);
  digest.add(fmt::format("type:{}", type));
  if (!label.empty()) digest.add(fmt::format("volume:{}", label));
  for (const auto& file : files) {
    digest.add("file:" + file.name);
    digest.add(file.bytes);
  }
  return digest.hex();
}

std::uint64_t crc64_of_windows(std::string_view bytes, std::uint64_t crc) {
  static constexpr auto kTable = make_crc_table();
  for (const char byte : bytes) crc = kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xff] ^ (crc >> 8);
  return crc;
}

std::string make_dvdid(std::vector<DatedSize> files, std::string_view video_ts_ifo, std::string_view vts_01_ifo) {
  constexpr std::int64_t kSecondsFrom1601 = 11'644'473'600, kTicks = 10'000'000;
  constexpr std::size_t kBeginning = 64 << 10;
  sort_by_name(files);
  auto crc = ~std::uint64_t{0};
  for (const auto& file : files) {
    crc = crc64_of_windows(to_little_endian((file.created_at + kSecondsFrom1601) * kTicks), crc);
    crc = crc64_of_windows(to_little_endian(file.size_bytes, 32), crc);
    crc = crc64_of_windows(file.name, crc);
    crc = crc64_of_windows(std::string_view("\0", 1), crc);
  }
  for (const auto ifo : {video_ts_ifo, vts_01_ifo}) crc = crc64_of_windows(ifo.substr(0, kBeginning), crc);
  return fmt::format("{:016x}", crc);
}

std::string make_aacs_disc_id(std::string_view unit_key_file) {
  Digest digest(DigestKind::kSha1);
  digest.add(unit_key_file);
  return to_upper_ascii(digest.hex());
}

std::string make_matrix256(std::vector<NamedSize> files) {
  for (auto& file : files) file.name = to_nfc(file.name);
  sort_by_name(files);
  Digest digest(DigestKind::kSha256);
  for (const auto& file : files) {
    digest.add(file.name);
    digest.add(std::string_view("\0", 1));
    digest.add(fmt::format("{}\n", file.size_bytes));
  }
  return digest.hex();
}

}  // namespace amphi
