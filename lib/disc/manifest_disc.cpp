// A valid manifest as a scanned disc.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/reader.hpp"
#include "base/text.hpp"
#include "disc/manifest.hpp"
#include "disc/manifest_codecs.hpp"
#include "disc/shared_identifiers.hpp"
#include "model/language.hpp"

namespace amphi {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* name) {
  const auto at = object.find(name);
  return at != object.end() && at->is_string() ? at->get<std::string>() : "";
}

double number_of(const Json& object, const char* name) {
  const auto at = object.find(name);
  return at != object.end() && at->is_number() ? at->get<double>() : 0;
}

std::int64_t whole_of(const Json& object, const char* name) {
  const auto at = object.find(name);
  if (at != object.end() && at->is_number_integer()) return at->get<std::int64_t>();
  const auto value = number_of(object, name);
  return value > 0 && value < 9e18 ? static_cast<std::int64_t>(value) : 0;
}

// "5.1" is six, "2.0" two.
int channels_of(const std::string& layout) {
  const auto parts = split(layout, '.');
  int sum = 0;
  for (const auto& part : parts)
    sum += static_cast<int>(std::clamp<std::int64_t>(parse_int(part).value_or(-100), -100, 32));
  return parts.size() >= 2 && sum > 0 ? sum : 0;
}

// 48000, or "48 kHz" as older documents write it.
int sample_rate_of(const Json& stream) {
  const auto text = text_of(stream, "sampleRate");
  if (text.empty()) return static_cast<int>(std::min<std::int64_t>(whole_of(stream, "sampleRate"), 1'000'000));
  const auto value =
      parse_double(trim(std::string_view(text).substr(0, text.find_first_not_of("0123456789.")))).value_or(0);
  const double rate = to_lower_ascii(text).find("khz") != std::string::npos ? value * 1000 : value;
  return rate > 0 && rate < 1e6 ? static_cast<int>(std::lround(rate)) : 0;
}

std::optional<Resolution> resolution_of(const std::string& text) {
  const auto parts = split(text, 'x');
  const auto width = parse_int(parts.front()).value_or(0), height = parse_int(parts.back()).value_or(0);
  if (parts.size() != 2 || width <= 0 || height <= 0 || width > 100'000 || height > 100'000) return std::nullopt;
  return Resolution{static_cast<int>(width), static_cast<int>(height)};
}

std::string language_of(const Json& stream) {
  const auto locale = text_of(stream, "language");
  return iso639_2b(locale.substr(0, locale.find('-')));
}

void add_stream(ScannedTrack& track, const Json& stream) {
  const auto type = text_of(stream, "type");
  const bool has_pid = stream.contains("pid");
  if (type == "video" && track.video_codec.empty()) {
    track.video_codec = codec_of_manifest(text_of(stream, "codec")).codec;
    track.resolution = resolution_of(text_of(stream, "resolution"));
    track.aspect = text_of(stream, "aspectRatio");
    track.frame_rate = number_of(stream, "frameRate");
  } else if (type == "audio") {
    AudioStream audio;
    audio.index = static_cast<int>(track.audio.size());
    auto codec = codec_of_manifest(text_of(stream, "codec"));
    audio.codec = std::move(codec.codec);
    audio.profile = std::move(codec.profile);
    audio.language = language_of(stream);
    audio.channels = channels_of(text_of(stream, "audioLayout"));
    audio.sample_rate = sample_rate_of(stream);
    if (has_pid) audio.stream_id = static_cast<int>(whole_of(stream, "pid"));
    track.audio.push_back(std::move(audio));
  } else if (type == "subtitle") {
    SubtitleStream subtitle;
    subtitle.index = static_cast<int>(track.subtitles.size());
    subtitle.codec = codec_of_manifest(text_of(stream, "codec")).codec;
    subtitle.language = language_of(stream);
    if (has_pid) subtitle.stream_id = static_cast<int>(whole_of(stream, "pid"));
    track.subtitles.push_back(std::move(subtitle));
  }
}

// As makemkvcon prints them: clips without the zeros in front, cells as they are.
std::string segment_map_of(const Json& title) {
  std::vector<std::string> parts;
  if (const auto segments = title.find("segments"); segments != title.end()) {
    for (const auto& segment : *segments) {
      const auto clip = text_of(segment, "clip");
      const auto number = clip.size() == 5 ? parse_int(clip) : std::nullopt;
      parts.push_back(number ? std::to_string(*number) : clip);
    }
  }
  return join(parts, ",");
}

// Where it is defined: "mpls:00800", "m2ts:00045", "dvd:3"; by its title set where no more is said.
void set_origin(ScannedTrack& track, const Json& source) {
  const auto path = text_of(source, "path");
  const auto title = whole_of(source, "title"), set = whole_of(source, "titleSet"),
             within = whole_of(source, "titleSetTitle");
  if (!path.empty()) {
    track.source_name = path.substr(path.rfind('/') + 1);
    const auto dot = track.source_name.rfind('.');
    track.reference = to_lower_ascii(track.source_name.substr(dot + 1)) + ":" + track.source_name.substr(0, dot);
    return;
  }
  if (set > 0) track.source_name = fmt::format("VTS_{:02}", set);
  track.reference = title > 0 ? fmt::format("dvd:{}", title) : fmt::format("vts:{}.{}", set, within);
}

ScannedTrack make_manifest_track(const Json& title, int number) {
  ScannedTrack track;
  track.number = number;
  set_origin(track, title["source"]);
  track.duration_seconds = number_of(title, "durationSeconds");
  track.size_bytes = whole_of(title, "sizeBytes");
  track.segment_map = segment_map_of(title);
  track.chapter_count = static_cast<int>(std::min<std::int64_t>(whole_of(title, "chapterCount"), 9999));
  if (const auto chapters = title.find("chapters"); chapters != title.end()) {
    for (const auto& chapter : *chapters) track.chapters.push_back(number_of(chapter, "startSeconds"));
    track.chapter_count = static_cast<int>(track.chapters.size());
  }
  if (const auto streams = title.find("streams"); streams != title.end()) {
    for (const auto& stream : *streams) add_stream(track, stream);
  }
  return track;
}

DiscKind kind_of_manifest(const Json& disc, const std::vector<ScannedTrack>& tracks) {
  const auto format = text_of(disc, "format");
  if (format == "dvd") return DiscKind::kDvd;
  if (format == "uhd-blu-ray") return DiscKind::kUhd;
  const bool dvd =
      std::any_of(tracks.begin(), tracks.end(), [](const auto& track) { return track.reference.starts_with("dvd:"); });
  return format == "unknown" && dvd ? DiscKind::kDvd : DiscKind::kBluray;
}

Identifier identifier_of(const Json& identifier) {
  const auto kind = text_of(identifier, "kind"), value = text_of(identifier, "value");
  return {kind, kind == "matrix256" ? to_lower_ascii(value) : to_upper_ascii(value)};
}

}  // namespace

ScannedDisc make_disc(const Json& manifest) {
  const auto& about = manifest["disc"];
  ScannedDisc disc;
  if (const auto titles = about.find("titles"); titles != about.end()) {
    for (const auto& title : *titles)
      disc.tracks.push_back(make_manifest_track(title, static_cast<int>(disc.tracks.size()) + 1));
  }
  disc.kind = kind_of_manifest(about, disc.tracks);
  if (const auto files = about.find("files"); files != about.end()) {
    for (const auto& file : *files) disc.files.push_back({text_of(file, "path"), whole_of(file, "sizeBytes")});
  }
  disc.volume_label = std::string(trim(text_of(about, "name")));
  disc.provisional = true;
  disc.fingerprint = make_provisional_fingerprint(disc.tracks);
  disc.identifiers.push_back({"amphi", disc.fingerprint});
  for (const auto& identifier : about["identifiers"]) disc.identifiers.push_back(identifier_of(identifier));
  if (disc.tracks.empty()) disc.warnings.emplace_back("the manifest lists no titles");
  disc.source.kind = SourceKind::kLog;
  return disc;
}

ScannedDisc parse_manifest(std::string_view text) {
  const auto manifest = parse_manifest_text(text);
  const auto dialect = dialect_of(manifest);
  demand_valid_manifest(manifest, dialect);
  auto disc = make_disc(manifest);
  if (dialect == ManifestDialect::kOlder) disc.warnings.emplace_back("the manifest has the older form");
  return disc;
}

}  // namespace amphi
