#include "reader/cd_toc.hpp"

#include <string>

#include <cdio/cdtext.h>

#include "base/text.hpp"
#include "reader/cd_disc.hpp"

namespace amphi {
namespace {

std::string text_field(const cdtext_t* text, cdtext_field_t field, int track) {
  const char* value = text != nullptr ? cdtext_get_const(text, field, static_cast<track_t>(track)) : nullptr;
  return value != nullptr ? std::string(trim(to_valid_utf8(value))) : "";
}

}  // namespace

CdToc run_cd_toc(const CdTocJob& job) {
  const auto disc = open_cd(job.source);
  const int first = cdio_get_first_track_num(disc.get()), count = cdio_get_num_tracks(disc.get());
  const auto* text = cdio_get_cdtext(disc.get());
  CdToc toc;
  for (int number = first; number < first + count; ++number) {
    const auto track = static_cast<track_t>(number);
    toc.tracks.push_back({number, cdio_get_track_lsn(disc.get(), track) + kCdLeadIn,
                          cdio_get_track_format(disc.get(), track) != TRACK_FORMAT_AUDIO,
                          text_field(text, CDTEXT_FIELD_TITLE, number),
                          text_field(text, CDTEXT_FIELD_PERFORMER, number)});
  }
  toc.lead_out = cdio_get_track_lsn(disc.get(), CDIO_CDROM_LEADOUT_TRACK) + kCdLeadIn;
  toc.title = text_field(text, CDTEXT_FIELD_TITLE, 0);
  toc.performer = text_field(text, CDTEXT_FIELD_PERFORMER, 0);
  return toc;
}

}  // namespace amphi
