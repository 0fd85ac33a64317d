#include "shelf.hpp"

#include <vector>

#include "amphi/classify.hpp"

namespace amphi::fuzz {
namespace {

ScannedDisc disc(const std::string& start, int tracks) {
  ScannedDisc made;
  made.fingerprint = "dvd-" + start + std::string(64 - start.size(), '0');
  made.volume_label = "THE_FILM";
  made.identifiers = {{"dvd-disc-id", "45E55078D9468F0F2426CC58077ACC" + start.substr(0, 2)}};
  made.source = {SourceKind::kImage, "/images/" + start + ".iso"};
  for (int number = 1; number <= tracks; ++number) {
    ScannedTrack track;
    track.number = number;
    track.reference = "dvd:" + std::to_string(number);
    track.duration_seconds = 600.0 * number;
    made.tracks.push_back(track);
  }
  return made;
}

}  // namespace

Shelf::Shelf() {
  auto catalog = open();
  for (const auto& each : {disc("a1b2c3d4", 3), disc("a1b2c3d5", 2), disc("ffff0000", 1)})
    catalog.store_scan(each, classify(each));
}

Catalog Shelf::open() const {
  return Catalog::open(scratch_.path("catalog.db"), Catalog::Mode::kReadWrite, [] { return Timestamp{1'000'000'000}; });
}

}  // namespace amphi::fuzz
