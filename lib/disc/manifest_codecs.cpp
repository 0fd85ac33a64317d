#include "disc/manifest_codecs.hpp"

#include <array>

#include "base/text.hpp"

namespace amphi {
namespace {

struct Entry {
  std::string_view name, codec, profile;
};

// The vocabulary's words first: of several with one codec the first is written.
constexpr std::array<Entry, 38> kEntries{{
    {"MPEG-1", "mpeg1video", ""},
    {"MPEG-2", "mpeg2video", ""},
    {"VC-1", "vc1", ""},
    {"AVC", "h264", ""},
    {"MVC", "mvc", ""},
    {"HEVC", "hevc", ""},
    {"LPCM", "pcm_bluray", ""},
    {"LPCM", "pcm_dvd", ""},
    {"AC-3", "ac3", ""},
    {"E-AC-3", "eac3", ""},
    {"TrueHD", "truehd", ""},
    {"TrueHD Atmos", "truehd", "TrueHD Atmos"},
    {"DTS", "dts", ""},
    {"DTS-ES", "dts", "DTS-ES"},
    {"DTS-HD HRA", "dts", "DTS-HD HRA"},
    {"DTS-HD MA", "dts", "DTS-HD MA"},
    {"DTS:X", "dts", "DTS:X"},
    {"MPEG Audio", "mp2", ""},
    {"VobSub", "dvd_subtitle", ""},
    {"PGS", "hdmv_pgs_subtitle", ""},
    {"TextST", "hdmv_text_subtitle", ""},
    {"MPEG-4 AVC", "h264", ""},
    {"Mpeg1", "mpeg1video", ""},
    {"Mpeg2", "mpeg2video", ""},
    {"PCM", "pcm_bluray", ""},
    {"Dolby Digital", "ac3", ""},
    {"Dolby Digital Plus", "eac3", ""},
    {"Dolby TrueHD", "truehd", ""},
    {"Dolby Atmos", "truehd", "TrueHD Atmos"},
    {"DTS-HD Master Audio", "dts", "DTS-HD MA"},
    {"DTS-HD Master", "dts", "DTS-HD MA"},
    {"DTS-HD High Resolution", "dts", "DTS-HD HRA"},
    {"DTS-HD High-Res", "dts", "DTS-HD HRA"},
    {"MPEG-1 Audio", "mp2", ""},
    {"MPEG-2 Audio", "mp2", ""},
    {"DVD Subpicture", "dvd_subtitle", ""},
    {"HDMV PGS", "hdmv_pgs_subtitle", ""},
    {"Presentation Graphics", "hdmv_pgs_subtitle", ""},
}};

}  // namespace

NamedCodec codec_of_manifest(std::string_view name) {
  const Entry* best = nullptr;
  for (const auto& entry : kEntries) {
    if (name.starts_with(entry.name) && (best == nullptr || entry.name.size() > best->name.size())) best = &entry;
  }
  if (best != nullptr) return {std::string(best->codec), std::string(best->profile)};
  return {to_lower_ascii(name), ""};
}

std::string manifest_name(std::string_view codec, std::string_view profile) {
  for (const auto& entry : kEntries) {
    if (entry.codec == codec && entry.profile == profile) return std::string(entry.name);
  }
  return std::string(codec);
}

}  // namespace amphi
