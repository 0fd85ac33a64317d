// `cleanup`: disc by disc, so that a large catalog is never held. Each track is looked at again under its lock before
// anything of it is deleted.
#include <sys/stat.h>

#include <fmt/format.h>

#include "amphi/cleanup.hpp"
#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "amphi/verify.hpp"
#include "base/clock.hpp"
#include "process/deletion.hpp"
#include "process/locks.hpp"
#include "process/survey.hpp"

namespace amphi {
namespace {

std::optional<FileName> name_on_disk(const StageSnapshot& stage, Stage which) {
  struct stat info {};
  if (!stage.receipt || ::lstat(stage.receipt->path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  return FileName{info.st_dev, info.st_ino, info.st_nlink, info.st_size, which};
}

std::vector<FileName> deletable(const TrackSnapshot& track, const CleanupPolicy& policy) {
  const auto library = name_on_disk(track.stages[Stage::kInsert], Stage::kInsert);
  if (!library) return {};
  std::vector<FileName> names;
  for (const Stage stage : superfluous_stages(track, policy))
    if (const auto name = name_on_disk(track.stages[stage], stage)) names.push_back(*name);
  return worth_deleting(names, *library);
}

CleanupItem item_of(const TrackSnapshot& track, const FileName& name) {
  CleanupItem item;
  item.track = track.id;
  item.disc = track.disc_id;
  item.disc_name = track.disc_name;
  item.track_number = track.number;
  item.stage = name.stage;
  item.path = track.stages[name.stage].receipt->path;
  item.size_bytes = name.bytes;
  return item;
}

class Cleaner {
 public:
  Cleaner(Catalog& catalog, const Config& config, const CleanupOptions& options, const TakeCleaned& take)
      : catalog_(catalog), config_(config), options_(options), take_(take), survey_(catalog, config) {}

  void run() {
    before_ = clean_before(options_.policy.keep_bytes > 0 ? all_freeable() : std::vector<Freeable>{}, options_.policy,
                           system_now());
    each_track([&](const TrackSnapshot& track) { clean(track); });
    save_looks(survey_);
  }

 private:
  void each_track(const std::function<void(const TrackSnapshot&)>& act) {
    for (const DiscId disc : options_.discs)
      for (const auto& track : snapshot_tracks(survey_, catalog_.load_disc(disc, Catalog::Detail::kListing)))
        act(track);
  }

  std::vector<Freeable> all_freeable() {
    std::vector<Freeable> all;
    each_track([&](const TrackSnapshot& track) {
      const auto bytes = freed_by(deletable(track, options_.policy));
      if (bytes > 0) all.push_back({track.stages[Stage::kInsert].receipt->created_at, bytes});
    });
    return all;
  }

  void clean(const TrackSnapshot& track) {
    const auto names = deletable(track, options_.policy);
    if (names.empty() || track.stages[Stage::kInsert].receipt->created_at >= before_) return;
    auto left = why_unproved(track);
    if (left.empty() && !options_.dry_run) return clean_locked(track, names);
    for (const auto& name : names) {
      auto item = item_of(track, name);
      item.left = left;
      if (left.empty()) preview(track, name, item);
      report(std::move(item), names);
    }
  }

  // "" where the library file passes what the policy asks for.
  std::string why_unproved(const TrackSnapshot& track) {
    if (options_.proof == CleanupOptions::Proof::kLook) return "";  // the snapshot is a look
    VerifyOptions asked;
    asked.stage = Stage::kInsert;
    asked.checksum = options_.proof == CleanupOptions::Proof::kChecksum;
    asked.probe = options_.proof == CleanupOptions::Proof::kProbe;
    asked.record_digests = false;  // one that is taken now proves nothing
    std::string why;
    verify_tracks(catalog_, config_, {track.id}, asked, [&](const TrackAnswer& answer, const TrackSnapshot&) {
      const auto& insert = answer.stages[Stage::kInsert];
      if (insert.verdict != Verdict::kDone || insert.nothing_to_compare)
        why = fmt::format("the library file {} does not pass: {}", insert.path, insert.detail);
    });
    return why;
  }

  void preview(const TrackSnapshot& track, const FileName& name, CleanupItem& item) {
    ResetAnswer answer;
    preview_deletion(survey_.folders, artifact_of(track, name.stage), answer);
    if (!answer.left.empty()) item.left = answer.left.front().second;
  }

  static Artifact artifact_of(const TrackSnapshot& track, Stage stage) {
    return Artifact{track.id, *track.stages[stage].receipt, false, false};
  }

  void clean_locked(const TrackSnapshot& track, const std::vector<FileName>& names) {
    const auto lock = try_track_lock(catalog_, track.id);
    const bool same = lock && is_as_it_was(track);
    for (const auto& name : names) {
      auto item = item_of(track, name);
      if (!lock) item.left = "another amphi works on this track";
      if (lock && !same) item.left = "the track changed meanwhile";
      if (same && !is_agreed(item)) item.left = "it came up only after the question: amphi cleanup";
      if (item.left.empty()) remove(track, name, item);
      report(std::move(item), names);
    }
  }

  // What another amphi did between the look and the lock.
  bool is_as_it_was(const TrackSnapshot& track) {
    for (const Stage stage : kStages)
      if (catalog_.recorded(track.id, stage) != track.stages[stage].receipt) return false;
    const auto insert = artifact_of(track, Stage::kInsert);
    return verdict(insert, observe(insert.receipt.path, system_now()), true) == Verdict::kDone;
  }

  bool is_agreed(const CleanupItem& item) const { return !options_.agreed || options_.agreed->contains(item.path); }

  void remove(const TrackSnapshot& track, const FileName& name, CleanupItem& item) {
    ResetAnswer answer;
    delete_artifact(catalog_, survey_.folders, artifact_of(track, name.stage), Files::kDelete, Record::kMarkRemoved,
                    answer);
    if (!answer.left.empty()) item.left = answer.left.front().second;
  }

  // A file that lies under two of the names is counted with the last one.
  void report(CleanupItem item, const std::vector<FileName>& names) {
    const bool last = item.stage == names.back().stage;
    if (item.left.empty()) item.freed_bytes = names.size() == 1 ? item.size_bytes : share(names, last, item);
    take_(item);
  }

  static std::int64_t share(const std::vector<FileName>& names, bool last, const CleanupItem& item) {
    const bool one_file = names.front().inode == names.back().inode && names.front().device == names.back().device;
    return one_file && !last ? 0 : item.size_bytes;
  }

  Catalog& catalog_;
  const Config& config_;
  const CleanupOptions& options_;
  const TakeCleaned& take_;
  Survey survey_;
  Timestamp before_;
};

}  // namespace

void cleanup(Catalog& catalog, const Config& config, const CleanupOptions& options, const TakeCleaned& take) {
  Cleaner(catalog, config, options, take).run();
}

}  // namespace amphi
