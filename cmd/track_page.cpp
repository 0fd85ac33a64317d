#include "track_page.hpp"

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "disc_page.hpp"
#include "printer.hpp"

namespace amphi::cmd {

TrackRow row_of(const DiscReport& report, TrackId track) {
  for (const auto& row : track_rows(report)) {
    if (row.track->id == track) return row;
  }
  throw Error(ErrorKind::kNotFound, fmt::format("there is no track {}", track.value));
}

std::string track_name(const Disc& disc, const Track& track) {
  return fmt::format("{}, track {}", disc_name(disc), track.scanned.number);
}

Document changed_track_document(std::string_view schema) {
  return {schema, "the track as it is now", {{"track", "object", "the track", &track_info}}, {}};
}

void print_changed_track(Context& context, Catalog& catalog, TrackId track, const std::string& sentence) {
  const auto report = survey_disc(catalog, context.config(), catalog.disc_of(track), Look::kStored);
  const auto row = row_of(report, track);
  if (context.json()) return print_document(context, context.document(), {{"track", json_of(track_view(), row)}});
  context.out().line(fmt::format("{}: {}", escape_controls(track_name(report.record.disc, *row.track)), sentence));
}

}  // namespace amphi::cmd
