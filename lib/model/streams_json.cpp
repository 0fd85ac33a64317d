// Streams and segments as the catalog and step specifications hold them. What is as most are is left out of a stream:
// a large catalog holds millions of them.
#include <nlohmann/json.hpp>

#include "amphi/track.hpp"
#include "model/json_reader.hpp"
#include "model/model_json.hpp"

namespace amphi {

namespace {

// What audio and subtitle streams have in common.
template <class Stream>
nlohmann::json common_json(const Stream& stream) {
  nlohmann::json out{{"index", stream.index}, {"codec", stream.codec}, {"language", stream.language}};
  if (!stream.name.empty()) out["name"] = stream.name;
  if (stream.flags != StreamFlags{}) out["flags"] = stream.flags;
  if (stream.stream_id) out["stream_id"] = *stream.stream_id;
  return out;
}

}  // namespace

void to_json(nlohmann::json& out, const StreamFlags& flags) {
  out = {{"default", flags.is_default},
         {"forced", flags.forced},
         {"commentary", flags.commentary},
         {"visual_impaired", flags.visual_impaired},
         {"hearing_impaired", flags.hearing_impaired}};
}

void from_json(const nlohmann::json& in, StreamFlags& flags) {
  const JsonReader read(in, "stream flags");
  read.take("default", flags.is_default);
  read.take("forced", flags.forced);
  read.take("commentary", flags.commentary);
  read.take("visual_impaired", flags.visual_impaired);
  read.take("hearing_impaired", flags.hearing_impaired);
}

void to_json(nlohmann::json& out, const AudioStream& stream) {
  out = common_json(stream);
  if (!stream.profile.empty()) out["profile"] = stream.profile;
  if (stream.channels != 0) out["channels"] = stream.channels;
  if (stream.sample_rate != 0) out["sample_rate"] = stream.sample_rate;
}

void from_json(const nlohmann::json& in, AudioStream& stream) {
  const JsonReader read(in, "audio stream");
  read.need("index", stream.index);
  read.need("codec", stream.codec);
  read.need("language", stream.language);
  read.take("profile", stream.profile);
  read.take("channels", stream.channels);
  read.take("sample_rate", stream.sample_rate);
  read.take("name", stream.name);
  read.take("flags", stream.flags);
  read.take("stream_id", stream.stream_id);
}

void to_json(nlohmann::json& out, const SubtitleStream& stream) {
  out = common_json(stream);
}

void from_json(const nlohmann::json& in, SubtitleStream& stream) {
  const JsonReader read(in, "subtitle stream");
  read.need("index", stream.index);
  read.need("codec", stream.codec);
  read.need("language", stream.language);
  read.take("name", stream.name);
  read.take("flags", stream.flags);
  read.take("stream_id", stream.stream_id);
}

void to_json(nlohmann::json& out, const Segment& segment) {
  out = {{"number", segment.number},
         {"first", segment.first},
         {"last", segment.last},
         {"duration_seconds", segment.duration_seconds}};
}

void from_json(const nlohmann::json& in, Segment& segment) {
  const JsonReader read(in, "segment");
  read.need("number", segment.number);
  read.need("first", segment.first);
  read.need("last", segment.last);
  read.take("duration_seconds", segment.duration_seconds);
}

void to_json(nlohmann::json& out, const ScannedTrack& track) {
  out = {{"number", track.number},
         {"reference", track.reference},
         {"duration_seconds", track.duration_seconds},
         {"size_bytes", track.size_bytes},
         {"video_codec", track.video_codec},
         {"width", track.resolution ? nlohmann::json(track.resolution->width) : nlohmann::json(nullptr)},
         {"height", track.resolution ? nlohmann::json(track.resolution->height) : nlohmann::json(nullptr)},
         {"aspect", track.aspect},
         {"frame_rate", track.frame_rate},
         {"chapter_count", track.chapter_count},
         {"chapters", track.chapters},
         {"segment_map", track.segment_map},
         {"segments", track.segments},
         {"audio_tracks", track.audio},
         {"subtitle_tracks", track.subtitles},
         {"source_name", track.source_name}};
}

void from_json(const nlohmann::json& in, ScannedTrack& track) {
  const JsonReader read(in, "track");
  read.need("number", track.number);
  read.need("reference", track.reference);
  read.need("duration_seconds", track.duration_seconds);
  read.take("size_bytes", track.size_bytes);
  read.take("video_codec", track.video_codec);
  Resolution resolution;
  if (read.take("width", resolution.width) && read.take("height", resolution.height)) track.resolution = resolution;
  read.take("aspect", track.aspect);
  read.take("frame_rate", track.frame_rate);
  read.take("chapter_count", track.chapter_count);
  read.take("chapters", track.chapters);
  read.take("segment_map", track.segment_map);
  read.take("segments", track.segments);
  read.take("audio_tracks", track.audio);
  read.take("subtitle_tracks", track.subtitles);
  read.take("source_name", track.source_name);
}

}  // namespace amphi
