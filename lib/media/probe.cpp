#include "media/probe.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

#include "media/container_end.hpp"
#include "media/media_file.hpp"
#include "media/packet_ends.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

constexpr int kErrorsLimit = 100;  // in a row

// What is looked at of the end, at first; then ten times as much, until every stream has been seen: commentaries and
// effects end long before the picture.
constexpr double kTailSeconds = 10, kTailGrowth = 10;

void read_packets(MediaInput& input, PacketEnds& ends, std::int64_t file_size) {
  const auto packet = make_packet();
  for (int errors = 0; errors < kErrorsLimit;) {
    throw_if_interrupted();
    const int code = av_read_frame(&input.context(), packet.get());
    input.rethrow();
    if (code == AVERROR_EOF) return;
    if (code < 0) {
      ++errors;
      continue;
    }
    errors = 0;
    ends.take(input.context(), *packet, file_size);
    av_packet_unref(packet.get());
  }
}

PacketEnds read_all(const MediaFile& file, MediaInput::Look look) {
  MediaInput input(file, look);
  PacketEnds ends(input.context());
  read_packets(input, ends, file.size());
  return ends;
}

// Only where an index of the packets themselves tells their times: Matroska and MP4. Where the clock may jump (program
// and transport streams, chained Ogg) or times are reckoned from bytes (WAVE of ADPCM), seeking finds another end than
// reading does; there all is read.
bool can_be_asked_for_its_end(const AVFormatContext& context) {
  const std::string_view format = context.iformat->name;
  return context.duration > 0 && (format.starts_with("matroska") || format.starts_with("mov"));
}

// The demuxer is asked to go near the end, and whatever comes from there to the end of the file is read. What an index
// promises and the data does not hold shows as streams without a whole packet: then more is read, at last all of it. So
// a header or an index that lies costs time, and never a wrong answer.
PacketEnds read_tail(const MediaFile& file, MediaInput& input, MediaInput::Look look) {
  auto& context = input.context();
  if (!can_be_asked_for_its_end(context)) return read_all(file, look);
  const auto start = context.start_time == AV_NOPTS_VALUE ? 0 : context.start_time;
  for (double tail = kTailSeconds * AV_TIME_BASE; tail < static_cast<double>(context.duration); tail *= kTailGrowth) {
    const auto target = start + context.duration - static_cast<std::int64_t>(tail);
    if (av_seek_frame(&context, -1, target, AVSEEK_FLAG_BACKWARD) < 0) break;
    PacketEnds ends(context);
    read_packets(input, ends, file.size());
    if (ends.is_complete(context)) return ends;
  }
  return read_all(file, look);
}

std::string metadata(const AVDictionary* dictionary, const char* key) {
  const auto* entry = av_dict_get(dictionary, key, nullptr, 0);
  return entry == nullptr ? "" : entry->value;
}

StreamFlags flags_of(int disposition) {
  StreamFlags flags;
  flags.is_default = (disposition & AV_DISPOSITION_DEFAULT) != 0;
  flags.forced = (disposition & AV_DISPOSITION_FORCED) != 0;
  flags.commentary = (disposition & AV_DISPOSITION_COMMENT) != 0;
  flags.visual_impaired = (disposition & AV_DISPOSITION_VISUAL_IMPAIRED) != 0;
  flags.hearing_impaired = (disposition & AV_DISPOSITION_HEARING_IMPAIRED) != 0;
  return flags;
}

std::optional<ProbedStream> describe(const AVStream& stream, double end) {
  const auto& parameters = *stream.codecpar;
  ProbedStream probed;
  switch (parameters.codec_type) {
    case AVMEDIA_TYPE_VIDEO:
      probed.type = "video";
      break;
    case AVMEDIA_TYPE_AUDIO:
      probed.type = "audio";
      break;
    case AVMEDIA_TYPE_SUBTITLE:
      probed.type = "subtitle";
      break;
    default:
      return std::nullopt;
  }
  if (is_picture(stream)) return std::nullopt;
  probed.codec = avcodec_get_name(parameters.codec_id);
  probed.language = metadata(stream.metadata, "language");
  if (probed.language.empty()) probed.language = "und";
  probed.title = metadata(stream.metadata, "title");
  probed.flags = flags_of(stream.disposition);
  probed.channels = parameters.ch_layout.nb_channels;
  probed.width = parameters.width;
  probed.height = parameters.height;
  probed.end_seconds = end;
  return probed;
}

void count(const ProbedStream& stream, MediaFacts& facts) {
  if (stream.type == "video") ++facts.video_streams;
  if (stream.type == "audio") ++facts.audio_streams;
  if (stream.type == "subtitle") ++facts.subtitle_streams;
  // A subtitle may claim to stand for ever.
  if (stream.type != "subtitle") facts.duration_seconds = std::max(facts.duration_seconds, stream.end_seconds);
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

ProbeResult describe(const AVFormatContext& input, const PacketEnds& ends, double origin) {
  ProbeResult result;
  for (unsigned i = 0; i < input.nb_streams; ++i) {
    const auto stream = describe(*input.streams[i], std::max(0.0, ends.end_seconds(i) - origin));
    if (!stream) continue;
    count(*stream, result.media);
    result.streams.push_back(*stream);
  }
  for (unsigned i = 0; i < input.nb_chapters; ++i) {
    const auto& chapter = *input.chapters[i];
    result.chapters.push_back(static_cast<double>(chapter.start) * av_q2d(chapter.time_base));
  }
  result.media.chapters = static_cast<int>(result.chapters.size());
  const AVDictionaryEntry* tag = nullptr;
  while ((tag = av_dict_get(input.metadata, "", tag, AV_DICT_IGNORE_SUFFIX)) != nullptr) {
    result.tags.emplace_back(upper(tag->key), tag->value);
  }
  return result;
}

}  // namespace

ProbeResult probe_file(const std::string& path, ProbeDepth depth) {
  const MediaFile file(path);
  const bool matroska = is_matroska(file);
  const auto look = matroska ? MediaInput::Look::kHeader : MediaInput::Look::kStreams;
  MediaInput input(file, look);
  const auto ends = depth == ProbeDepth::kFull ? read_all(file, look) : read_tail(file, input, look);
  // A program stream's clock starts anywhere, Matroska's at zero.
  const auto start = input.context().start_time;
  const double origin = matroska || start == AV_NOPTS_VALUE ? 0 : static_cast<double>(start) / AV_TIME_BASE;
  auto result = describe(input.context(), ends, origin);
  result.finished = is_finished(file);
  result.full = depth == ProbeDepth::kFull;
  if (result.full) {
    result.gaps = ends.gaps();
    result.corrupt_packets = ends.corrupt();
  }
  return result;
}

}  // namespace amphi
