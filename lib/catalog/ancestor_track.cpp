#include "catalog/ancestor_track.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/makemkv_line.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kMostTitles = 99'999;
constexpr double kLongestSeconds = 10'000'000;

// Where the two say the same thing.
struct TrackFields {
  const char *number, *duration, *chapters, *type, *confidence, *score, *audio, *subtitles;
};
constexpr TrackFields kRowFields{
    "track_number",         "duration_seconds", "chapter_count",  "track_type", "classification_confidence",
    "classification_score", "audio_tracks",     "subtitle_tracks"};
constexpr TrackFields kScanFields{"number",     "duration", "chapters",      "classification",
                                  "confidence", "score",    "audio_streams", "subtitle_streams"};

using Word = std::pair<std::string_view, TrackType>;
// Words for types that are not amphi's own: those of its first versions, and singulars.
constexpr std::array<Word, 12> kOlderWords{{{"main", TrackType::kMainFeature},
                                            {"feature", TrackType::kMainFeature},
                                            {"movie", TrackType::kMainFeature},
                                            {"featurette", TrackType::kFeaturettes},
                                            {"deleted_scene", TrackType::kDeletedScenes},
                                            {"interview", TrackType::kInterviews},
                                            {"scene", TrackType::kScenes},
                                            {"short", TrackType::kShorts},
                                            {"trailer", TrackType::kTrailers},
                                            {"episodes", TrackType::kEpisode},
                                            {"extra", TrackType::kOther},
                                            {"extras", TrackType::kOther}}};

std::optional<TrackType> type_of_word(std::string word) {
  word = to_lower_ascii(trim(word));
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  if (const auto type = parse_track_type(word)) return type;
  const auto at = std::find_if(kOlderWords.begin(), kOlderWords.end(), [&](const Word& w) { return w.first == word; });
  return at != kOlderWords.end() ? std::optional(at->second) : std::nullopt;
}

std::optional<TrackType> type_in(const RowReader& row, const char* field) {
  const auto word = row.text(field);
  if (!word) return std::nullopt;
  const auto type = type_of_word(*word);
  if (!type) row.refuse(field, "is no type of track", *word);
  return type;
}

// Seconds, or h:mm:ss.
std::optional<double> duration_in(const RowReader& row, const char* field) {
  const auto text = row.text(field);
  if (!text) return std::nullopt;
  const bool is_clock = text->find(':') != std::string::npos;
  const auto seconds = is_clock ? parse_makemkv_duration(*text) : parse_double(trim(*text));
  if (seconds && *seconds >= 0 && *seconds <= kLongestSeconds) return seconds;
  row.refuse(field, "is no duration", *text);
  return std::nullopt;
}

std::optional<Resolution> resolution_in(const RowReader& row, const char* field) {
  const auto text = row.text(field);
  if (!text) return std::nullopt;
  constexpr std::int64_t kWidest = 100'000;
  const auto parts = split(to_lower_ascii(*text), 'x');
  const auto width = parse_int(trim(parts.front())), height = parse_int(trim(parts.back()));
  if (parts.size() == 2 && width && height && *width > 0 && *height > 0 && *width < kWidest && *height < kWidest)
    return Resolution{static_cast<int>(*width), static_cast<int>(*height)};
  row.refuse(field, "is no resolution", *text);
  return std::nullopt;
}

std::optional<std::string> confidence_in(const RowReader& row, const char* field) {
  auto word = row.text(field);
  if (!word || *word == "high" || *word == "medium" || *word == "low") return word;
  row.refuse(field, "is neither high, medium nor low", *word);
  return std::nullopt;
}

TrackFacts facts_in(const RowReader& row, const TrackFields& fields) {
  TrackFacts facts;
  facts.number = row.whole(fields.number, 0, kMostTitles);
  facts.name_of_ripper = row.text("makemkv_name");
  facts.segment_map = row.text("segment_map");
  facts.duration_seconds = duration_in(row, fields.duration);
  facts.size_bytes = row.whole("size_bytes", 0, std::numeric_limits<std::int64_t>::max());
  facts.chapter_count = row.whole(fields.chapters, 0, kMostTitles);
  facts.resolution = resolution_in(row, "resolution");
  facts.type = type_in(row, fields.type);
  facts.confidence = confidence_in(row, fields.confidence);
  facts.score = row.real(fields.score, 0, 1);
  facts.audio = audio_streams(row, fields.audio);
  facts.subtitles = subtitle_streams(row, fields.subtitles);
  return facts;
}

std::optional<std::int64_t> find_number(std::string_view name) {
  const auto stem = name.substr(0, name.rfind('.'));
  const auto at = stem.rfind("_t");
  if (at == std::string_view::npos) return std::nullopt;
  const auto number = parse_int(stem.substr(at + 2));
  return number && *number >= 0 && *number <= kMostTitles ? number : std::nullopt;
}

template <class T>
void fill(std::optional<T>& fact, const std::optional<T>& other) {
  if (!fact) fact = other;
}

}  // namespace

TrackFacts facts_of_row(const RowReader& row) {
  auto facts = facts_in(row, kRowFields);
  const auto original = row.text("original_name");
  if (facts.name_of_ripper) facts.number_in_name = find_number(*facts.name_of_ripper);
  if (original) fill(facts.number_in_name, find_number(*original));
  fill(facts.name_of_ripper, original);
  return facts;
}

TrackFacts facts_of_scan(const RowReader& entry) {
  return facts_in(entry, kScanFields);
}

void fill_in(TrackFacts& facts, const TrackFacts& others) {
  fill(facts.number, others.number);
  fill(facts.name_of_ripper, others.name_of_ripper);
  fill(facts.segment_map, others.segment_map);
  fill(facts.confidence, others.confidence);
  fill(facts.duration_seconds, others.duration_seconds);
  fill(facts.score, others.score);
  fill(facts.size_bytes, others.size_bytes);
  fill(facts.chapter_count, others.chapter_count);
  fill(facts.resolution, others.resolution);
  fill(facts.type, others.type);
  fill(facts.audio, others.audio);
  fill(facts.subtitles, others.subtitles);
}

}  // namespace amphi
