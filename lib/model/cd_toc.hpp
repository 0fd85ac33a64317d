// The table of contents of an audio CD. Sectors are 1/75 s and 2,352 bytes, counted as MusicBrainz does: 150 of them
// lie before the first track's beginning at 00:02:00 (Red Book).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace amphi {

struct CdTrack {
  int number = 0;  // 1 to 99
  std::int64_t offset = 0;
  bool is_data = false;
  std::string title, performer;  // CD-Text; "" where there is none
  bool operator==(const CdTrack&) const = default;
};

struct CdToc {
  std::vector<CdTrack> tracks;  // by number, without gaps
  std::int64_t lead_out = 0;    // of the whole disc
  std::string title, performer;
  bool operator==(const CdToc&) const = default;
};

inline constexpr std::int64_t kCdLeadIn = 150, kCdSectorsPerSecond = 75, kCdSectorBytes = 2352;

// What a player of music sees: the tracks before a data track of a second session (Enhanced CD), their lead-out the
// 11,400 sectors earlier that the session's lead-out and lead-in take. A data track in front (mixed mode) is left out.
CdToc audio_session(const CdToc& whole);
// Where `track` of `toc.tracks` ends: the next track's beginning, or the lead-out.
std::int64_t end_of_track(const CdToc& toc, std::size_t track);

// "1 10 198592 150 15363 ...": first and last track, lead-out, each track's offset; the form of MusicBrainz. Throws
// kUsage saying which number is wrong.
CdToc parse_cd_toc(std::string_view text);
std::string to_text(const CdToc& toc);
// kUsage unless there are 1 to 99 tracks without gaps, in order, and a lead-out behind the last.
void demand_valid(const CdToc& toc);

void to_json(nlohmann::json& out, const CdToc& toc);
void from_json(const nlohmann::json& in, CdToc& toc);

}  // namespace amphi
