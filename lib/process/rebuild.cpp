// `catalog rebuild`: discs and tracks from what their artifacts tell. What only a disc knows comes back when it is
// scanned again: its tracks are matched by reference, and nothing that was found is lost.
#include "process/rebuild.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "amphi/classify.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "process/findings.hpp"
#include "process/folders.hpp"
#include "tools/worker.hpp"

namespace amphi {
namespace {

// The findings of one track, by stage, and what the media of the earliest says.
struct FoundTrack {
  PerStage<std::optional<Finding>> stages;
  ScannedTrack scanned;
  std::string title, year, imdb_id, tmdb_id, album, artist;  // tags

  const Finding& best() const {
    for (const Stage stage : kStages)
      if (stages[stage]) return *stages[stage];
    throw Error(ErrorKind::kUnexpected, "a track without an artifact was found");
  }
};
using FoundDisc = std::map<std::string, FoundTrack>;  // by reference

std::map<std::string, FoundDisc> by_disc(std::vector<Finding> findings) {
  std::map<std::string, FoundDisc> discs;
  for (auto& finding : findings) {
    auto& there = discs[finding.receipt.fingerprint][finding.receipt.reference].stages[finding.receipt.stage];
    // Two files of one stage: the receipt's word counts more than tags, the later more than the earlier.
    if (there && std::pair(!there->unverified, there->receipt.created_at) >=
                     std::pair(!finding.unverified, finding.receipt.created_at))
      continue;
    there = std::move(finding);
  }
  return discs;
}

int number_of(const std::string& reference) {
  const auto colon = reference.rfind(':');
  const auto number = colon == std::string::npos ? std::nullopt : parse_int(reference.substr(colon + 1));
  return number && *number > 0 && *number < 100'000 ? static_cast<int>(*number) : 0;
}

void take_probe(FoundTrack& track, const ProbeResult& probe) {
  auto& scanned = track.scanned;
  scanned.chapters = probe.chapters;
  scanned.chapter_count = static_cast<int>(probe.chapters.size());
  for (const auto& stream : probe.streams)
    if (stream.type == "video" && !scanned.resolution) scanned.resolution = Resolution{stream.width, stream.height};
  take_probed_streams(scanned, probe);
  track.title = tag_of(probe, "TITLE");
  track.year = tag_of(probe, "DATE_RELEASED");
  track.album = tag_of(probe, "ALBUM");
  track.artist = tag_of(probe, "ARTIST");
  if (track.year.empty()) track.year = tag_of(probe, "DATE");
  track.imdb_id = tag_of(probe, "IMDB");
  track.tmdb_id = tag_of(probe, "TMDB");
}

// Of a file that is damaged, the receipt knows the facts, and another stage's file the rest.
void ask_media(FoundTrack& track, const auto& tell) {
  for (const Stage stage : kStages) {
    if (!track.stages[stage]) continue;
    try {
      return take_probe(track, probe_file(track.stages[stage]->receipt.path));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kUnavailable) throw;
      tell(error.message());
    }
  }
}

void describe(FoundTrack& track, const auto& tell) {
  const auto& receipt = track.best().receipt;
  auto& scanned = track.scanned;
  scanned.reference = receipt.reference;
  scanned.number = number_of(receipt.reference);
  scanned.duration_seconds = receipt.media.duration_seconds;
  scanned.size_bytes = receipt.size_bytes;
  scanned.source_name = receipt.reference;
  ask_media(track, tell);
}

DiscKind kind_of(const std::string& fingerprint) {
  if (fingerprint.starts_with("br-")) return DiscKind::kBluray;
  if (fingerprint.starts_with("uhd-")) return DiscKind::kUhd;
  return fingerprint.starts_with("cd-") ? DiscKind::kCd : DiscKind::kDvd;
}

// Rips and transcodes lie in a folder "<label>-<short fingerprint>".
std::string label_of(const std::string& fingerprint, const FoundDisc& disc) {
  const auto end = "-" + short_fingerprint(fingerprint);
  for (const auto& [reference, track] : disc)
    for (const Stage stage : {Stage::kRip, Stage::kTranscode}) {
      if (!track.stages[stage]) continue;
      const auto folder = base_of(folder_of(track.stages[stage]->receipt.path));
      if (folder.ends_with(end)) return folder.substr(0, folder.size() - end.size());
    }
  return "";
}

ScannedDisc scanned_of(const std::string& fingerprint, const FoundDisc& found) {
  ScannedDisc disc;
  disc.kind = kind_of(fingerprint);
  disc.fingerprint = fingerprint;
  disc.volume_label = label_of(fingerprint, found);
  disc.identifiers = {{"amphi", fingerprint}};
  for (const auto& [reference, track] : found) disc.tracks.push_back(track.scanned);
  std::sort(disc.tracks.begin(), disc.tracks.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  return disc;
}

// A track that has no name of its own carries the disc's title; the longest one most likely has none.
const FoundTrack& main_track(const FoundDisc& disc) {
  return std::max_element(disc.begin(), disc.end(),
                          [](const auto& a, const auto& b) {
                            return a.second.scanned.duration_seconds < b.second.scanned.duration_seconds;
                          })
      ->second;
}

void set_if(DiscChange& change, const char* field, const std::string& value, const auto& tell) {
  if (value.empty()) return;
  try {
    set_disc_field(change, field, value);
  } catch (const Error& error) {
    tell(error.message());  // somebody edited the tags
  }
}

Edit edits_of(const FoundDisc& found, const DiscRecord& record, const auto& tell) {
  const auto& main = main_track(found);
  const auto& title = main.album.empty() ? main.title : main.album;
  Edit edit;
  set_if(edit.disc, "title", title, tell);
  set_if(edit.disc, "show_name", main.artist, tell);
  set_if(edit.disc, "year", main.year, tell);
  set_if(edit.disc, "imdb_id", main.imdb_id, tell);
  set_if(edit.disc, "tmdb_id", main.tmdb_id, tell);
  for (const auto& track : record.tracks) {
    const auto at = found.find(track.scanned.reference);
    if (at == found.end() || at->second.title.empty() || at->second.title == title) continue;
    TrackChange change;
    change.id = track.id;
    change.track_name = at->second.title;
    edit.tracks.push_back(std::move(change));
  }
  return edit;
}

bool is_edited(const DiscRecord& record) {
  return record.disc.edits != DiscEdits{} || std::any_of(record.tracks.begin(), record.tracks.end(),
                                                         [](const auto& track) { return track.edits != TrackEdits{}; });
}

class Rebuild {
 public:
  Rebuild(Catalog& catalog, const Config& config, const std::function<void(const std::string&)>& tell)
      : catalog_(catalog), folders_(catalog, config), config_(config), tell_(tell) {}

  RebuildSummary run() {
    for (auto& [fingerprint, found] : by_disc(find_artifacts(folders_, config_, tell_))) take(fingerprint, found);
    return summary_;
  }

 private:
  void take(const std::string& fingerprint, FoundDisc& found) {
    const auto disc = disc_for(fingerprint, found);
    const auto record = catalog_.load_disc(disc);
    std::set<std::string> known;
    for (std::size_t i = 0; i < record.tracks.size(); ++i) {
      const auto at = found.find(record.tracks[i].scanned.reference);
      if (at == found.end()) continue;
      known.insert(at->first);
      for (const Stage stage : kStages)
        if (at->second.stages[stage] && !record.artifacts[i][stage])
          put(record.tracks[i].id, *at->second.stages[stage]);
    }
    tell_unknown(found, known);
  }

  void tell_unknown(const FoundDisc& found, const std::set<std::string>& known) {
    for (const auto& [reference, track] : found)
      if (!known.contains(reference))
        tell_(fmt::format("{} is of the track {}, which the catalog does not know: scan its disc again",
                          track.best().receipt.path, reference));
  }

  DiscId disc_for(const std::string& fingerprint, FoundDisc& found) {
    ScannedDisc asked;
    asked.fingerprint = fingerprint;
    asked.identifiers = {{"amphi", fingerprint}};
    const auto known = catalog_.find_by_identifiers(asked);
    // One without edits may be what a rebuild stored that ended before it edited it.
    if (known && is_edited(catalog_.load_disc(*known))) return *known;
    for (auto& [reference, track] : found) describe(track, tell_);
    const auto disc = known ? *known : store(fingerprint, found);
    catalog_.apply_edit(disc, edits_of(found, catalog_.load_disc(disc), tell_));
    return disc;
  }

  DiscId store(const std::string& fingerprint, const FoundDisc& found) {
    const auto scanned = scanned_of(fingerprint, found);
    ++summary_.discs;
    return catalog_.store_scan(scanned, classify(scanned)).disc_id;
  }

  void put(TrackId track, const Finding& finding) {
    try {
      folders_.know(finding.receipt.root);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kUnavailable) throw;
      return tell_(fmt::format("{} is not recorded: {}", finding.receipt.path, error.message()));
    }
    catalog_.put_artifact(track, Artifact{track, finding.receipt, false, finding.unverified});
    ++(finding.unverified ? summary_.unverified : summary_.artifacts);
  }

  Catalog& catalog_;
  Folders folders_;
  const Config& config_;
  const std::function<void(const std::string&)>& tell_;
  RebuildSummary summary_;
};

}  // namespace

RebuildSummary rebuild(Catalog& catalog, const Config& config, const std::function<void(const std::string&)>& tell) {
  find_worker(kMediaWorker);  // without it no file tells anything
  return Rebuild(catalog, config, tell).run();
}

}  // namespace amphi
