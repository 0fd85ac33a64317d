#include "tools/stream_log.hpp"

#include "base/text.hpp"

namespace amphi {
namespace {

using Kind = InputStreams::Kind;

// "#0:12..." -> 12, and what follows the number; only of the first input, the only one amphi gives.
std::optional<int> take_number(std::string_view& text) {
  if (!text.starts_with("#0:")) return std::nullopt;
  text.remove_prefix(3);
  std::size_t digits = 0;
  while (digits < text.size() && digits < 6 && text[digits] >= '0' && text[digits] <= '9') ++digits;
  const auto number = parse_int(text.substr(0, digits));
  text.remove_prefix(digits);
  if (!number) return std::nullopt;
  return static_cast<int>(*number);
}

Kind kind_of(std::string_view text) {
  if (text.starts_with("Video:")) return Kind::kVideo;
  if (text.starts_with("Audio:")) return Kind::kAudio;
  if (text.starts_with("Subtitle:")) return Kind::kSubtitle;
  return Kind::kOther;
}

// "[20:30:01]  * audio track 1" -> " * audio track 1": nothing for a line without its clock.
std::optional<std::string_view> after_clock(std::string_view line) {
  constexpr std::size_t kClock = 11;  // "[20:30:01] "
  if (line.size() < kClock || line[0] != '[' || line[3] != ':' || line[6] != ':' || line[9] != ']') return std::nullopt;
  return line.substr(kClock);
}

}  // namespace

void InputStreams::take(std::string_view line) {
  if (line.starts_with("Input #")) in_input_ = line.starts_with("Input #0,");
  if (line.starts_with("Output #") || line.starts_with("Stream mapping:")) in_input_ = false;
  constexpr std::string_view kStream = "  Stream ";
  if (!in_input_ || !line.starts_with(kStream)) return;
  auto rest = line.substr(kStream.size());
  const auto number = take_number(rest);
  const auto colon = rest.find(": ");
  if (!number || colon == std::string_view::npos || streams_.contains(*number)) return;
  const auto kind = kind_of(rest.substr(colon + 2));
  streams_[*number] = {kind, counts_[kind]++};
}

std::optional<InputStreams::Stream> InputStreams::find(int number) const {
  const auto found = streams_.find(number);
  return found == streams_.end() ? std::nullopt : std::optional(found->second);
}

void FfmpegStreamLog::take(std::string_view line) {
  input_.take(line);
  if (line.starts_with("Stream mapping:")) {
    mapping_ = true;
  } else if (mapping_ && line.starts_with("  ")) {
    take_mapping(trim(line));
  } else {
    mapping_ = false;
    // ffmpeg goes on to the output only after the whole mapping: a log that ends before it may lack some of it.
    if (line.starts_with("Output #0,")) complete_ = true;
  }
}

// "Stream #0:1 -> #0:1 (copy)". A filter graph's lines look otherwise: then nobody knows what went where.
void FfmpegStreamLog::take_mapping(std::string_view line) {
  constexpr std::string_view kStream = "Stream ";
  if (!line.starts_with(kStream)) {
    odd_ = true;
    return;
  }
  line.remove_prefix(kStream.size());
  const auto number = take_number(line);
  const auto stream = number ? input_.find(*number) : std::nullopt;
  if (!stream || !line.starts_with(" -> #0:")) {
    odd_ = true;
  } else if (stream->kind == Kind::kAudio) {
    kept_.audio.push_back(stream->index);
  } else if (stream->kind == Kind::kSubtitle) {
    kept_.subtitles.push_back(stream->index);
  }
}

std::optional<KeptStreams> FfmpegStreamLog::kept() const {
  if (!complete_ || odd_) return std::nullopt;
  return kept_;
}

void HandbrakeStreamLog::take(std::string_view line) {
  input_.take(line);
  const auto text = after_clock(line);
  if (!text) return;
  if (text->starts_with("job configuration:")) {
    job_ = true;
    odd_ = false;
    kept_ = {};
  } else if (text->starts_with("libhb: work result = 0")) {
    finished_ = true;
  } else if (job_) {
    take_job_line(*text);
  }
}

void HandbrakeStreamLog::take_job_line(std::string_view text) {
  const bool audio = text.starts_with("   + decoder: ");
  const bool subtitle = text.starts_with(" * subtitle track ");
  if (!audio && !subtitle) return;
  // "... -> Render/Burn-in" goes into the picture and is no stream of the output.
  if (subtitle && text.rfind(" -> Render/Burn-in") != std::string_view::npos) return;
  const auto kind = audio ? Kind::kAudio : Kind::kSubtitle;
  // The video's decoder has no "(track 1, id 0x1)".
  if (audio && text.rfind("(track ") == std::string_view::npos) return;
  const auto index = input_index(text, kind);
  if (!index) {
    odd_ = true;
  } else {
    (audio ? kept_.audio : kept_.subtitles).push_back(*index);
  }
}

// "(track 2, id 0x2": for a file HandBrake's id is libav's number of the stream.
std::optional<int> HandbrakeStreamLog::input_index(std::string_view text, Kind kind) const {
  constexpr std::string_view kId = ", id 0x";
  const auto at = text.rfind(kId);
  if (at == std::string_view::npos) return std::nullopt;
  int number = 0;
  std::size_t digits = 0;
  for (const char c : text.substr(at + kId.size())) {
    const bool decimal = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
    if ((!decimal && !letter) || digits == 6) break;
    number = number * 16 + (decimal ? c - '0' : c - 'a' + 10);
    ++digits;
  }
  const auto stream = digits == 0 ? std::nullopt : input_.find(number);
  if (!stream || stream->kind != kind) return std::nullopt;
  return stream->index;
}

std::optional<KeptStreams> HandbrakeStreamLog::kept() const {
  if (!finished_ || odd_) return std::nullopt;
  return kept_;
}

}  // namespace amphi
