#include "disc/cue_sheet.hpp"

#include <optional>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kLongestTime = 100 * 60 * 75;  // sectors

// MM:SS:FF, 75 frames a second.
std::optional<std::int64_t> sectors_of(std::string_view text) {
  const auto parts = split(text, ':');
  if (parts.size() != 3) return std::nullopt;
  const auto minutes = parse_int(parts[0]), seconds = parse_int(parts[1]), frames = parse_int(parts[2]);
  if (!minutes || !seconds || !frames || *minutes < 0 || *minutes > 99 || *seconds < 0 || *seconds > 59 ||
      *frames < 0 || *frames > 74)
    return std::nullopt;
  return (*minutes * 60 + *seconds) * kCdSectorsPerSecond + *frames;
}

class CueParser {
 public:
  CueSheet parse(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    for (const auto& line : split(text, '\n')) {
      ++line_;
      take(trim(line));
    }
    if (sheet_.tracks.empty()) bad("there is no track in it");
    for (const auto& track : sheet_.tracks)
      if (track.music < 0) bad(fmt::format("track {} has no INDEX 01", track.number));
    return std::move(sheet_);
  }

 private:
  [[noreturn]] void bad(const std::string& why) const {
    throw Error(ErrorKind::kUsage, fmt::format("line {} of the cue sheet: {}", line_, why),
                "write the image and its cue sheet again");
  }

  void take(std::string_view line) {
    rest_ = line;
    const auto command = to_upper_ascii(word());
    if (command == "FILE") {
      take_file();
    } else if (command == "TRACK") {
      take_track();
    } else if (command == "INDEX") {
      take_index();
    } else if (command == "PREGAP") {
      track().silence += time();
    } else if (command == "TITLE") {
      (sheet_.tracks.empty() ? sheet_.title : sheet_.tracks.back().title) = words();
    } else if (command == "PERFORMER") {
      (sheet_.tracks.empty() ? sheet_.performer : sheet_.tracks.back().performer) = words();
    }  // the rest (REM, ISRC, FLAGS, CATALOG, POSTGAP ...) says nothing about where tracks lie
  }

  void take_file() {
    const auto name = word();
    const auto type = to_upper_ascii(word());
    if (name.empty()) bad("FILE without a name");
    if (type != "BINARY" && type != "MOTOROLA" && type != "WAVE")
      bad(fmt::format("files of type {} cannot be read", type.empty() ? "''" : escape_controls(to_valid_utf8(type))));
    sheet_.files.push_back({name, type == "WAVE", type == "MOTOROLA"});
  }

  void take_track() {
    const auto number = parse_int(word());
    const auto mode = to_upper_ascii(word());
    if (!number || *number < 1 || *number > 99) bad("TRACK without a number from 1 to 99");
    if (sheet_.files.empty()) bad("TRACK before FILE");
    CueTrack next;
    next.number = static_cast<int>(*number);
    next.file = sheet_.files.size() - 1;
    next.is_data = mode != "AUDIO";
    next.begin = next.music = -1;
    const auto slash = mode.find('/');
    const auto bytes = slash == std::string::npos ? std::optional<std::int64_t>(kCdSectorBytes)
                                                  : parse_int(std::string_view(mode).substr(slash + 1));
    if (!bytes || (*bytes != 2048 && *bytes != 2324 && *bytes != 2336 && *bytes != 2352 && *bytes != 2448))
      bad(fmt::format("tracks of mode {} are not known", escape_controls(to_valid_utf8(mode))));
    next.sector_bytes = static_cast<int>(*bytes);
    sheet_.tracks.push_back(std::move(next));
  }

  void take_index() {
    const auto number = parse_int(word());
    const auto at = time();
    if (!number || *number < 0 || *number > 99) bad("INDEX without a number");
    auto& current = track();
    if (current.begin < 0) {
      current.begin = at;
      current.file = sheet_.files.size() - 1;  // a track may begin at the end of the file before
    }
    if (*number == 1) {
      current.music = at;
      current.file = sheet_.files.size() - 1;
      if (current.music < current.begin) current.begin = at;
    }
  }

  CueTrack& track() {
    if (sheet_.tracks.empty()) bad("this must stand in a TRACK");
    return sheet_.tracks.back();
  }

  std::int64_t time() {
    const auto text = word();
    const auto sectors = sectors_of(text);
    if (!sectors || *sectors > kLongestTime)
      bad(fmt::format("'{}' is no time (MM:SS:FF)", escape_controls(to_valid_utf8(text))));
    return *sectors;
  }

  // The next word, or what stands between quotes.
  std::string word() {
    rest_ = trim(rest_);
    if (rest_.starts_with('"')) {
      const auto end = rest_.find('"', 1);
      auto quoted = std::string(rest_.substr(1, end == std::string_view::npos ? end : end - 1));
      rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
      return quoted;
    }
    const auto end = std::min(rest_.find_first_of(" \t"), rest_.size());
    auto plain = std::string(rest_.substr(0, end));
    rest_ = rest_.substr(end);
    return plain;
  }

  std::string words() {
    const auto text = trim(rest_);
    return to_valid_utf8(text.starts_with('"') ? word() : std::string(text));
  }

  CueSheet sheet_;
  std::string_view rest_;
  int line_ = 0;
};

// The tracks of one file lie one behind the other, each in sectors of its own size.
std::int64_t sectors_in(const CueSheet& sheet, std::size_t file, std::int64_t bytes) {
  std::int64_t sectors = 0;
  const CueTrack* last = nullptr;
  for (const auto& track : sheet.tracks) {
    if (track.file != file) continue;
    if (last != nullptr) {
      bytes -= (track.begin - sectors) * last->sector_bytes;
      sectors = track.begin;
    }
    last = &track;
  }
  if (last == nullptr) return bytes / kCdSectorBytes;
  return bytes < 0 ? -1 : sectors + bytes / last->sector_bytes;
}

}  // namespace

CueSheet parse_cue_sheet(std::string_view text) {
  return CueParser().parse(text);
}

CdToc make_toc(const CueSheet& sheet, const std::vector<std::int64_t>& payload_bytes) {
  CdToc toc;
  toc.title = sheet.title;
  toc.performer = sheet.performer;
  std::vector<std::int64_t> begins;
  std::int64_t at = kCdLeadIn;
  for (std::size_t file = 0; file < sheet.files.size(); ++file) {
    begins.push_back(at);
    const auto sectors = sectors_in(sheet, file, payload_bytes.at(file));
    if (sectors < 0)
      throw Error(ErrorKind::kUsage,
                  fmt::format("{} is shorter than its tracks", escape_controls(to_valid_utf8(sheet.files[file].name))),
                  "the image is incomplete; copy the disc again");
    at += sectors;
  }
  std::int64_t silence = 0;
  for (const auto& track : sheet.tracks) {
    silence += track.silence;
    toc.tracks.push_back(
        {track.number, begins[track.file] + track.music + silence, track.is_data, track.title, track.performer});
  }
  toc.lead_out = at + silence;
  demand_valid(toc);
  return toc;
}

std::vector<CueRun> runs_of(const CueSheet& sheet, const std::vector<std::int64_t>& payload_bytes) {
  std::vector<CueRun> runs;
  std::int64_t begin = 0;  // bytes, of this track in its file
  for (std::size_t i = 0; i < sheet.tracks.size(); ++i) {
    const auto& track = sheet.tracks[i];
    const bool is_first = i == 0 || sheet.tracks[i - 1].file != track.file;
    const bool is_last = i + 1 == sheet.tracks.size() || sheet.tracks[i + 1].file != track.file;
    if (is_first) begin = 0;
    const auto from = is_first ? 0 : track.begin;
    const auto sectors =
        is_last ? (payload_bytes.at(track.file) - begin) / track.sector_bytes : sheet.tracks[i + 1].begin - from;
    if (track.silence > 0) runs.push_back({track.silence, std::nullopt, 0, kCdSectorBytes});
    runs.push_back({sectors, track.file, begin, track.sector_bytes});
    begin += sectors * track.sector_bytes;
  }
  return runs;
}

}  // namespace amphi
