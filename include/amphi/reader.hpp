// Readers: a source in, a ScannedDisc out. DVDs by libdvdread; Blu-rays and UHDs by libbluray; audio CDs by libcdio,
// cue sheets and libdiscid; saved makemkvcon logs; makemkvcon itself.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "amphi/disc.hpp"
#include "amphi/source.hpp"
#include "amphi/tool.hpp"

namespace amphi {

struct ReadOptions {
  const Ripper* engine = nullptr;  // a row of tool.hpp, heeded where it reads such a disc; nullptr: the best
  int min_length = 0;              // seconds; shorter tracks are left out
};

// Reads the whole structure. Throws kUnavailable (not readable, no disc), kUsage (not a disc).
ScannedDisc read_disc(const Source& source, const ReadOptions& options = {});

// Fingerprint, label and identifiers only; tracks stay empty. The quick look that `status` and resuming take.
ScannedDisc read_identity(const Source& source);

// The text of `makemkvcon -r info`. A log that ends early gives what is certain, `partial` set; one that has no title
// and no disc is kUsage.
ScannedDisc parse_makemkv_log(std::string_view text);

// An Optical Disc Manifest, of the current form or the older one. kUsage naming the rule that it breaks.
ScannedDisc parse_manifest(std::string_view text);

}  // namespace amphi
