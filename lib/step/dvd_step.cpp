// The rip by libdvdread: the title's sectors into a file that only grows and continues where it was last safe, then
// losslessly into Matroska. The sector file outlives a failed or killed try, and goes when the artifact stands.
#include "step/step_work.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/reader.hpp"
#include "amphi/sector.hpp"
#include "base/descriptor.hpp"
#include "base/log.hpp"
#include "model/worker_job.hpp"
#include "step/receipts.hpp"
#include "step/rip_parts.hpp"
#include "step/rippers.hpp"
#include "step/scratch_record.hpp"
#include "step/tool_runner.hpp"
#include "tools/worker.hpp"

namespace amphi {
namespace {

constexpr Share kCopying{0, 0.85}, kRemuxing{0.85, 1};

struct Scratch {
  Handle sectors, record;
  std::int64_t safe = 0;  // sectors that a power cut could not have taken
};

void cut(int descriptor, std::int64_t size, const std::string& path) {
  if (::ftruncate(descriptor, size) != 0)
    throw Error(ErrorKind::kUnavailable, fmt::format("{}: {}", path, std::strerror(errno)));
  sync_file(descriptor, path);
}

// Cut to what is recorded as synced: the page cache survives a kill, but not a power cut.
Scratch open_scratch(const StepWork& work) {
  Scratch scratch;
  scratch.sectors = work.root.open_file(work.spec.output.scratch, O_RDWR | O_CREAT);
  scratch.record = open_record(work);
  const auto safe = recorded_sectors(scratch.record.get());
  const auto size = ::lseek(scratch.sectors.get(), 0, SEEK_END);
  if (safe > 0 && size >= 0 && safe <= size / kSectorBytes) scratch.safe = safe;
  cut(scratch.sectors.get(), scratch.safe * kSectorBytes, work.root.path() + "/" + work.spec.output.scratch);
  // Until the first sync an old number would call sectors safe that are not.
  if (scratch.safe == 0) cut(scratch.record.get(), 0, work.root.path() + "/" + progress_name(work.spec.id));
  return scratch;
}

SectorsResult copy_sectors(StepWork& work, const Scratch& scratch) {
  DvdSectorsJob job;
  job.source = work.spec.source->path;
  job.title = work.spec.track_number;
  job.out_fd = scratch.sectors.get();
  job.record_fd = scratch.record.get();
  job.from_sector = scratch.safe;
  const auto worker = WorkerRun::sectors(job);
  run_tool(work, *worker, kCopying, LogOut::kNo, worker->pass());
  return worker->result<SectorsResult>();
}

DvdRemuxResult remux(StepWork& work, const Scratch& scratch) {
  DvdRemuxJob job;
  job.source = work.spec.source->path;
  job.title = work.spec.track_number;
  job.sectors_fd = scratch.sectors.get();
  job.out_fd = work.file.get();
  job.tags = work.spec.tags;
  const auto worker = WorkerRun::remux(job);
  run_tool(work, *worker, kRemuxing, LogOut::kNo, worker->pass());
  return worker->result<DvdRemuxResult>();
}

// Discs declare streams that have no packets. Every sector was read, so the worker's own count is what there is; the
// file is judged by it, and never by more than the disc declares.
void expect_what_is_there(StepWork& work, const MediaFacts& found) {
  auto& expected = work.spec.expected;
  if (found.audio_streams < expected.audio_streams) expected.audio_streams = found.audio_streams;
  if (found.subtitle_streams < expected.subtitle_streams) expected.subtitle_streams = found.subtitle_streams;
}

}  // namespace

Made rip_with_libdvdread(StepWork& work) {
  demand_same_disc(work);
  const auto scratch = open_scratch(work);
  const auto copied = copy_sectors(work, scratch);
  work.copied = true;
  demand_every_sector(work, copied.bad_sectors);
  const auto result = remux(work, scratch);
  demand_every_sector(work, result.bad_sectors);
  demand_same_disc(work);  // drives let discs go: nothing tells whose sectors the last ones were
  expect_what_is_there(work, result.media);
  Made made;
  made.media = result.read_back;
  return made;
}

constexpr Ripper kLibdvdread{.tool = {"libdvdread"},
                             .kinds = {DiscKind::kDvd},
                             .scanner = Scanner::kOwn,
                             .decrypts = false,
                             .copies_sectors = true,
                             .streams = RipStreams::kDeclared,
                             .names_output = false,
                             .make = rip_with_libdvdread};

}  // namespace amphi
