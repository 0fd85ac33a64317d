// The rip by libbluray: the clips of the playlist into a hidden folder laid out as the disc is, where they only grow
// and continue where they were last safe; then mkvmerge puts them together as the playlist says. The folder outlives a
// failed or killed try, and goes when the artifact stands.
#include "step/step_work.hpp"

#include <unistd.h>

#include <algorithm>

#include <fmt/format.h>

#include "base/programs.hpp"
#include "model/bluray_reference.hpp"
#include "step/receipts.hpp"
#include "step/retagging.hpp"
#include "step/rip_parts.hpp"
#include "step/rippers.hpp"
#include "step/scratch_record.hpp"
#include "step/tool_runner.hpp"
#include "tools/mkvmerge.hpp"
#include "tools/worker.hpp"

namespace amphi {
namespace {

constexpr Share kCopyingClips{0, 0.7}, kMerging{0.7, 1};

BlurayReference reference_of(const StepWork& work) {
  const auto reference = parse_bluray_reference(work.spec.reference);
  if (!reference)
    throw StepError(ErrorKind::kUsage, Cause::kTool,
                    fmt::format("{} is neither a playlist nor a clip", work.spec.reference),
                    "rip.engine makemkv knows other titles");
  return *reference;
}

Handle open_disc_folder(const StepWork& work) {
  const auto folder = work.spec.output.scratch + "/BDMV";
  for (const auto* name : {"/PLAYLIST", "/CLIPINF", "/STREAM"}) work.root.make_folders(folder + name);
  return work.root.open_folder(folder);
}

void copy_clips(StepWork& work, const Handle& folder) {
  const auto record = open_record(work);
  const auto worker = WorkerRun::clips(
      {work.spec.source->path, work.spec.reference, folder.get(), record.get(), recorded_sectors(record.get())});
  run_tool(work, *worker, kCopyingClips, LogOut::kNo, worker->pass());
  work.copied = true;
  demand_every_sector(work, worker->result<SectorsResult>().bad_sectors);
}

// By the open folder: by its path mkvmerge would follow a link swapped in for one of the folders above.
std::string merged_input(const Handle& folder, const BlurayReference& reference) {
  const auto name = reference.is_playlist ? fmt::format("PLAYLIST/{:05}.mpls", reference.number)
                                          : fmt::format("STREAM/{:05}.m2ts", reference.number);
  return fmt::format("/proc/{}/fd/{}/{}", ::getpid(), folder.get(), name);
}

// How many of the declared streams are among `pids`.
template <class Stream>
int count_in(const std::vector<Stream>& declared, const std::vector<int>& pids) {
  return static_cast<int>(std::count_if(declared.begin(), declared.end(), [&](const Stream& stream) {
    return std::find(pids.begin(), pids.end(), stream.stream_id) != pids.end();
  }));
}

bool has_true_hd(const ScannedTrack& track) {
  return std::any_of(track.audio.begin(), track.audio.end(), [](const auto& audio) { return audio.codec == "truehd"; });
}

// Discs declare streams that have no packets; and a stream of TrueHD has one of AC-3 within it, which becomes one of
// its own and could stand for another that is lost. So where streams are missing, or TrueHD is there, the file is
// judged by what there is in the clips.
void expect_what_clips_have(StepWork& work, const MediaFacts& found, const Handle& folder) {
  auto& expected = work.spec.expected;
  const auto& track = work.spec.track;
  if (found.audio_streams < expected.audio_streams || found.subtitle_streams < expected.subtitle_streams ||
      has_true_hd(track)) {
    const auto worker = WorkerRun::streams({folder.get()});
    run_tool(work, *worker, {kMerging.to, kMerging.to}, LogOut::kNo, worker->pass());
    const auto streams = worker->result<BlurayStreamsResult>();
    expected.audio_streams = count_in(track.audio, streams.pids) + count_in(track.audio, streams.cores);
    expected.subtitle_streams = count_in(track.subtitles, streams.pids);
  }
  expected.audio_streams = std::max(expected.audio_streams, found.audio_streams);
  expected.subtitle_streams = std::max(expected.subtitle_streams, found.subtitle_streams);
}

}  // namespace

Made rip_with_libbluray(StepWork& work) {
  const auto reference = reference_of(work);
  demand_same_disc(work);
  const auto folder = open_disc_folder(work);
  copy_clips(work, folder);
  demand_same_disc(work);  // drives let discs go: nothing tells whose sectors the last ones were
  MkvmergeRun merge(merged_input(folder, reference), work.file_path());
  run_tool(work, merge, kMerging, LogOut::kYes);
  const auto found = probe_file(work.file_path());
  demand_finished(found);
  expect_what_clips_have(work, found.media, folder);
  take_probed_streams(work.spec.track, found);
  retag(work, keep_all(work.spec.track));
  Made made;
  made.media = probe_media(work.file_path());
  made.tool_version = merge.version();
  return made;
}

constexpr Ripper kLibbluray{.tool = {"libbluray", &kMkvmergeProgram},
                            .kinds = {DiscKind::kBluray, DiscKind::kUhd},
                            .scanner = Scanner::kOwn,
                            .decrypts = false,
                            .copies_sectors = true,
                            .streams = RipStreams::kFound,
                            .names_output = false,
                            .make = rip_with_libbluray};

}  // namespace amphi
