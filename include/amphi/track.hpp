// One playable unit of a disc: what the disc says of it (ScannedTrack), what amphi thinks it is (Classification),
// what the user says of it (TrackEdits).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "amphi/ids.hpp"

namespace amphi {

enum class TrackType {
  kMainFeature,
  kFeaturettes,
  kDeletedScenes,
  kBehindTheScenes,
  kInterviews,
  kScenes,
  kShorts,
  kTrailers,
  kEpisode,
  kAudio,
  kPlayAll,
  kDuplicate,
  kDecoy,
  kOther,
};

std::string_view to_string(TrackType type);  // "main_feature" ...
std::optional<TrackType> parse_track_type(std::string_view text);
const std::vector<TrackType>& all_track_types();

struct Resolution {
  int width = 0;  // pixels, as coded
  int height = 0;
  bool operator==(const Resolution&) const = default;
};

// Flags of a stream as Matroska knows them.
struct StreamFlags {
  bool is_default = false;
  bool forced = false;
  bool commentary = false;
  bool visual_impaired = false;
  bool hearing_impaired = false;
  bool operator==(const StreamFlags&) const = default;
};

struct AudioStream {
  int index = 0;         // 0-based among the track's audio streams, the order they have in the rip
  std::string codec;     // libav's name: ac3, dts, mp2, pcm_dvd, truehd, eac3 ...
  std::string profile;   // what the codec's name does not tell: "DTS-HD MA", "TrueHD Atmos"; "" where not declared
  std::string language;  // ISO 639-2/B, "und" where not declared
  int channels = 0;      // 0: not known
  int sample_rate = 0;   // Hz; 0: not known
  std::string name;      // a title for people, "" where none
  StreamFlags flags;
  std::optional<int> stream_id;  // DVD: the sub-stream or stream id in the program stream (0x80 ...)
  bool operator==(const AudioStream&) const = default;
};

struct SubtitleStream {
  int index = 0;
  std::string codec;  // dvd_subtitle, hdmv_pgs_subtitle ...
  std::string language;
  std::string name;
  StreamFlags flags;
  std::optional<int> stream_id;  // DVD: 0x20 ...
  bool operator==(const SubtitleStream&) const = default;
};

// A piece that a track plays. DVD: one cell, its sectors relative to the title set's VOBs.
struct Segment {
  int number = 0;               // DVD: 1-based cell in its program chain
  std::int64_t first = 0;       // DVD: first sector (2,048 bytes)
  std::int64_t last = 0;        // DVD: last sector, inclusive
  double duration_seconds = 0;  // as the disc declares it
  bool operator==(const Segment&) const = default;
};

struct ScannedTrack {
  int number = 0;               // the one the ripper uses
  std::string reference;        // what it really is: "dvd:1", "mpls:00800", "cd:3"
  double duration_seconds = 0;  // as the disc declares it
  std::int64_t size_bytes = 0;  // 0: not known
  std::string video_codec;      // libav's name: mpeg2video, h264, hevc, vc1 ...; "" where not known
  std::optional<Resolution> resolution;
  std::string aspect;     // "16:9", "4:3", "" where not known
  double frame_rate = 0;  // 0: not known
  int chapter_count = 0;
  std::vector<double> chapters;  // starts in seconds; empty where the source does not tell them
  std::string segment_map;       // "1-11,12": cells (DVD) or clips, runs joined by '-'
  std::vector<Segment> segments;
  std::vector<AudioStream> audio;
  std::vector<SubtitleStream> subtitles;
  std::string source_name;  // "VTS_01", "00800.mpls"
  std::string ripper_note;  // what makemkvcon notes of a title ("FPL_MainFeature"); for classify, not stored
  bool operator==(const ScannedTrack&) const = default;
};

struct Classification {
  TrackType type = TrackType::kOther;
  double score = 0;                  // 0 to 1: how sure
  std::string confidence = "low";    // high, medium, low
  std::vector<std::string> reasons;  // one short clause each
  bool operator==(const Classification&) const = default;
};

// What the user says of a track, or what of that is changed (TrackChange). model/edit_fields.hpp has a row for each.
template <template <class> class Of>
struct TrackFields {
  Of<std::string> track_name, preset_name, edition, language;
  Of<TrackType> track_type;
  Of<int> season, episode, episode_end;
  Of<bool> wanted;  // absent: auto
  bool operator==(const TrackFields&) const = default;
};
using TrackEdits = TrackFields<std::optional>;

// "s01e02", "s01e01-e02" of a track that holds several; "" where season or episode is not given.
std::string episode_code(const TrackEdits& edits);

// A row of the catalog.
struct Track {
  TrackId id;
  DiscId disc_id;
  ScannedTrack scanned;
  Classification classification;
  TrackEdits edits;
  bool vanished = false;  // a later scan of the same disc no longer had it; kept for its history

  TrackType type() const { return edits.track_type.value_or(classification.type); }
  // The user's word, else everything but decoys, duplicates and play-all.
  bool wanted() const;
};

void to_json(nlohmann::json& out, const AudioStream& stream);
void from_json(const nlohmann::json& in, AudioStream& stream);
void to_json(nlohmann::json& out, const SubtitleStream& stream);
void from_json(const nlohmann::json& in, SubtitleStream& stream);
void to_json(nlohmann::json& out, const Segment& segment);
void from_json(const nlohmann::json& in, Segment& segment);

}  // namespace amphi
