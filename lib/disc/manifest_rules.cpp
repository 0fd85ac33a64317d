// Every rule of an Optical Disc Manifest, version 1 (specification/v1 of TheDiscDB's optical-disc-manifest): the
// structure first, object by object, then what holds between values. The first rule that is broken is named, with the
// place.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"
#include "disc/manifest.hpp"
#include "disc/manifest_place.hpp"

namespace amphi {
namespace {

using Json = nlohmann::json;

bool is_made_of(std::string_view text, std::string_view letters) {
  return text.find_first_not_of(letters) == std::string_view::npos;
}

struct HashForm {
  std::string_view kind;
  std::size_t digits;
  bool upper;
};
constexpr std::array<HashForm, 4> kHashes{{{"thediscdb-content-hash", 32, true},
                                           {"matrix256", 64, false},
                                           {"aacs-disc-id", 40, true},
                                           {"dvd-disc-id", 32, true}}};

// "content-hash-lowercase" and "matrix256-uppercase" are told apart from what is no hash at all.
void check_identifier(const ManifestPlace& place) {
  place.object({"kind", "value"}, {});
  place.text("kind", 100);
  place.text("value", 128);
  const auto kind = place.value()["kind"].get<std::string>(), value = place.value()["value"].get<std::string>();
  const auto form =
      std::find_if(kHashes.begin(), kHashes.end(), [&](const HashForm& known) { return known.kind == kind; });
  if (form == kHashes.end())
    place.refuse("identifier-kind", fmt::format("has the kind '{}', which is not known", escape_controls(kind)));
  const auto digits = place.part("value");
  if (!is_hex(value) || value.size() != form->digits)
    digits->refuse("identifier-value", fmt::format("must be {} hex digits", form->digits));
  const auto name = kind == "thediscdb-content-hash" ? std::string("content-hash") : kind;
  if (place.is_older()) return;
  if (form->upper && !is_made_of(value, "0123456789ABCDEF"))
    digits->refuse(name + "-lowercase", "must be in upper case");
  if (!form->upper && !is_made_of(value, "0123456789abcdef"))
    digits->refuse(name + "-uppercase", "must be in lower case");
}

void check_identifiers(const ManifestPlace& disc) {
  std::set<std::string> seen;
  disc.each("identifiers", [&](const ManifestPlace& place) {
    check_identifier(place);
    const auto kind = place.value()["kind"].get<std::string>();
    const auto name = kind == "thediscdb-content-hash" ? std::string("content-hash") : kind;
    if (!seen.insert(kind).second) place.refuse(name + "-duplicate", "is the second of its kind");
  });
  if (!seen.contains("thediscdb-content-hash"))
    disc.part("identifiers")->refuse("content-hash-missing", "hold no thediscdb-content-hash");
}

// Of a file on the disc; never one of this machine.
void check_path(const ManifestPlace& owner, const char* name, const std::string& rule) {
  owner.text(name, 1024);
  const auto place = owner.part(name);
  if (!place) return;
  if (const auto fault = fault_of_path(place->value().get_ref<const std::string&>()))
    place->refuse(fmt::format("{}-{}", rule, fault->rule), std::string(fault->what));
}

void check_file(const ManifestPlace& place) {
  place.object({"path", "sizeBytes"}, place.is_older() ? std::initializer_list<const char*>{"modifiedAt"}
                                                       : std::initializer_list<const char*>{});
  check_path(place, "path", "file-path");
  place.integer("sizeBytes", 0);
}

// BDMV/PLAYLIST/x.mpls, BDMV/STREAM/x.m2ts, either in BDMV/BACKUP too.
bool is_playable(std::string_view path) {
  if (!path.starts_with("BDMV/")) return false;
  path.remove_prefix(5);
  if (path.starts_with("BACKUP/")) path.remove_prefix(7);
  const auto lower = to_lower_ascii(path);
  const bool playlist = path.starts_with("PLAYLIST/") && lower.ends_with(".mpls"),
             stream = path.starts_with("STREAM/") && lower.ends_with(".m2ts");
  const auto name = path.substr(std::min(path.find('/') + 1, path.size()));
  return (playlist || stream) && name.find('/') == std::string_view::npos && name.size() > 5;
}

void check_source(const ManifestPlace& place) {
  place.object({}, {"path", "title", "titleSet", "titleSetTitle"});
  if (place.value().empty()) place.refuse("title-source-empty", "says nothing");
  check_path(place, "path", "title-source-path");
  if (const auto path = place.part("path"); path && !is_playable(path->value().get<std::string>()))
    path->refuse("title-source-path", "is neither a playlist nor a stream");
  for (const auto* name : {"title", "titleSet", "titleSetTitle"}) place.integer(name, 1, 99);
}

void check_language(const ManifestPlace& stream) {
  stream.text("language", 35);
  const auto place = stream.part("language");
  if (!place || place->is_older()) return;
  const auto code = place->value().get<std::string>();
  if (code.size() != 3 || !is_made_of(code, "abcdefghijklmnopqrstuvwxyz"))
    place->refuse("language-not-iso-639-2", "must be three small letters");
}

void check_caption_fields(const ManifestPlace& stream) {
  const auto list = stream.part("line21ClosedCaptionFields");
  if (!list) return;
  std::set<std::int64_t> seen;
  stream.each("line21ClosedCaptionFields", [&](const ManifestPlace& field) {
    if (!field.value().is_number_integer() || (field.value() != 1 && field.value() != 2))
      field.refuse("line21-field-out-of-range", "must be 1 or 2");
    if (!seen.insert(field.value().get<std::int64_t>()).second) field.refuse("line21-field-duplicate", "stands twice");
  });
  if (seen.empty()) list->refuse("property-value", "is empty");
}

void check_stream(const ManifestPlace& place) {
  place.object({"type", "codec"},
               {"category", "pid", "codingTypeCode", "formatCode", "rateCode", "dynamicRangeTypeCode", "colorSpaceCode",
                "hdrPlusFlag", "line21ClosedCaptionFields", "language", "languageName", "audioLayout", "resolution",
                "aspectRatio", "frameRate", "isInterlaced", "sampleRate"});
  place.one_of("type", {"video", "audio", "subtitle", "menu", "data", "unknown"});
  place.text("codec", 255);
  place.one_of("category",
               {"video", "secondaryVideo", "audio", "secondaryAudio", "presentationGraphics", "interactiveGraphics",
                "dolbyVisionVideo", "pictureInPicturePresentationGraphics", "subpicture"});
  place.integer("pid", 0, 8191);
  for (const auto* name : {"codingTypeCode", "formatCode", "rateCode"}) place.integer(name, 0, 255);
  for (const auto* name : {"dynamicRangeTypeCode", "colorSpaceCode"}) place.integer(name, 0, 15);
  place.boolean("hdrPlusFlag");
  place.boolean("isInterlaced");
  check_caption_fields(place);
  check_language(place);
  place.text("languageName", 100);
  place.text("audioLayout", 100);
  place.text("resolution", 50);
  place.text("aspectRatio", 50);
  place.number("frameRate", "property-value", true);
  if (place.is_older()) {
    place.text("sampleRate", 50);
  } else {
    place.integer("sampleRate", 1, INT64_MAX, "sample-rate-not-integer");
  }
}

void check_chapter(const ManifestPlace& place) {
  place.object({"startSeconds"}, {"durationSeconds"});
  place.number("startSeconds", "time-negative");
  place.number("durationSeconds", "duration-negative");
}

void check_segment(const ManifestPlace& place) {
  place.object({"clip"}, {"startSeconds", "durationSeconds", "angle"});
  place.text("clip", 255);
  place.number("startSeconds", "time-negative");
  place.number("durationSeconds", "duration-negative");
  place.integer("angle", 1);
}

void check_stereoscopic(const ManifestPlace& place) {
  place.object({"relationshipType", "baseClipId", "dependentClipId"},
               {"baseCodecId", "baseStcId", "dependentCodecId", "dependentStcId", "syncPlayItemId",
                "syncPresentationTimestampTicks45k", "isSsVideoSubPath", "dependentStream"});
  place.one_of("relationshipType", {"3d-dependent-view"});
  for (const auto* name : {"baseClipId", "dependentClipId"}) place.text(name, 20);
  for (const auto* name : {"baseCodecId", "dependentCodecId"}) place.text(name, 50);
  for (const auto* name : {"baseStcId", "dependentStcId", "syncPlayItemId", "syncPresentationTimestampTicks45k"})
    place.integer(name, 0);
  place.boolean("isSsVideoSubPath");
  const auto stream = place.part("dependentStream");
  if (!stream) return;
  stream->object({"codingTypeCode", "codec"}, {"pid", "formatCode", "rateCode"});
  stream->text("codec", 255);
  stream->integer("pid", 0, 8191);
  for (const auto* name : {"codingTypeCode", "formatCode", "rateCode"}) stream->integer(name, 0, 255);
}

void check_title(const ManifestPlace& place) {
  place.object({"source"}, {"label", "durationSeconds", "sizeBytes", "displaySize", "chapterCount", "chapters",
                            "segments", "streams", "stereoscopic3D"});
  check_source(*place.part("source"));
  place.text("label", 255);
  place.number("durationSeconds", "duration-negative");
  place.integer("sizeBytes", 0);
  place.text("displaySize", 64);
  place.integer("chapterCount", 0);
  place.each("chapters", check_chapter);
  place.each("segments", check_segment);
  place.each("streams", check_stream);
  if (const auto stereo = place.part("stereoscopic3D")) check_stereoscopic(*stereo);
}

void check_clip(const ManifestPlace& place) {
  place.object({"clipId"}, {"streamPath", "clipInfoPath", "durationSeconds", "numberOfSourcePackets",
                            "transportStreamRecordingRate", "streams"});
  place.text("clipId", 20);
  check_path(place, "streamPath", "clip-path");
  check_path(place, "clipInfoPath", "clip-path");
  place.number("durationSeconds", "duration-negative");
  place.integer("numberOfSourcePackets", 0);
  place.integer("transportStreamRecordingRate", 0);
  place.each("streams", check_stream);
}

void check_root(const ManifestPlace& root) {
  root.object({"schemaVersion", "producer", "disc"}, {"$schema", "capturedAt"});
  if (root.value()["schemaVersion"] != 1) root.part("schemaVersion")->refuse("schema-version-unsupported", "is not 1");
  root.text("$schema", 2048);
  root.text("capturedAt", 100);
  if (const auto time = root.part("capturedAt"); time && !parse_rfc3339(time->value().get<std::string>()))
    time->refuse("property-value", "is no time (RFC 3339)");
  const auto producer = *root.part("producer");
  producer.object({"name", "version"}, {"uri"});
  producer.text("name", 100);
  producer.text("version", 100);
  producer.text("uri", 2048);
}

void check_disc(const ManifestPlace& disc) {
  disc.object({"format", "identifiers"}, {"name", "files", "titles", "clips"});
  disc.one_of("format", {"dvd", "blu-ray", "uhd-blu-ray", "unknown"});
  disc.text("name", 255);
  check_identifiers(disc);
  disc.each("files", check_file);
  if (const auto files = disc.part("files"); files && files->value().empty()) files->refuse("files-empty", "is empty");
  disc.each("titles", check_title);
  disc.each("clips", check_clip);
}

}  // namespace

std::optional<PathFault> fault_of_path(std::string_view path) {
  if (path.starts_with('/')) return PathFault{"absolute", "must not begin with '/'"};
  if (path.find('\\') != std::string_view::npos) return PathFault{"backslash", "must not hold '\\'"};
  for (const auto& part : split(path, '/')) {
    if (part == ".." || part == ".") return PathFault{"parent-traversal", "must not hold '.' or '..'"};
    if (part.empty()) return PathFault{"empty-segment", "must not hold '//' or end in '/'"};
  }
  if (path.find_first_of("\n\r") != std::string_view::npos) return PathFault{"line-break", "must be one line"};
  return std::nullopt;
}

void demand_valid_manifest(const Json& manifest, ManifestDialect dialect) {
  const ManifestPlace root(manifest, "", dialect);
  check_root(root);
  const auto disc = *root.part("disc");
  check_disc(disc);
  demand_fitting_values(disc);
}

}  // namespace amphi
