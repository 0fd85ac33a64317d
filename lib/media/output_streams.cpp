#include "media/output_streams.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "reader/fault.hpp"

namespace amphi {
namespace {

AVCodecID libav_codec(DvdAudioCodec codec) {
  switch (codec) {
    case DvdAudioCodec::kAc3:
      return AV_CODEC_ID_AC3;
    case DvdAudioCodec::kDts:
      return AV_CODEC_ID_DTS;
    case DvdAudioCodec::kMpeg:
      return AV_CODEC_ID_MP2;
    case DvdAudioCodec::kLpcm:
      return AV_CODEC_ID_PCM_DVD;
  }
  return AV_CODEC_ID_NONE;
}

int disposition_of(const StreamFlags& flags) {
  return (flags.is_default ? AV_DISPOSITION_DEFAULT : 0) | (flags.forced ? AV_DISPOSITION_FORCED : 0) |
         (flags.commentary ? AV_DISPOSITION_COMMENT : 0) |
         (flags.visual_impaired ? AV_DISPOSITION_VISUAL_IMPAIRED : 0) |
         (flags.hearing_impaired ? AV_DISPOSITION_HEARING_IMPAIRED : 0);
}

class Adder {
 public:
  Adder(MatroskaOut& out, const TitleLayout& layout, const StreamIndex& index, const Demuxer& demuxer)
      : out_(out), layout_(layout), index_(index), demuxer_(demuxer) {}

  OutputStreams run() {
    if (!has_packets(kVideoStream))
      throw WorkerFault(Cause::kMedium, "the title has no picture: no video packets in its sectors");
    add_video();
    for (const auto& audio : layout_.audio) {
      if (has_packets(audio.stream_id))
        add_audio(audio);
      else
        ++streams_.dropped_audio;
    }
    for (const auto& subtitle : layout_.subtitles) {
      if (has_packets(subtitle.stream_id))
        add_subtitle(subtitle);
      else
        ++streams_.dropped_subtitles;
    }
    return std::move(streams_);
  }

 private:
  bool has_packets(int id) const { return index_.contains(id) && index_.at(id).packets > 0; }

  // A stream of the output with what the demuxer knows by now; `codec` where it has not met the stream yet.
  AVStream* add(int id, AVMediaType type, AVCodecID codec) {
    auto* stream = out_.add_stream();
    stream->id = id;
    auto* parameters = stream->codecpar;
    const auto* known = demuxer_.find(id);
    if (known != nullptr && known->codecpar->codec_type == type) {
      check_av(avcodec_parameters_copy(parameters, known->codecpar), "stream parameters", Cause::kOther);
    }
    parameters->codec_type = type;
    if (parameters->codec_id == AV_CODEC_ID_NONE || type != AVMEDIA_TYPE_VIDEO) parameters->codec_id = codec;
    parameters->codec_tag = 0;
    parameters->format = -1;  // a decoder's sample format would become a bit depth that AC-3 does not have
    streams_.tracks.emplace(id, RemuxTrack(stream));
    return stream;
  }

  void add_video() {
    const auto& video = layout_.video;
    auto* stream = add(kVideoStream, AVMEDIA_TYPE_VIDEO, AV_CODEC_ID_MPEG2VIDEO);
    auto* parameters = stream->codecpar;
    parameters->width = video.width;
    parameters->height = video.height;
    stream->avg_frame_rate = video.standard == Standard::kNtsc ? AVRational{30000, 1001} : AVRational{25, 1};
    const bool wide = video.aspect == Aspect::k16x9;
    AVRational shape{};
    av_reduce(&shape.num, &shape.den, (wide ? 16LL : 4LL) * video.height, (wide ? 9LL : 3LL) * video.width, 10000);
    stream->sample_aspect_ratio = parameters->sample_aspect_ratio = shape;
    stream->disposition = AV_DISPOSITION_DEFAULT;
    streams_.video = 1;
  }

  void add_audio(const DeclaredAudio& audio) {
    auto* stream = add(audio.stream_id, AVMEDIA_TYPE_AUDIO, libav_codec(audio.codec));
    const auto format = index_.at(audio.stream_id).format.value_or(audio.format);
    set_format(*stream->codecpar, format);
    if (audio.codec == DvdAudioCodec::kLpcm) set_pcm(*stream->codecpar, audio.stream_id, format);
    av_dict_set(&stream->metadata, "language", audio.language.c_str(), 0);
    auto flags = audio.flags;
    flags.is_default = streams_.audio == 0;
    stream->disposition = disposition_of(flags);
    ++streams_.audio;
  }

  static void set_format(AVCodecParameters& parameters, const AudioFormat& format) {
    parameters.sample_rate = format.sample_rate;
    if (parameters.ch_layout.nb_channels == format.channels) return;
    av_channel_layout_uninit(&parameters.ch_layout);
    av_channel_layout_default(&parameters.ch_layout, format.channels);
  }

  void set_pcm(AVCodecParameters& parameters, int id, const AudioFormat& format) {
    parameters.codec_id = LpcmDecoder::output_codec(format);
    parameters.bits_per_coded_sample = parameters.bits_per_raw_sample = format.bits == 16 ? 16 : 24;
    parameters.block_align = 0;
    parameters.bit_rate = 0;
    streams_.tracks.at(id).decode_lpcm();
  }

  void add_subtitle(const DeclaredSubtitle& subtitle) {
    auto* stream = add(subtitle.stream_id, AVMEDIA_TYPE_SUBTITLE, AV_CODEC_ID_DVD_SUBTITLE);
    auto* parameters = stream->codecpar;
    const auto header = vobsub_header(layout_.video.width, layout_.video.height, layout_.palette);
    av_freep(&parameters->extradata);
    parameters->extradata = static_cast<std::uint8_t*>(av_mallocz(header.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    if (parameters->extradata == nullptr) throw std::bad_alloc();
    std::memcpy(parameters->extradata, header.data(), header.size());
    parameters->extradata_size = static_cast<int>(header.size());
    parameters->width = layout_.video.width;
    parameters->height = layout_.video.height;
    av_dict_set(&stream->metadata, "language", subtitle.language.c_str(), 0);
    stream->disposition = disposition_of(subtitle.flags);
    ++streams_.subtitles;
  }

  MatroskaOut& out_;
  const TitleLayout& layout_;
  const StreamIndex& index_;
  const Demuxer& demuxer_;
  OutputStreams streams_;
};

}  // namespace

OutputStreams add_output_streams(MatroskaOut& out, const TitleLayout& layout, const StreamIndex& index,
                                 const Demuxer& demuxer) {
  return Adder(out, layout, index, demuxer).run();
}

}  // namespace amphi
