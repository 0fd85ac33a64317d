// What identifies an audio CD, as pure functions of its table of contents.
#pragma once

#include <string>
#include <vector>

#include "amphi/disc.hpp"
#include "model/cd_toc.hpp"

namespace amphi {

// `amphi`: "cd-", then SHA-256 over the audio session in MusicBrainz' form ("1 6 95462 150 15363 ..."), so that a
// drive, an image and a written table of contents give the same.
std::string make_cd_fingerprint(const CdToc& toc);

// `musicbrainz` and `freedb` by libdiscid, the first over the audio session, the second over all tracks; `accuraterip`:
// id1-id2-freedb as its data base names files, over the audio tracks and the disc's own lead-out. Of a valid table.
std::vector<Identifier> make_cd_identifiers(const CdToc& toc);

}  // namespace amphi
