// What the catalog knows of a disc as a manifest. What was not observed is left out.
#include "amphi/manifest.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"
#include "disc/manifest.hpp"
#include "disc/manifest_codecs.hpp"
#include "model/bluray_reference.hpp"

namespace amphi {
namespace {

using Written = nlohmann::ordered_json;

constexpr std::string_view kContentHash = "thediscdb-content-hash", kMatrix = "matrix256";
constexpr std::size_t kLongestName = 255, kLongestPath = 1024;

// Milliseconds are what a disc's own clock is good for.
double rounded(double value) {
  return std::round(value * 1000) / 1000;
}

void put_text(Written& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = to_valid_utf8(text);
}

std::string format_of(DiscKind kind) {
  return kind == DiscKind::kDvd ? "dvd" : kind == DiscKind::kUhd ? "uhd-blu-ray" : "blu-ray";
}

// Where a title is defined; nothing where amphi knows no more than a ripper's number, or of another angle of a
// playlist.
std::optional<Written> source_of(const ScannedTrack& track) {
  if (track.reference.starts_with("dvd:")) {
    const auto title = parse_int(std::string_view(track.reference).substr(4)).value_or(0);
    if (title < 1 || title > 99) return std::nullopt;
    Written source{{"title", title}};
    const bool has_set = track.source_name.starts_with("VTS_");
    const auto set = has_set ? parse_int(std::string_view(track.source_name).substr(4)).value_or(0) : 0;
    if (set >= 1 && set <= 99) source["titleSet"] = set;
    return source;
  }
  const auto reference = parse_bluray_reference(track.reference);
  if (!reference || reference->angle != 0) return std::nullopt;
  return Written{{"path", reference->is_playlist ? fmt::format("BDMV/PLAYLIST/{:05}.mpls", reference->number)
                                                 : fmt::format("BDMV/STREAM/{:05}.m2ts", reference->number)}};
}

Written chapters_of(const ScannedTrack& track) {
  auto list = Written::array();
  for (const auto start : track.chapters) list.push_back({{"startSeconds", rounded(std::max(start, 0.0))}});
  return list;
}

Written clips_of(const ScannedTrack& track) {
  auto list = Written::array();
  double start = 0;
  for (const auto& played : track.segments) {
    list.push_back({{"clip", fmt::format("{:05}", played.number)},
                    {"startSeconds", rounded(start)},
                    {"durationSeconds", rounded(played.duration_seconds)}});
    start += played.duration_seconds;
  }
  return list;
}

// Of a log the segment map is all there is: "1-11,12" of a DVD, "800,801" of a Blu-ray.
Written segments_of(const ScannedTrack& track, DiscKind kind) {
  if (kind != DiscKind::kDvd && !track.segments.empty()) return clips_of(track);
  auto list = Written::array();
  for (const auto& part : split(track.segment_map, ',')) {
    const auto number = kind == DiscKind::kDvd ? -1 : parse_int(part).value_or(-1);
    const bool is_clip = number >= 0 && number <= 99'999;
    if (!part.empty()) list.push_back({{"clip", is_clip ? fmt::format("{:05}", number) : to_valid_utf8(part)}});
  }
  return list;
}

// Six channels are five and one for the bass, on discs.
std::string layout_of(int channels) {
  return channels >= 6 ? fmt::format("{}.1", channels - 1) : fmt::format("{}.0", channels);
}

bool is_stream_pid(const std::optional<int>& id, DiscKind kind) {
  return kind != DiscKind::kDvd && id && *id >= 0 && *id <= 8191;
}

Written video_of(const ScannedTrack& track) {
  Written stream{{"type", "video"}, {"codec", manifest_name(track.video_codec)}};
  if (track.resolution) stream["resolution"] = fmt::format("{}x{}", track.resolution->width, track.resolution->height);
  put_text(stream, "aspectRatio", track.aspect);
  if (track.frame_rate > 0) stream["frameRate"] = rounded(track.frame_rate);
  return stream;
}

// What audio and subtitles have in common.
template <class Stream>
Written stream_of(const Stream& stream, const char* type, std::string codec, DiscKind kind) {
  Written out{{"type", type}, {"codec", std::move(codec)}};
  if (is_stream_pid(stream.stream_id, kind)) out["pid"] = *stream.stream_id;
  if (stream.language != "und") put_text(out, "language", stream.language);
  return out;
}

Written streams_of(const ScannedTrack& track, DiscKind kind) {
  auto list = Written::array();
  if (!track.video_codec.empty()) list.push_back(video_of(track));
  for (const auto& audio : track.audio) {
    auto stream = stream_of(audio, "audio", manifest_name(audio.codec, audio.profile), kind);
    if (audio.channels > 0) stream["audioLayout"] = layout_of(audio.channels);
    if (audio.sample_rate > 0) stream["sampleRate"] = audio.sample_rate;
    list.push_back(std::move(stream));
  }
  for (const auto& subtitle : track.subtitles)
    list.push_back(stream_of(subtitle, "subtitle", manifest_name(subtitle.codec), kind));
  return list;
}

std::optional<Written> title_of(const ScannedTrack& track, DiscKind kind) {
  auto source = source_of(track);
  if (!source) return std::nullopt;
  Written title{{"source", std::move(*source)}};
  if (track.duration_seconds > 0) title["durationSeconds"] = rounded(track.duration_seconds);
  if (track.size_bytes > 0) title["sizeBytes"] = track.size_bytes;
  if (!track.chapters.empty()) {
    title["chapters"] = chapters_of(track);
  } else if (track.chapter_count > 0) {
    title["chapterCount"] = track.chapter_count;
  }
  if (auto segments = segments_of(track, kind); !segments.empty()) title["segments"] = std::move(segments);
  if (auto streams = streams_of(track, kind); !streams.empty()) title["streams"] = std::move(streams);
  return title;
}

Written titles_of(const std::vector<Track>& tracks, DiscKind kind) {
  auto list = Written::array();
  for (const auto& track : tracks) {
    if (track.vanished) continue;
    if (auto title = title_of(track.scanned, kind)) list.push_back(std::move(*title));
  }
  return list;
}

std::optional<std::string> stored(const Disc& disc, std::string_view kind) {
  const auto is_it = [&](const Identifier& identifier) { return identifier.kind == kind; };
  const auto found = std::find_if(disc.identifiers.begin(), disc.identifiers.end(), is_it);
  return found == disc.identifiers.end() ? std::nullopt : std::optional(found->value);
}

// A name that the format cannot say: then the list is not the whole disc, and is left out.
bool can_be_listed(const std::vector<ListedFile>& files) {
  return !files.empty() && std::all_of(files.begin(), files.end(), [](const ListedFile& file) {
    return is_valid_utf8(file.path) && file.path.size() <= kLongestPath && !fault_of_path(file.path);
  });
}

Written files_of(const std::vector<ListedFile>& files) {
  auto list = Written::array();
  for (const auto& file : files) list.push_back({{"path", to_nfc(file.path)}, {"sizeBytes", file.size_bytes}});
  return list;
}

// What the list of files gives comes from it; else what the reader or the log said.
Written identifiers_of(const Disc& disc, const std::vector<ListedFile>& files) {
  auto list = Written::array();
  const auto add = [&](std::string_view kind, const std::optional<std::string>& value) {
    if (value) list.push_back({{"kind", kind}, {"value", *value}});
  };
  const bool listed = can_be_listed(files);
  add(kContentHash, listed ? hash_of_listed(files, disc.kind == DiscKind::kDvd) : stored(disc, kContentHash));
  if (list.empty())
    throw Error(ErrorKind::kUnavailable,
                fmt::format("{} has no content hash, which every manifest must have", display_title(disc)),
                "amphi disc scan reads the disc and finds it");
  add(kMatrix, listed ? std::optional(matrix_of_listed(files)) : stored(disc, kMatrix));
  for (const auto* kind : {"aacs-disc-id", "dvd-disc-id"}) add(kind, stored(disc, kind));
  return list;
}

}  // namespace

std::string make_manifest(const Disc& disc, const std::vector<Track>& tracks, const std::vector<ListedFile>& files,
                          std::string_view version) {
  if (disc.kind == DiscKind::kCd)
    throw Error(ErrorKind::kUsage, "a manifest describes DVDs and Blu-rays, and this is an audio CD",
                "MusicBrainz takes its table of contents: amphi disc show DISC --json");
  Written about{{"format", format_of(disc.kind)}};
  if (!disc.volume_label.empty() && disc.volume_label.size() <= kLongestName)
    put_text(about, "name", disc.volume_label);
  about["identifiers"] = identifiers_of(disc, files);
  if (can_be_listed(files)) about["files"] = files_of(files);
  about["titles"] = titles_of(tracks, disc.kind);
  const Written manifest{{"schemaVersion", 1},
                         {"producer", {{"name", "amphi"}, {"version", version}}},
                         {"capturedAt", to_rfc3339(disc.scanned_at)},
                         {"disc", std::move(about)}};
  demand_valid_manifest(nlohmann::json(manifest), ManifestDialect::kCurrent);
  return manifest.dump(2);
}

}  // namespace amphi
