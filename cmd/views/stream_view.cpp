#include "views/stream_view.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi::cmd {

namespace {

// What audio and subtitle streams have in common.
template <class S>
std::vector<Field<S>> common_fields() {
  using R = const S&;
  return {
      {{"index", "integer", "place among its kind, from 0", "#", Column::kShown, Align::kRight},
       [](R s) { return Json(s.index); }},
      {{"codec", "string", "codec as libav names it", "CODEC", Column::kShown}, [](R s) { return Json(s.codec); }},
      {{"language", "string", "ISO 639-2/B; und where not declared", "LANGUAGE", Column::kShown},
       [](R s) { return Json(s.language); }},
      {{"name", "string?", "its title", "NAME", Column::kShown, Align::kLeft, Fit::kFlexible},
       [](R s) { return or_null(s.name); }},
      {{"default", "boolean", "played unless another is chosen"}, [](R s) { return Json(s.flags.is_default); }},
      {{"forced", "boolean", "shown even with subtitles off"}, [](R s) { return Json(s.flags.forced); }},
      {{"commentary", "boolean", "a commentary"}, [](R s) { return Json(s.flags.commentary); }},
      {{"visual_impaired", "boolean", "for people who do not see"}, [](R s) { return Json(s.flags.visual_impaired); }},
      {{"hearing_impaired", "boolean", "for people who do not hear"},
       [](R s) { return Json(s.flags.hearing_impaired); }},
      {{"stream_id", "integer?", "id in the disc's program stream"}, [](R s) { return or_null(s.stream_id); }},
  };
}

Json positive_or_null(int number) {
  return number > 0 ? Json(number) : Json();
}

// Languages in order, each once; "4 languages" where they would be many.
template <class Streams>
std::string languages(const Streams& streams) {
  constexpr std::size_t kMany = 3;
  std::vector<std::string> out;
  for (const auto& stream : streams) {
    if (std::find(out.begin(), out.end(), stream.language) == out.end()) out.push_back(stream.language);
  }
  if (out.empty()) return "-";
  if (out.size() <= kMany) return join(out, ",");
  return fmt::format("{},{}+{}", out[0], out[1], out.size() - 2);
}

}  // namespace

const View<AudioStream>& audio_view() {
  static const View<AudioStream> kView("audio_stream", "an audio stream of a track", [] {
    using R = const AudioStream&;
    auto fields = common_fields<AudioStream>();
    fields.push_back({{"profile", "string?", "what the codec does not tell: DTS-HD MA", "PROFILE", Column::kShown},
                      [](R s) { return or_null(s.profile); }});
    fields.push_back({{"channels", "integer?", "channels", "CHANNELS", Column::kShown, Align::kRight},
                      [](R s) { return positive_or_null(s.channels); }});
    fields.push_back({{"sample_rate", "integer?", "Hz", "HZ", Column::kShown, Align::kRight},
                      [](R s) { return positive_or_null(s.sample_rate); }});
    return fields;
  }());
  return kView;
}

const View<SubtitleStream>& subtitle_view() {
  static const View<SubtitleStream> kView("subtitle_stream", "a subtitle stream of a track",
                                          common_fields<SubtitleStream>());
  return kView;
}

const ViewInfo& audio_info() {
  return audio_view().info();
}
const ViewInfo& subtitle_info() {
  return subtitle_view().info();
}

std::string stream_summary(const ScannedTrack& track) {
  return fmt::format("{} / {}", languages(track.audio), languages(track.subtitles));
}

}  // namespace amphi::cmd
