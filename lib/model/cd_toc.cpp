#include "model/cd_toc.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "model/json_reader.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kBetweenSessions = 11'400;
constexpr std::int64_t kLongest = 100 * 60 * 75;  // sectors: no CD holds 100 minutes
constexpr int kMostTracks = 99;

[[noreturn]] void throw_bad(const std::string& why) {
  throw Error(ErrorKind::kUsage, "this is no table of contents: " + why,
              "give first and last track, lead-out and each track's offset: toc:1 3 2625 150 750 1575");
}

std::vector<std::int64_t> numbers_in(std::string_view text) {
  std::vector<std::int64_t> numbers;
  for (const auto& word : split(text, ' ')) {
    if (word.empty()) continue;
    const auto number = parse_int(word);
    if (!number || *number < 0 || *number > kLongest)
      throw_bad(fmt::format("'{}' is no offset", escape_controls(word)));
    numbers.push_back(*number);
  }
  return numbers;
}

nlohmann::json track_json(const CdTrack& track) {
  return {{"number", track.number},
          {"offset", track.offset},
          {"data", track.is_data},
          {"title", track.title},
          {"performer", track.performer}};
}

CdTrack track_of(const nlohmann::json& in) {
  const JsonReader read(in, "track of a CD");
  CdTrack track;
  read.need("number", track.number);
  read.need("offset", track.offset);
  read.need("data", track.is_data);
  read.take("title", track.title);
  read.take("performer", track.performer);
  return track;
}

}  // namespace

std::int64_t end_of_track(const CdToc& toc, std::size_t track) {
  return track + 1 < toc.tracks.size() ? toc.tracks[track + 1].offset : toc.lead_out;
}

CdToc audio_session(const CdToc& whole) {
  CdToc audio = whole;
  audio.tracks.clear();
  for (std::size_t i = 0; i < whole.tracks.size(); ++i) {
    const auto& track = whole.tracks[i];
    if (!track.is_data) {
      audio.tracks.push_back(track);
    } else if (!audio.tracks.empty()) {
      audio.lead_out = track.offset - kBetweenSessions;
      break;
    }
  }
  return audio;
}

void demand_valid(const CdToc& toc) {
  if (toc.tracks.empty()) throw_bad("there is no track in it");
  if (toc.tracks.size() > kMostTracks) throw_bad(fmt::format("it has {} tracks", toc.tracks.size()));
  for (std::size_t i = 0; i < toc.tracks.size(); ++i) {
    const auto& track = toc.tracks[i];
    if (track.number != toc.tracks[0].number + static_cast<int>(i) || track.number < 1 || track.number > kMostTracks)
      throw_bad(fmt::format("track {} is out of order", track.number));
    if (track.offset < kCdLeadIn || end_of_track(toc, i) <= track.offset)
      throw_bad(fmt::format("track {} begins at {} and ends at {}", track.number, track.offset, end_of_track(toc, i)));
  }
  if (toc.lead_out > kLongest) throw_bad(fmt::format("its lead-out is {}", toc.lead_out));
}

CdToc parse_cd_toc(std::string_view text) {
  const auto numbers = numbers_in(text);
  if (numbers.size() < 4) throw_bad("it needs four numbers at least");
  const auto first = numbers[0], last = numbers[1];
  if (first < 1 || last < first || last > kMostTracks) throw_bad(fmt::format("tracks {} to {}", first, last));
  if (static_cast<std::int64_t>(numbers.size()) != 3 + last - first + 1)
    throw_bad(
        fmt::format("tracks {} to {} need {} offsets, not {}", first, last, last - first + 1, numbers.size() - 3));
  CdToc toc;
  toc.lead_out = numbers[2];
  for (std::size_t i = 3; i < numbers.size(); ++i)
    toc.tracks.push_back({static_cast<int>(first) + static_cast<int>(i) - 3, numbers[i], false, "", ""});
  demand_valid(toc);
  return toc;
}

std::string to_text(const CdToc& toc) {
  if (toc.tracks.empty()) return "";
  auto text = fmt::format("{} {} {}", toc.tracks.front().number, toc.tracks.back().number, toc.lead_out);
  for (const auto& track : toc.tracks) text += fmt::format(" {}", track.offset);
  return text;
}

void to_json(nlohmann::json& out, const CdToc& toc) {
  auto tracks = nlohmann::json::array();
  for (const auto& track : toc.tracks) tracks.push_back(track_json(track));
  out = {{"tracks", std::move(tracks)}, {"lead_out", toc.lead_out}, {"title", toc.title}, {"performer", toc.performer}};
}

void from_json(const nlohmann::json& in, CdToc& toc) {
  const JsonReader read(in, "table of contents");
  const auto& tracks = read.part("tracks");
  if (!tracks.is_array()) throw Error(ErrorKind::kUsage, "table of contents: the field 'tracks' has the wrong type");
  for (const auto& track : tracks) toc.tracks.push_back(track_of(track));
  read.need("lead_out", toc.lead_out);
  read.take("title", toc.title);
  read.take("performer", toc.performer);
}

}  // namespace amphi
