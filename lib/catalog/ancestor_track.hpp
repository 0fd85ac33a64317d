// What the ancestor knows of a track, in a row of `tracks` or in an entry of a disc's scan_data. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amphi/stage.hpp"
#include "amphi/track.hpp"
#include "catalog/ancestor_row.hpp"

namespace amphi {

// What both can say. Absent: not said.
struct TrackFacts {
  std::optional<std::int64_t> number;
  std::optional<std::int64_t> number_in_name;  // that makemkvcon put into its output's: "title_t03.mkv"
  std::optional<std::string> name_of_ripper;   // "title_t03.mkv", "B1_t03.mkv"
  std::optional<std::string> segment_map, confidence;
  std::optional<double> duration_seconds, score;
  std::optional<std::int64_t> size_bytes, chapter_count;
  std::optional<Resolution> resolution;
  std::optional<TrackType> type;
  std::optional<std::vector<AudioStream>> audio;
  std::optional<std::vector<SubtitleStream>> subtitles;
};

TrackFacts facts_of_row(const RowReader& row);
TrackFacts facts_of_scan(const RowReader& entry);
// What `facts` does not say, as `others` say it.
void fill_in(TrackFacts& facts, const TrackFacts& others);

// Absent where it is none; what cannot be read of a stream is noted.
std::optional<std::vector<AudioStream>> audio_streams(const RowReader& row, const char* field);
std::optional<std::vector<SubtitleStream>> subtitle_streams(const RowReader& row, const char* field);

}  // namespace amphi
