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

// `amphi`: PREFIX-, then SHA-256 over the files sorted by upper-case name: name, NUL, size as decimal, NUL, bytes.
std::string make_fingerprint(std::string_view prefix, std::vector<NamedBytes> files);

// `dvd-disc-id`: libdvdread's DVDDiscID, MD5 over the whole sectors of VIDEO_TS.IFO and VTS_01_0.IFO to VTS_09_0.IFO,
// upper hex.
std::string make_dvd_disc_id(const std::vector<NamedBytes>& ifos);

// `thediscdb-content-hash`: MD5 over the sizes as 64-bit little endian, files sorted by bare name in byte order, upper
// hex. DVD: all VOB, IFO and BUP of VIDEO_TS; Blu-ray: all .m2ts of BDMV/STREAM.
std::string make_content_hash(std::vector<NamedSize> files);

}  // namespace amphi
