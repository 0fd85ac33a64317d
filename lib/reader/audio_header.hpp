// What the first frame in an audio packet says of its stream: the truth, where the IFO only declares. AC-3: ATSC
// A/52, 5.3; DTS: ETSI TS 102 114, 5.3; MPEG audio: ISO/IEC 11172-3, 2.4.1; LPCM: DVD-Video's packet header.
#pragma once

#include <optional>

#include "reader/bits.hpp"

namespace amphi {

enum class DvdAudioCodec { kAc3, kMpeg, kLpcm, kDts };

struct AudioFormat {
  int channels = 0;
  int sample_rate = 0;  // Hz
  int bits = 0;         // LPCM: per sample; 0 else
  bool operator==(const AudioFormat&) const = default;
};

// `payload` of a PES packet, with the sub-stream header that private stream 1 carries. nullopt: no frame begins there.
std::optional<AudioFormat> parse_audio_format(DvdAudioCodec codec, Bytes payload);

}  // namespace amphi
