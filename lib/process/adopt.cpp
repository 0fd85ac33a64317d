// `track adopt`: a file becomes a stage's artifact because its media holds what the stage must have, whoever made it.
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "amphi/verify.hpp"
#include "base/clock.hpp"
#include "base/descriptor.hpp"
#include "process/locks.hpp"
#include "process/settle.hpp"
#include "process/specs.hpp"
#include "step/expectation.hpp"
#include "step/receipts.hpp"
#include "tools/worker.hpp"

namespace amphi {
namespace {

struct Adoption {
  DiscRecord record;
  std::size_t index = 0;
  const Track& track() const { return record.tracks[index]; }
  const std::optional<StoredArtifact>& stored(Stage stage) const { return record.artifacts[index][stage]; }
};

Adoption load(Catalog& catalog, TrackId track) {
  Adoption adoption{catalog.load_disc(catalog.disc_of(track)), 0};
  while (adoption.index < adoption.record.tracks.size() && adoption.track().id != track) ++adoption.index;
  if (adoption.index == adoption.record.tracks.size())
    throw Error(ErrorKind::kNotFound, fmt::format("there is no track {}", track.value));
  return adoption;
}

std::string path_of(const Adoption& adoption, Stage stage, const std::optional<std::string>& file) {
  if (file) return std::filesystem::absolute(*file).lexically_normal().string();
  if (adoption.stored(stage)) return adoption.stored(stage)->artifact.receipt.path;
  throw Error(ErrorKind::kUsage, fmt::format("nothing is recorded for the {} of this track", to_string(stage)),
              "name the file to adopt");
}

struct Candidate {
  std::string path;
  Handle file;
  struct stat info {};
};

// O_NONBLOCK: a pipe must not hold us up.
Candidate open_candidate(const std::string& path) {
  Candidate found{path, Handle(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))};
  const bool looked = found.file && ::fstat(found.file.get(), &found.info) == 0;
  if (!looked && errno != ELOOP)
    throw Error(ErrorKind::kUnavailable, fmt::format("{} cannot be looked at: {}", path, std::strerror(errno)));
  if (!looked || !S_ISREG(found.info.st_mode))
    throw Error(ErrorKind::kUsage, fmt::format("{} is no regular file", path),
                "name the file itself, not a link to it");
  return found;
}

// Whoever wrote it need not have: amphi vouches for it from now on.
void make_durable(const Candidate& found) {
  sync_file(found.file.get(), found.path);
  Root::open(std::filesystem::path(found.path).parent_path()).sync_folder("");
}

// Whoever deletes what one stage made would delete the file of the other, too.
void demand_recorded_once(Catalog& catalog, const Adoption& adoption, Stage stage, const std::string& path) {
  const auto is_of = [&](Stage each) {
    const auto& stored = adoption.stored(each);
    return stored && !stored->artifact.removed && stored->artifact.receipt.path == path;
  };
  std::string whose = catalog.count_artifacts_beneath(path) > (is_of(stage) ? 1 : 0) ? "of another track" : "";
  for (const auto other : kStages)
    if (other != stage && is_of(other)) whose = fmt::format("as the {} of this track", to_string(other));
  if (whose.empty()) return;
  throw Error(ErrorKind::kUsage, fmt::format("{} is recorded already, {}", path, whose),
              "adopt a copy of it, or forget that record first: amphi track reset --keep-files");
}

// It would have its way later, with the record of the adopted file.
void demand_nothing_open(const OpenIntents& open, Stage stage) {
  for (const auto& [intent, settlement] : open.left)
    if (intent.stage == stage) throw Error(ErrorKind::kUnavailable, settlement.text, way_out_of(intent));
}

// What the stage before was measured to be; else what the disc declares.
Expectation expectation(const Adoption& adoption, Stage stage) {
  for (const auto before : kStages)
    if (before < stage && adoption.stored(before) && !adoption.stored(before)->artifact.unverified)
      return expect_same(adoption.stored(before)->artifact.receipt.media, Stage::kTranscode);
  if (adoption.record.disc.kind == DiscKind::kCd) return expect_cd(adoption.track().scanned);
  return expect_rip(adoption.track().scanned);
}

std::string input_of(const Adoption& adoption, Stage stage) {
  std::string input;
  for (const auto before : kStages)
    if (before < stage && adoption.stored(before)) input = adoption.stored(before)->artifact.receipt.step_id;
  return input;
}

Receipt receipt_for(const Adoption& adoption, Stage stage, const Candidate& found, const MediaFacts& media) {
  const auto& [path, file, info] = found;
  Receipt receipt;
  receipt.stage = stage;
  receipt.fingerprint = adoption.record.disc.fingerprint;
  receipt.reference = adoption.track().scanned.reference;
  receipt.path = path;
  receipt.size_bytes = info.st_size;
  receipt.mtime_ns = mtime_ns_of(info);
  receipt.inode = info.st_ino;
  receipt.media = media;
  receipt.tool = "adopted";
  receipt.input_step_id = input_of(adoption, stage);
  receipt.step_id = step_id(receipt.fingerprint, receipt.reference, stage, receipt.input_step_id,
                            fmt::format("adopted {} {} {}", path, receipt.size_bytes, receipt.mtime_ns));
  receipt.created_at = system_now();
  return receipt;
}

}  // namespace

Receipt adopt_file(Catalog& catalog, const Config& config, TrackId track, Stage stage,
                   const std::optional<std::string>& file) {
  const auto lock = demand_track_lock(catalog, track);
  Folders folders(catalog, config);
  demand_nothing_open(demand_settled(catalog, folders, track), stage);
  const auto adoption = load(catalog, track);
  const auto found = open_candidate(path_of(adoption, stage, file));
  const auto& path = found.path;
  demand_recorded_once(catalog, adoption, stage, path);
  const auto media = probe_media(path);
  const auto judgement = judge(expectation(adoption, stage), media, found.info.st_size);
  if (!judgement.ok)
    throw Error(ErrorKind::kUsage,
                fmt::format("{} cannot be the {} of this track: {}", path, to_string(stage), judgement.why),
                "nothing was recorded");
  make_durable(found);
  auto receipt = receipt_for(adoption, stage, found, media);
  receipt.root = folders.root_of(path);
  if (!receipt.root.empty()) {  // marked before anything is recorded beneath it
    const auto marked = folders.open(receipt.root);
    write_receipt(marked.root, receipt);
    remove_older_receipt(marked.root, catalog.recorded(track, stage), receipt.step_id);
  }
  catalog.put_artifact(track, Artifact{track, receipt, false, false});
  return receipt;
}

}  // namespace amphi
