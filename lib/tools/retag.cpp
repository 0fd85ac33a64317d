#include "tools/retag.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/language.hpp"

namespace amphi {
namespace {

// XML 1.0 has no way to write most control characters, not even escaped.
bool xml_can_carry(unsigned char c) {
  return c >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

std::string xml_escape(std::string_view text) {
  std::string out;
  const auto valid = to_valid_utf8(text);
  for (std::size_t at = 0; at < valid.size(); ++at) {
    const char c = valid[at];
    const auto rest = std::string_view(valid).substr(at);
    if (rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf")) {  // U+FFFE, U+FFFF: no characters
      at += 2;
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (xml_can_carry(static_cast<unsigned char>(c))) {
      out += c;
    }
  }
  return out;
}

// One line without control characters: a player shows it in a menu.
std::string one_line(std::string_view text) {
  auto valid = to_valid_utf8(text);
  for (char& c : valid) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return std::string(trim(valid));
}

std::string chapter_time(double seconds) {
  const auto ns = static_cast<std::int64_t>(std::llround(seconds * 1e9));
  const auto whole = ns / 1'000'000'000;
  return fmt::format("{:02}:{:02}:{:02}.{:09}", whole / 3600, whole / 60 % 60, whole % 60, ns % 1'000'000'000);
}

void set(std::vector<std::string>& out, std::string_view name, std::string_view value) {
  out.emplace_back("--set");
  out.push_back(fmt::format("{}={}", name, value));
}

// What an output stream is to be. An input encoded twice (surround and stereo) is the default once only.
struct Wanted {
  std::size_t output = 0;  // place among its kind
  std::string language, name;
  StreamFlags flags;
};

template <class Stream>
std::vector<Wanted> wanted_streams(const std::vector<Stream>& streams, const std::vector<int>& kept) {
  std::vector<Wanted> all;
  std::set<int> seen;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const auto index = kept[i];
    if (index < 0 || static_cast<std::size_t>(index) >= streams.size()) continue;
    const auto& stream = streams[static_cast<std::size_t>(index)];
    all.push_back({i, iso639_2b(stream.language), one_line(stream.name), stream.flags});
    if (!seen.insert(index).second) all.back().flags.is_default = false;
  }
  return all;
}

// `kind` is mkvpropedit's: "a", "s".
void edit_streams(std::vector<std::string>& out, const char* kind, const std::vector<Wanted>& streams) {
  const auto flag = [](bool on) { return on ? "1" : "0"; };
  for (const auto& stream : streams) {
    out.insert(out.end(), {"--edit", fmt::format("track:{}{}", kind, stream.output + 1)});
    set(out, "language", stream.language);
    if (stream.name.empty()) {
      out.insert(out.end(), {"--delete", "name"});  // HandBrake invents "Stereo"
    } else {
      set(out, "name", stream.name);
    }
    set(out, "flag-default", flag(stream.flags.is_default));
    set(out, "flag-forced", flag(stream.flags.forced));
    set(out, "flag-commentary", flag(stream.flags.commentary));
    set(out, "flag-hearing-impaired", flag(stream.flags.hearing_impaired));
    set(out, "flag-visual-impaired", flag(stream.flags.visual_impaired));
  }
}

bool are_there(const std::vector<Wanted>& wanted, const std::string& type, const ProbeResult& found) {
  std::vector<const ProbedStream*> there;
  for (const auto& stream : found.streams)
    if (stream.type == type) there.push_back(&stream);
  return std::all_of(wanted.begin(), wanted.end(), [&](const Wanted& stream) {
    return stream.output < there.size() && there[stream.output]->language == stream.language &&
           there[stream.output]->title == stream.name && there[stream.output]->flags == stream.flags;
  });
}

// An encoder that copies chapters copies their times; one that makes its own is a picture or more off.
bool same_chapters(const std::vector<double>& wanted, const std::vector<double>& found) {
  constexpr double kAlike = 0.02;  // seconds
  return std::equal(wanted.begin(), wanted.end(), found.begin(), found.end(),
                    [](double a, double b) { return std::abs(a - b) < kAlike; });
}

bool has_tags(const std::vector<std::pair<std::string, std::string>>& wanted, const ProbeResult& found) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& tag) {
    return std::any_of(found.tags.begin(), found.tags.end(), [&](const auto& there) {
      return to_lower_ascii(there.first) == to_lower_ascii(tag.first) && there.second == tag.second;
    });
  });
}

}  // namespace

bool is_tagged(const StepSpec& spec, const KeptStreams& kept, const ProbeResult& found) {
  return are_there(wanted_streams(spec.track.audio, kept.audio), "audio", found) &&
         are_there(wanted_streams(spec.track.subtitles, kept.subtitles), "subtitle", found) &&
         same_chapters(spec.track.chapters, found.chapters) && has_tags(spec.tags, found);
}

std::vector<std::string> retag_arguments(const StepSpec& spec, const KeptStreams& kept, const std::string& file,
                                         const std::string& chapters_file, const std::string& tags_file) {
  std::vector<std::string> edits;
  if (!chapters_file.empty()) edits.insert(edits.end(), {"--chapters", chapters_file});
  if (!tags_file.empty()) edits.insert(edits.end(), {"--tags", "global:" + tags_file});
  for (const auto& [name, value] : spec.tags) {
    const auto title = one_line(value);
    if (name != "TITLE" || title.empty()) continue;
    edits.insert(edits.end(), {"--edit", "info"});
    set(edits, "title", title);
  }
  edit_streams(edits, "a", wanted_streams(spec.track.audio, kept.audio));
  edit_streams(edits, "s", wanted_streams(spec.track.subtitles, kept.subtitles));
  if (!edits.empty()) edits.insert(edits.begin(), {"mkvpropedit", file});
  return edits;
}

std::string matroska_tags_xml(const std::vector<std::pair<std::string, std::string>>& tags) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Tags>\n";
  out += "  <Tag>\n    <Targets><TargetTypeValue>50</TargetTypeValue></Targets>\n";
  for (const auto& [name, value] : tags) {
    out +=
        fmt::format("    <Simple><Name>{}</Name><String>{}</String></Simple>\n", xml_escape(name), xml_escape(value));
  }
  return out + "  </Tag>\n</Tags>\n";
}

std::string matroska_chapters_xml(const std::vector<double>& starts, double duration_seconds) {
  std::vector<double> times;
  for (const double at : starts) {
    if (std::isfinite(at) && at >= 0 && at < duration_seconds) times.push_back(at);
  }
  std::sort(times.begin(), times.end());
  // Numbers of our own: mkvpropedit's are by chance, and files of the same content must be the same.
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Chapters>\n  <EditionEntry><EditionUID>1</EditionUID>\n";
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double end = i + 1 < times.size() ? times[i + 1] : duration_seconds;
    out += fmt::format(
        "    "
        "<ChapterAtom><ChapterUID>{2}</ChapterUID><ChapterTimeStart>{0}</ChapterTimeStart><ChapterTimeEnd>{1}</"
        "ChapterTimeEnd>"
        "<ChapterDisplay><ChapterString>Chapter "
        "{2}</ChapterString><ChapterLanguage>eng</ChapterLanguage></ChapterDisplay>"
        "</ChapterAtom>\n",
        chapter_time(times[i]), chapter_time(end), i + 1);
  }
  return out + "  </EditionEntry>\n</Chapters>\n";
}

ToolVerdict retag_verdict(const ChildExit& exit, const std::string& printed) {
  constexpr int kWarning = 1;
  if (!exit.signalled && exit.code <= kWarning) return {true, {}, "", ""};
  std::string why;
  for (const auto& line : split(printed, '\n')) {
    const auto text = trim(line);
    if (!text.empty()) why = text;  // the last line says it
  }
  const bool full = printed.find("No space left") != std::string::npos;
  return {false, full ? Cause::kSpace : Cause::kOther,
          "mkvpropedit could not write the file's properties: " + escape_controls(why),
          full ? "free some space where the file is made" : "see the step's log"};
}

}  // namespace amphi
