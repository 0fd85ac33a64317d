#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "base/text.hpp"
#include "disc/makemkv_log.hpp"
#include "disc/shared_identifiers.hpp"
#include "model/makemkv_line.hpp"

namespace amphi {

namespace {

using enum MakemkvAttribute;

constexpr std::int64_t kDvdDisc = 6206, kBlurayDisc = 6209, kHdDvdDisc = 6212;
constexpr std::int64_t kDriveBluray = 4, kDriveAacs = 8;
constexpr Resolution kUhd{3840, 2160};

std::string stem(const std::string& name) {
  return name.substr(0, name.rfind('.'));
}

// Names come from the disc: only what a reference is made of may pass.
bool is_plain(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; });
}

// A playlist's angles are titles of their own: the title's attribute says which, in some logs only the message does.
std::int64_t angle_of(const MakemkvLog& log, const MakemkvTitle& title, std::int64_t number) {
  const auto told = log.angles.find(number);
  const auto angle = title.attributes.number(kAngle);
  return angle > 0 || told == log.angles.end() ? angle : told->second;
}

// "00800.mpls" is mpls:00800, the original title 01 is dvd:1.
std::string reference_of(const MakemkvTitle& title, std::int64_t number, std::int64_t angle) {
  const auto& file = title.attributes.text(kSourceFile);
  const auto original = title.attributes.number(kOriginalTitle);
  const auto name = stem(file), type = file.size() > name.size() ? file.substr(name.size() + 1) : std::string();
  std::string reference = fmt::format("title:{}", number);
  if (is_plain(name) && is_plain(type)) {
    reference = fmt::format("{}:{}", to_lower_ascii(type), name);
  } else if (original > 0) {
    reference = fmt::format("dvd:{}", original);
  }
  return angle > 1 ? fmt::format("{}.angle{}", reference, angle) : reference;
}

ScannedTrack make_track(const MakemkvLog& log, std::int64_t number, const MakemkvTitle& title) {
  const auto& attributes = title.attributes;
  ScannedTrack track;
  track.number = static_cast<int>(number);
  track.reference = reference_of(title, number, angle_of(log, title, number));
  track.duration_seconds = parse_makemkv_duration(attributes.text(kDuration)).value_or(0);
  track.size_bytes = std::max<std::int64_t>(attributes.number(kSizeBytes), 0);
  track.chapter_count = static_cast<int>(std::clamp<std::int64_t>(attributes.number(kChapterCount), 0, 9999));
  track.segment_map = attributes.text(kSegmentMap);
  track.source_name = attributes.text(kSourceFile);
  track.ripper_note = attributes.text(kComment).empty() ? attributes.text(kTreeInfo) : attributes.text(kComment);
  set_makemkv_streams(track, title);
  return track;
}

// A title counts once its own lines are whole: a duration, and either a stream or another title after it.
bool is_certain(const MakemkvLog& log, std::int64_t number, const MakemkvTitle& title) {
  if (!title.attributes.has(kDuration)) return false;
  return !title.streams.empty() || number != log.titles.rbegin()->first;
}

// The log stops within the last title's streams: its last stream lacks what every other one ends with.
bool streams_cut_short(const MakemkvLog& log) {
  const MakemkvAttributes* last = nullptr;
  bool others_have_it = false;
  for (const auto& [number, title] : log.titles) {
    for (const auto& [index, stream] : title.streams) {
      others_have_it = others_have_it || stream.has(kConversion);
      last = &stream;
    }
  }
  return log.last_kind == 'S' && last != nullptr && others_have_it && !last->has(kConversion);
}

void add_tracks(ScannedDisc& disc, const MakemkvLog& log) {
  for (const auto& [number, title] : log.titles) {
    if (is_certain(log, number, title)) {
      disc.tracks.push_back(make_track(log, number, title));
    } else {
      disc.partial = true;
    }
  }
  const auto count = static_cast<std::int64_t>(disc.tracks.size());
  if (!log.title_count || *log.title_count > count) disc.partial = true;
  if (streams_cut_short(log)) disc.partial = true;
  if (disc.partial) {
    const auto expected = log.title_count ? std::to_string(*log.title_count) : std::string("unknown number of");
    disc.warnings.push_back(fmt::format("the log ends early: {} of {} titles are whole", count, expected));
  }
}

bool is_bluray(const ScannedDisc& disc, const MakemkvLog& log) {
  const auto type = log.disc.code(kType);
  if (type == kDvdDisc) return false;
  if (type == kBlurayDisc) return true;
  const bool has_playlist = std::any_of(disc.tracks.begin(), disc.tracks.end(), [](const ScannedTrack& track) {
    return track.source_name.find('.') != std::string::npos;
  });
  return has_playlist || (log.drive_flags & kDriveBluray) != 0;
}

// A UHD disc calls itself Blu-ray too; its pictures tell it.
DiscKind kind_of(const ScannedDisc& disc, const MakemkvLog& log) {
  if (!is_bluray(disc, log)) return DiscKind::kDvd;
  const bool uhd = std::any_of(disc.tracks.begin(), disc.tracks.end(),
                               [](const ScannedTrack& track) { return track.resolution == kUhd; });
  return uhd ? DiscKind::kUhd : DiscKind::kBluray;
}

bool is_hashed_name(const std::string& name) {
  const auto lower = to_lower_ascii(name);
  return lower.ends_with(".vob") || lower.ends_with(".ifo") || lower.ends_with(".bup") || lower.ends_with(".m2ts");
}

// The lines are numbered from 0 without gaps; a log that ends among them on a line's end shows only in what is missing:
// a clip that a title plays, or room for the largest title.
bool files_are_whole(const MakemkvLog& log, const ScannedDisc& disc) {
  if (log.files.empty() || (log.ends_in_a_line && log.last_kind == 'H')) return false;
  if (log.files.rbegin()->first + 1 != static_cast<std::int64_t>(log.files.size())) return false;
  std::set<std::string> names;
  std::int64_t total = 0, largest = 0;
  for (const auto& [index, file] : log.files) {
    names.insert(to_lower_ascii(file.name));
    total += file.size_bytes;
  }
  for (const auto& track : disc.tracks) {
    largest = std::max(largest, track.size_bytes);
    const auto source = to_lower_ascii(track.source_name);
    if (source.ends_with(".m2ts") && !names.contains(source)) return false;
  }
  return disc.kind != DiscKind::kDvd || total >= largest;
}

void add_content_hash(ScannedDisc& disc, const MakemkvLog& log) {
  if (log.files.empty()) return;
  if (!files_are_whole(log, disc)) {
    disc.partial = true;
    disc.warnings.emplace_back("the list of files ends early, so the disc has no content hash");
    return;
  }
  std::vector<NamedSize> files;
  for (const auto& [index, file] : log.files) {
    if (is_hashed_name(file.name)) files.push_back(file);
  }
  if (!files.empty()) disc.identifiers.push_back({"thediscdb-content-hash", make_content_hash(std::move(files))});
}

std::string label_of(const MakemkvLog& log) {
  const auto& label = log.disc.text(kVolumeName);
  return label.empty() ? log.disc.text(kName) : label;
}

void require_titles(const MakemkvLog& log) {
  if (log.disc.code(kType) == kHdDvdDisc) {
    throw Error(ErrorKind::kUsage, "the log is of an HD DVD, which amphi does not know",
                "give a log of a DVD or a Blu-ray");
  }
  if (!log.titles.empty() || log.disc.has(kType)) return;
  if (!log.errors.empty()) {
    throw Error(ErrorKind::kUsage, "the log is of a scan that failed: " + log.errors.back(),
                log.key_expired ? "renew makemkvcon's key, then scan the disc again" : "scan the disc again");
  }
  throw Error(ErrorKind::kUsage, "the text is no makemkvcon log: it names neither disc nor title",
              "save the output of `makemkvcon -r info dev:/dev/sr0`");
}

}  // namespace

ScannedDisc parse_makemkv_log(std::string_view text) {
  const auto log = gather_makemkv_log(text);
  require_titles(log);
  ScannedDisc disc;
  add_tracks(disc, log);
  disc.kind = kind_of(disc, log);
  disc.volume_label = std::string(trim(label_of(log)));
  disc.encrypted = (log.drive_flags & kDriveAacs) != 0;
  disc.provisional = true;
  disc.fingerprint = make_provisional_fingerprint(disc.tracks);
  disc.identifiers.push_back({"amphi", disc.fingerprint});
  add_content_hash(disc, log);
  disc.source.kind = SourceKind::kLog;
  return disc;
}

}  // namespace amphi
