#include "amphi/disc.hpp"

#include "model/names.hpp"

namespace amphi {
namespace {

constexpr Names<SourceKind, 4> kSourceKinds{{{SourceKind::kDevice, "device"},
                                             {SourceKind::kImage, "image"},
                                             {SourceKind::kFolder, "folder"},
                                             {SourceKind::kLog, "log"}}};
constexpr Names<DiscKind, 4> kDiscKinds{
    {{DiscKind::kDvd, "dvd"}, {DiscKind::kBluray, "bluray"}, {DiscKind::kUhd, "uhd"}, {DiscKind::kCd, "cd"}}};
constexpr Names<DiscKind, 4> kPrefixes{
    {{DiscKind::kDvd, "dvd"}, {DiscKind::kBluray, "br"}, {DiscKind::kUhd, "uhd"}, {DiscKind::kCd, "cd"}}};
constexpr Names<MediaType, 3> kMediaTypes{
    {{MediaType::kMovie, "movie"}, {MediaType::kTv, "tv"}, {MediaType::kMusic, "music"}}};
constexpr Names<ReprocessingType, 3> kReprocessingTypes{{{ReprocessingType::kReRip, "re-rip"},
                                                         {ReprocessingType::kReTranscode, "re-transcode"},
                                                         {ReprocessingType::kMissingTracks, "missing-tracks"}}};
constexpr std::size_t kShortDigits = 7;

}  // namespace

std::string_view to_string(SourceKind kind) {
  return name_of(kSourceKinds, kind);
}
std::optional<SourceKind> parse_source_kind(std::string_view text) {
  return value_of(kSourceKinds, text);
}
std::string_view to_string(DiscKind kind) {
  return name_of(kDiscKinds, kind);
}
std::optional<DiscKind> parse_disc_kind(std::string_view text) {
  return value_of(kDiscKinds, text);
}
std::string_view fingerprint_prefix(DiscKind kind) {
  return name_of(kPrefixes, kind);
}
std::string_view to_string(MediaType type) {
  return name_of(kMediaTypes, type);
}
std::optional<MediaType> parse_media_type(std::string_view text) {
  return value_of(kMediaTypes, text);
}
std::string_view to_string(ReprocessingType type) {
  return name_of(kReprocessingTypes, type);
}
std::optional<ReprocessingType> parse_reprocessing_type(std::string_view text) {
  return value_of(kReprocessingTypes, text);
}

std::string short_fingerprint(std::string_view fingerprint) {
  const auto dash = fingerprint.find('-');
  if (dash == std::string_view::npos) return std::string(fingerprint.substr(0, kShortDigits));
  return std::string(fingerprint.substr(0, dash + 1 + kShortDigits));
}

std::string display_title(const Disc& disc) {
  if (disc.edits.title) return *disc.edits.title;
  if (!disc.volume_label.empty()) return disc.volume_label;
  return short_fingerprint(disc.fingerprint);
}

}  // namespace amphi
