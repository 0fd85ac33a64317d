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
#include "disc/identifiers.hpp"
#include "disc/manifest.hpp"

namespace amphi {
namespace {

using Json = nlohmann::json;

// A value and where it stands: "disc.titles[3].streams[0]".
class Place {
 public:
  Place(const Json& value, std::string path, ManifestDialect dialect)
      : value_(value), path_(std::move(path)), dialect_(dialect) {}

  const Json& value() const { return value_; }
  bool is_older() const { return dialect_ == ManifestDialect::kOlder; }

  [[noreturn]] void refuse(std::string_view rule, const std::string& what) const {
    throw Error(ErrorKind::kUsage, fmt::format("{}: {} {}", rule, path_.empty() ? "the manifest" : path_, what),
                "the manifest was not taken; ask whoever wrote it");
  }

  // An object with these properties and no others; those before `required` must be there.
  void object(std::initializer_list<const char*> required, std::initializer_list<const char*> allowed) const {
    if (!value_.is_object()) refuse("property-type", "is no object");
    for (const auto* name : required)
      if (!value_.contains(name)) refuse("property-missing", fmt::format("has no '{}'", name));
    const auto known = [&](const std::string& key) {
      const auto is_key = [&](const char* name) { return key == name; };
      return std::any_of(required.begin(), required.end(), is_key) ||
             std::any_of(allowed.begin(), allowed.end(), is_key) || (is_older() && key == "extensions");
    };
    for (const auto& [key, value] : value_.items())
      if (!known(key)) refuse("unknown-property", fmt::format("has '{}', which is not known", escape_controls(key)));
  }

  std::optional<Place> part(const char* name) const {
    const auto at = value_.find(name);
    if (at == value_.end()) return std::nullopt;
    return Place(*at, path_.empty() ? name : path_ + "." + name, dialect_);
  }
  template <class Check>
  void each(const char* name, Check check) const {
    const auto list = part(name);
    if (!list) return;
    if (!list->value_.is_array()) list->refuse("property-type", "is no list");
    for (std::size_t i = 0; i < list->value_.size(); ++i)
      check(Place(list->value_[i], fmt::format("{}[{}]", list->path_, i), dialect_));
  }

  void text(const char* name, std::size_t longest) const {
    const auto found = part(name);
    if (!found) return;
    if (!found->value_.is_string()) found->refuse("property-type", "is no text");
    const auto length = found->letters();
    if (length == 0 || length > longest)
      found->refuse("property-value", fmt::format("must have 1 to {} characters", longest));
  }
  void one_of(const char* name, std::initializer_list<std::string_view> words) const {
    const auto found = part(name);
    if (!found) return;
    if (!found->value_.is_string() ||
        std::find(words.begin(), words.end(), found->value_.get<std::string>()) == words.end())
      found->refuse("property-value", "is none of the words that are allowed");
  }
  void boolean(const char* name) const {
    const auto found = part(name);
    if (found && !found->value_.is_boolean()) found->refuse("property-type", "is neither true nor false");
  }
  void integer(const char* name, std::int64_t least, std::int64_t most = INT64_MAX,
               std::string_view rule = "property-value") const {
    const auto found = part(name);
    if (!found) return;
    if (!found->is_whole()) found->refuse(rule == "property-value" ? "property-type" : rule, "is no whole number");
    const bool too_large = found->value_.is_number_unsigned() &&
                           found->value_.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
    const auto number = too_large ? INT64_MAX : static_cast<std::int64_t>(found->value_.get<double>());
    if (too_large || number < least || number > most)
      found->refuse(rule, fmt::format("must lie between {} and {}", least, most));
  }
  void number(const char* name, std::string_view rule, bool above_zero = false) const {
    const auto found = part(name);
    if (!found) return;
    if (!found->value_.is_number()) found->refuse("property-type", "is no number");
    const auto value = found->value_.get<double>();
    if (value < 0 || (above_zero && value == 0)) found->refuse(rule, "is too small");
  }

 private:
  std::size_t letters() const {
    const auto& text = value_.get_ref<const std::string&>();
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; }));
  }
  // JSON Schema takes 3.0 for a whole number too.
  bool is_whole() const {
    if (value_.is_number_integer()) return true;
    return value_.is_number_float() && value_.get<double>() == std::floor(value_.get<double>()) &&
           std::abs(value_.get<double>()) < 9e18;
  }

  const Json& value_;
  std::string path_;
  ManifestDialect dialect_;
};

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
void check_identifier(const Place& place) {
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

void check_identifiers(const Place& disc) {
  std::set<std::string> seen;
  disc.each("identifiers", [&](const Place& place) {
    check_identifier(place);
    const auto kind = place.value()["kind"].get<std::string>();
    const auto name = kind == "thediscdb-content-hash" ? std::string("content-hash") : kind;
    if (!seen.insert(kind).second) place.refuse(name + "-duplicate", "is the second of its kind");
  });
  if (!seen.contains("thediscdb-content-hash"))
    disc.part("identifiers")->refuse("content-hash-missing", "hold no thediscdb-content-hash");
}

// Of a file on the disc; never one of this machine.
void check_path(const Place& owner, const char* name, const std::string& rule) {
  owner.text(name, 1024);
  const auto place = owner.part(name);
  if (!place) return;
  const auto path = place->value().get<std::string>();
  if (path.starts_with('/')) place->refuse(rule + "-absolute", "must not begin with '/'");
  if (path.find('\\') != std::string::npos) place->refuse(rule + "-backslash", "must not hold '\\'");
  for (const auto& part : split(path, '/')) {
    if (part == ".." || part == ".") place->refuse(rule + "-parent-traversal", "must not hold '.' or '..'");
    if (part.empty()) place->refuse(rule + "-empty-segment", "must not hold '//' or end in '/'");
  }
  if (path.find('\n') != std::string::npos || path.find('\r') != std::string::npos)
    place->refuse(rule + "-line-break", "must be one line");
}

void check_file(const Place& place) {
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

void check_source(const Place& place) {
  place.object({}, {"path", "title", "titleSet", "titleSetTitle"});
  if (place.value().empty()) place.refuse("title-source-empty", "says nothing");
  check_path(place, "path", "title-source-path");
  if (const auto path = place.part("path"); path && !is_playable(path->value().get<std::string>()))
    path->refuse("title-source-path", "is neither a playlist nor a stream");
  for (const auto* name : {"title", "titleSet", "titleSetTitle"}) place.integer(name, 1, 99);
}

void check_language(const Place& stream) {
  stream.text("language", 35);
  const auto place = stream.part("language");
  if (!place || place->is_older()) return;
  const auto code = place->value().get<std::string>();
  if (code.size() != 3 || !is_made_of(code, "abcdefghijklmnopqrstuvwxyz"))
    place->refuse("language-not-iso-639-2", "must be three small letters");
}

void check_caption_fields(const Place& stream) {
  const auto list = stream.part("line21ClosedCaptionFields");
  if (!list) return;
  std::set<std::int64_t> seen;
  stream.each("line21ClosedCaptionFields", [&](const Place& field) {
    if (!field.value().is_number_integer() || (field.value() != 1 && field.value() != 2))
      field.refuse("line21-field-out-of-range", "must be 1 or 2");
    if (!seen.insert(field.value().get<std::int64_t>()).second) field.refuse("line21-field-duplicate", "stands twice");
  });
  if (seen.empty()) list->refuse("property-value", "is empty");
}

void check_stream(const Place& place) {
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

void check_chapter(const Place& place) {
  place.object({"startSeconds"}, {"durationSeconds"});
  place.number("startSeconds", "time-negative");
  place.number("durationSeconds", "duration-negative");
}

void check_segment(const Place& place) {
  place.object({"clip"}, {"startSeconds", "durationSeconds", "angle"});
  place.text("clip", 255);
  place.number("startSeconds", "time-negative");
  place.number("durationSeconds", "duration-negative");
  place.integer("angle", 1);
}

void check_stereoscopic(const Place& place) {
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

void check_title(const Place& place) {
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

void check_clip(const Place& place) {
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

void check_root(const Place& root) {
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

void check_disc(const Place& disc) {
  disc.object({"format", "identifiers"}, {"name", "files", "titles", "clips"});
  disc.one_of("format", {"dvd", "blu-ray", "uhd-blu-ray", "unknown"});
  disc.text("name", 255);
  check_identifiers(disc);
  disc.each("files", check_file);
  if (const auto files = disc.part("files"); files && files->value().empty()) files->refuse("files-empty", "is empty");
  disc.each("titles", check_title);
  disc.each("clips", check_clip);
}

// --- what holds between values

void check_paths_once(const Place& disc) {
  std::set<std::string> seen;
  disc.each("files", [&](const Place& file) {
    if (!seen.insert(file.value()["path"].get<std::string>()).second)
      file.refuse("file-path-duplicate", "has a path that stands twice");
  });
}

void check_chapter_counts(const Place& disc) {
  disc.each("titles", [](const Place& title) {
    const auto& value = title.value();
    if (value.contains("chapterCount") && value.contains("chapters") &&
        value["chapterCount"] != value["chapters"].size())
      title.refuse("chapter-count-mismatch", fmt::format("says {} chapters and lists {}", value["chapterCount"].dump(),
                                                         value["chapters"].size()));
  });
}

bool is_hashed(const std::string& path, bool dvd) {
  const auto lower = to_lower_ascii(path);
  if (!dvd) return lower.starts_with("bdmv/stream/") && lower.ends_with(".m2ts");
  return lower.starts_with("video_ts/") &&
         (lower.ends_with(".vob") || lower.ends_with(".ifo") || lower.ends_with(".bup"));
}

void check_hashes(const Place& disc) {
  if (!disc.value().contains("files")) return;  // then they are what somebody says, and no more
  std::vector<NamedSize> all, hashed;
  for (const auto& file : disc.value()["files"]) {
    const auto path = file["path"].get<std::string>();
    const auto size =
        static_cast<std::int64_t>(file["sizeBytes"].get<double>() < 9e15 ? file["sizeBytes"].get<double>() : 0);
    const auto exact = file["sizeBytes"].is_number_integer() ? file["sizeBytes"].get<std::int64_t>() : size;
    all.push_back({path, exact});
    if (is_hashed(path, disc.value()["format"] == "dvd")) hashed.push_back({path.substr(path.rfind('/') + 1), exact});
  }
  disc.each("identifiers", [&](const Place& place) {
    const auto kind = place.value()["kind"].get<std::string>(), value = place.value()["value"].get<std::string>();
    if (kind == "thediscdb-content-hash" && to_upper_ascii(value) != make_content_hash(hashed))
      place.refuse("content-hash-mismatch", "is not what the list of files gives");
    if (kind == "matrix256" && to_lower_ascii(value) != make_matrix256(all))
      place.refuse("matrix256-mismatch", "is not what the list of files gives");
  });
}

}  // namespace

void demand_valid_manifest(const Json& manifest, ManifestDialect dialect) {
  const Place root(manifest, "", dialect);
  check_root(root);
  const auto disc = *root.part("disc");
  check_disc(disc);
  check_paths_once(disc);
  check_chapter_counts(disc);
  check_hashes(disc);
}

}  // namespace amphi
