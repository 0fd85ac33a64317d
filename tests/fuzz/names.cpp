// Names to paths: whatever a disc or a user calls things, every path is legal and stays beneath its root.
#include <cstddef>
#include <cstdint>

#include <fuzzer/FuzzedDataProvider.h>

#include "amphi/library.hpp"
#include "base/beneath.hpp"
#include "base/root.hpp"
#include "demand.hpp"
#include "unit/library/samples.hpp"

using namespace amphi;

namespace {

// Texts end in '\' and a line feed, numbers are taken from the end: see seeds.py, which writes inputs by hand.
class Draw {
 public:
  Draw(const std::uint8_t* data, std::size_t size) : from_(data, size) {}

  std::string text() { return from_.ConsumeRandomLengthString(); }
  std::optional<std::string> maybe_text() {
    auto drawn = text();
    return drawn == "-" ? std::nullopt : std::optional(std::move(drawn));
  }
  std::optional<int> maybe_number() {
    const auto drawn = from_.ConsumeIntegral<int>();
    return drawn == -1 ? std::nullopt : std::optional(drawn);
  }
  int number(int most) { return from_.ConsumeIntegralInRange<int>(0, most); }

 private:
  FuzzedDataProvider from_;
};

Disc draw_disc(Draw& draw) {
  Disc disc;
  disc.fingerprint = draw.text();
  disc.volume_label = draw.text();
  disc.edits.title = draw.maybe_text();
  disc.edits.show_name = draw.maybe_text();
  disc.edits.edition = draw.maybe_text();
  disc.edits.imdb_id = draw.maybe_text();
  disc.edits.tmdb_id = draw.maybe_text();
  disc.edits.year = draw.maybe_number();
  disc.kind = static_cast<DiscKind>(draw.number(3));
  if (const int type = draw.number(3); type < 3) disc.edits.media_type = static_cast<MediaType>(type);
  return disc;
}

Track draw_track(Draw& draw) {
  Track track;
  track.scanned.reference = draw.text();
  track.edits.track_name = draw.maybe_text();
  track.edits.edition = draw.maybe_text();
  track.edits.language = draw.maybe_text();
  track.edits.season = draw.maybe_number();
  track.edits.episode = draw.maybe_number();
  track.edits.episode_end = draw.maybe_number();
  track.scanned.number = draw.maybe_number().value_or(1);
  track.classification.type = all_track_types().at(static_cast<std::size_t>(draw.number(13)));
  return track;
}

void demand_beneath(const std::string& path) {
  const auto fault = samples::fault_of_path(path);
  fuzz::demand(fault.empty(), "every part of a path is legal", path + ": " + fault);
  check_relative(path);
  fuzz::demand(relative_to("/root", "/root/" + path) == path, "a path stays beneath its root", path);
}

// What lies beside an artifact while it is made.
void demand_own_names(const std::string& path) {
  const auto base = base_of(path);
  for (const auto& name : {temporary_name(base), scratch_name(base)}) {
    fuzz::demand(name.size() <= 255 && name.front() == '.' && name != base, "a hidden name fits", name);
    check_relative(name);
  }
}

void demand_artifact(const Disc& disc, const Track& track) {
  const auto path = artifact_path(disc, track, "mkv");
  demand_beneath(path);
  demand_own_names(path);
}

void demand_place(const Disc& disc, const Track& track, Layout layout) {
  const auto place = library_place(samples::library(layout), disc, track, "mkv");
  fuzz::demand(place.relative.empty() == !place.missing_fact.empty(), "a place, or what is missing for one");
  if (place.relative.empty()) return;
  demand_beneath(place.relative);
  demand_own_names(place.relative);
  fuzz::demand(place.relative.ends_with(".mkv"), "a file keeps its extension", place.relative);
}

void demand_stable(const std::string& text, std::size_t room) {
  const auto name = make_legal_name(text, room);
  const auto fault = samples::fault_of(name, room);
  fuzz::demand(fault.empty(), "a name is legal", name + ": " + fault);
  const auto again = make_legal_name(name, room);
  fuzz::demand(again == name, "a legal name is left as it is", name + "\n  " + again);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Draw draw(data, size);
  const auto disc = draw_disc(draw);
  const auto track = draw_track(draw);
  demand_artifact(disc, track);
  for (const auto layout : {Layout::kPlex, Layout::kJellyfin}) demand_place(disc, track, layout);
  demand_stable(disc.edits.title.value_or(""), 255);
  demand_stable(disc.volume_label, static_cast<std::size_t>(draw.number(250)) + 5);
  return 0;
}
