// What identifies a disc, as pure functions of its bytes and sizes. Each value is fixed for ever: catalogs and other
// people's data bases hold it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace amphi {

struct NamedBytes {
  std::string name;
  std::string bytes;
};

struct NamedSize {
  std::string name;  // bare, without folders
  std::int64_t size_bytes = 0;
};

struct DatedSize {
  std::string name;
  std::int64_t size_bytes = 0;
  std::int64_t created_at = 0;  // seconds since 1970-01-01 UTC
};

// `amphi`: PREFIX-, then SHA-256 over the files sorted by upper-case name: name, NUL, size as decimal, NUL, bytes.
std::string make_fingerprint(std::string_view prefix, std::vector<NamedBytes> files);

// `dvd-disc-id`: libdvdread's DVDDiscID, MD5 over the whole sectors of VIDEO_TS.IFO and VTS_01_0.IFO to VTS_09_0.IFO,
// upper hex.
std::string make_dvd_disc_id(const std::vector<NamedBytes>& ifos);

// `thediscdb-content-hash`: MD5 over the sizes as 64-bit little endian, files sorted by bare name in byte order, upper
// hex. DVD: all VOB, IFO and BUP of VIDEO_TS; Blu-ray: all .m2ts of BDMV/STREAM.
std::string make_content_hash(std::vector<NamedSize> files);

// `amphigory`: the Python ancestor's fingerprint, lower hex: SHA-256 over "type:TYPE" ("dvd", "bluray"), "volume:LABEL"
// where there was one, then for each IFO or MPLS, sorted by name, "file:NAME" and its bytes; nothing in between.
std::string make_amphigory_fingerprint(std::string_view type, std::string_view label, std::vector<NamedBytes> files);

// `dvdid`: the CRC that Windows made of a DVD. Per file of VIDEO_TS, sorted by name: creation time (100 ns since 1601,
// 64-bit little endian), size (32 bits), name, NUL; then the first 64 KiB of VIDEO_TS.IFO and of VTS_01_0.IFO.
// Reflected CRC-64 by 92c64265d32139a4, from all ones; 16 lower hex digits.
std::string make_dvdid(std::vector<DatedSize> files, std::string_view video_ts_ifo, std::string_view vts_01_ifo);
std::uint64_t crc64_of_windows(std::string_view bytes, std::uint64_t crc = ~std::uint64_t{0});

// `aacs-disc-id`: SHA-1 of AACS/Unit_Key_RO.inf, upper hex.
std::string make_aacs_disc_id(std::string_view unit_key_file);

// `matrix256`: SHA-256 over all regular files of a disc by path (NFC, byte order): path, NUL, decimal size, LF; lower
// hex. `name` is the whole path beneath the disc's root here.
std::string make_matrix256(std::vector<NamedSize> files);

}  // namespace amphi
