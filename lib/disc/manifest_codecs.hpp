// How an Optical Disc Manifest names codecs (its vocabulary, specification 5.3), what older documents and makemkvcon
// call them at length, and libav's names.
#pragma once

#include <string>
#include <string_view>

namespace amphi {

struct NamedCodec {
  std::string codec;    // libav's; the name itself, in small letters, where it is not known
  std::string profile;  // "DTS-HD MA"; "" where the codec says it all
};

// By the longest beginning that fits: "DTS-HD Master Audio (5.1)" is DTS-HD MA.
NamedCodec codec_of_manifest(std::string_view name);

// The vocabulary's word; libav's name where it has none.
std::string manifest_name(std::string_view codec, std::string_view profile = {});

}  // namespace amphi
