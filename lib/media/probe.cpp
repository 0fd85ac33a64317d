#include "media/probe.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "media/matroska_clusters.hpp"
#include "media/media_file.hpp"
#include "media/packet_ends.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kTail = 8 << 20;
constexpr std::int64_t kTailLimit = 64 << 20;  // for a stream that ended earlier than the others
constexpr int kErrorsLimit = 100;

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
    ends.take(input.context(), *packet, file_size);
    av_packet_unref(packet.get());
  }
}

// The header, then the data from some cluster near the end on, joined: nothing in between has to be read, and neither
// cues nor sizes are asked.
PacketEnds read_matroska_tail(const MediaFile& file, std::int64_t first_cluster, PacketEnds none) {
  const std::int64_t data = file.size() - first_cluster;
  for (std::int64_t tail = kTail;; tail *= 4) {
    const auto begin = file.size() - std::min(tail, data);
    const auto cluster = find_cluster(file, {begin, file.size()});
    const bool whole = begin == first_cluster;
    if (!cluster && whole) return none;
    if (!cluster) continue;
    MediaInput input(file, {{0, first_cluster}, {*cluster, file.size()}}, MediaInput::Look::kHeader);
    PacketEnds ends(input.context());
    read_packets(input, ends, file.size());
    if (whole || (!ends.is_empty() && (ends.is_complete(input.context()) || tail >= kTailLimit))) return ends;
  }
}

// Other containers are asked to go near their end; what their index promises and the data does not hold shows as no
// packets there, and then all of it is read.
PacketEnds read_indexed_tail(const MediaFile& file, MediaInput& input) {
  auto& context = input.context();
  PacketEnds ends(context);
  const auto near_end = context.duration - 10LL * AV_TIME_BASE;
  const auto start = context.start_time == AV_NOPTS_VALUE ? 0 : context.start_time;
  if (near_end > 0 && av_seek_frame(&context, -1, start + near_end, AVSEEK_FLAG_BACKWARD) >= 0) {
    read_packets(input, ends, file.size());
    if (ends.is_complete(context) && ends.corrupt() == 0) return ends;
  }
  MediaInput again(file, MediaInput::Look::kStreams);
  PacketEnds all(again.context());
  read_packets(again, all, file.size());
  return all;
}

PacketEnds read_all(const MediaFile& file, MediaInput::Look look) {
  MediaInput input(file, look);
  PacketEnds ends(input.context());
  read_packets(input, ends, file.size());
  return ends;
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
  PacketEnds ends(input.context());
  if (depth == ProbeDepth::kFull) {
    ends = read_all(file, look);
  } else if (!matroska) {
    ends = read_indexed_tail(file, input);
  } else if (const auto first = find_first_cluster(file)) {
    ends = read_matroska_tail(file, *first, ends);
  }
  // A program stream's clock starts anywhere, Matroska's at zero.
  const auto start = input.context().start_time;
  const double origin = matroska || start == AV_NOPTS_VALUE ? 0 : static_cast<double>(start) / AV_TIME_BASE;
  auto result = describe(input.context(), ends, origin);
  result.finished = !matroska || is_finished_matroska(file);
  result.full = depth == ProbeDepth::kFull;
  if (result.full) {
    result.gaps = ends.gaps();
    result.corrupt_packets = ends.corrupt();
  }
  return result;
}

}  // namespace amphi
