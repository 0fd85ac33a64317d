// Streams as makemkvcon tells people of them: [{"language": "eng", "codec": "DTS-HD MA", "channels": "7.1"}],
// [{"language": "eng", "format": "PGS"}].
#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "base/text.hpp"
#include "catalog/ancestor_track.hpp"
#include "model/language.hpp"

namespace amphi {
namespace {

using nlohmann::json;

// A name begins so, in letters and digits alone; the first that fits. What it says beyond the codec becomes the
// stream's name.
struct CodecWord {
  std::string_view beginning, codec;
};
constexpr std::array<CodecWord, 20> kCodecWords{{
    {"eac3", "eac3"},
    {"ddplus", "eac3"},
    {"ac3", "ac3"},
    {"dolbydigital", "ac3"},
    {"dd", "ac3"},
    {"truehd", "truehd"},
    {"atmos", "truehd"},
    {"mlp", "mlp"},
    {"dts", "dts"},
    {"lpcm", "pcm_dvd"},
    {"pcm", "pcm_dvd"},
    {"mp2", "mp2"},
    {"mpeg", "mp2"},
    {"aac", "aac"},
    {"flac", "flac"},
    {"pgs", "hdmv_pgs_subtitle"},
    {"hdmvpgs", "hdmv_pgs_subtitle"},
    {"vobsub", "dvd_subtitle"},
    {"dvdsub", "dvd_subtitle"},
    {"cc", "eia_608"},
}};

std::string letters_and_digits(std::string_view text) {
  std::string out;
  for (const char c : to_lower_ascii(text)) {
    if (std::isalnum(static_cast<unsigned char>(c))) out += c;
    if (c == '+') out += "plus";
  }
  return out;
}

template <class Stream>
void set_codec(Stream& stream, const std::string& said) {
  const auto word = letters_and_digits(said);
  const auto at = std::find_if(kCodecWords.begin(), kCodecWords.end(),
                               [&](const CodecWord& known) { return word.starts_with(known.beginning); });
  if (at == kCodecWords.end()) {
    stream.codec = to_lower_ascii(said);
    return;
  }
  stream.codec = at->codec;
  if (word != at->beginning) stream.name = said;
}

// 6, "6", "5.1", "stereo".
std::optional<int> channels_of(const json& value) {
  constexpr std::int64_t kMost = 64;
  const auto text = value.is_string() ? to_lower_ascii(trim(value.get_ref<const std::string&>())) : value.dump();
  if (text == "mono") return 1;
  if (text == "stereo") return 2;
  std::int64_t sum = 0;
  for (const auto& part : split(text, '.')) {
    const auto number = parse_int(part);
    if (!number || *number < 0 || *number > kMost) return std::nullopt;
    sum += *number;
  }
  return sum <= kMost ? std::optional(static_cast<int>(sum)) : std::nullopt;
}

void set_channels(AudioStream& stream, const RowReader& row, const char* field, const json& entry) {
  const auto value = entry.find("channels");
  if (value == entry.end() || value->is_null()) return;
  if (const auto channels = channels_of(*value)) {
    stream.channels = *channels;
  } else {
    row.complain(
        field,
        fmt::format("has a stream with odd channels: {}",
                    escape_controls(fit_to_width(value->dump(-1, ' ', false, json::error_handler_t::replace), 40))));
  }
}

std::string text_in(const json& entry, const char* name) {
  const auto value = entry.find(name);
  return value != entry.end() && value->is_string() ? value->get<std::string>() : std::string();
}

template <class Stream>
std::optional<std::vector<Stream>> streams(const RowReader& row, const char* field, const char* codec,
                                           void (*more)(Stream&, const RowReader&, const char*, const json&)) {
  const auto list = row.document(field);
  if (!list) return std::nullopt;
  if (!list->is_array()) {
    row.complain(field, "is no list of streams");
    return std::nullopt;
  }
  std::vector<Stream> found;
  for (const auto& entry : *list) {
    if (!entry.is_object()) {
      row.complain(field, "has a stream that is no object");
      continue;
    }
    Stream stream;
    stream.index = static_cast<int>(found.size());
    stream.language = iso639_2b(text_in(entry, "language"));
    set_codec(stream, text_in(entry, codec));
    if (more) more(stream, row, field, entry);
    found.push_back(std::move(stream));
  }
  return found;
}

}  // namespace

std::optional<std::vector<AudioStream>> audio_streams(const RowReader& row, const char* field) {
  return streams<AudioStream>(row, field, "codec", set_channels);
}

std::optional<std::vector<SubtitleStream>> subtitle_streams(const RowReader& row, const char* field) {
  return streams<SubtitleStream>(row, field, "format", nullptr);
}

}  // namespace amphi
