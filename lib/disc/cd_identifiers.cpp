#include "disc/cd_identifiers.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <discid/discid.h>
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/digest.hpp"

namespace amphi {
namespace {

struct DiscidFree {
  void operator()(::DiscId* disc) const { discid_free(disc); }
};
using Discid = std::unique_ptr<::DiscId, DiscidFree>;

// libdiscid's table: the lead-out at 0, each track's offset at its number.
Discid put(const CdToc& toc) {
  std::array<int, 100> offsets{};
  offsets[0] = static_cast<int>(toc.lead_out);
  for (const auto& track : toc.tracks) offsets[static_cast<std::size_t>(track.number)] = static_cast<int>(track.offset);
  Discid disc(discid_new());
  if (!disc || discid_put(disc.get(), toc.tracks.front().number, toc.tracks.back().number, offsets.data()) == 0)
    throw Error(
        ErrorKind::kUsage,
        fmt::format("libdiscid refuses the table of contents: {}", disc ? discid_get_error_msg(disc.get()) : ""),
        "is it that of an audio CD?");
  return disc;
}

std::string make_accuraterip(const CdToc& whole, const std::string& freedb) {
  std::uint32_t sum = 0, weighted = 0, number = 0;
  const auto add = [&](std::int64_t offset, bool lead_out) {
    const auto sector = static_cast<std::uint32_t>(offset - kCdLeadIn);
    sum += sector;
    weighted += (lead_out ? sector : std::max(sector, 1U)) * ++number;
  };
  for (const auto& track : whole.tracks)
    if (!track.is_data) add(track.offset, false);
  add(whole.lead_out, true);
  return fmt::format("{:08x}-{:08x}-{}", sum, weighted, freedb);
}

}  // namespace

std::string make_cd_fingerprint(const CdToc& toc) {
  return fmt::format("{}-{}", fingerprint_prefix(DiscKind::kCd), sha256_hex(to_text(audio_session(toc))));
}

std::vector<Identifier> make_cd_identifiers(const CdToc& toc) {
  const std::string freedb = discid_get_freedb_id(put(toc).get());
  return {{"musicbrainz", discid_get_id(put(audio_session(toc)).get())},
          {"freedb", freedb},
          {"accuraterip", make_accuraterip(toc, freedb)}};
}

}  // namespace amphi
