// The rip of an audio CD's track by cd-paranoia, to WAVE. An image is read by cd-paranoia
// too, which knows only one of its forms: the track's sectors are put into that form, in a private hidden folder.
#include "step/step_work.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/descriptor.hpp"
#include "base/programs.hpp"
#include "model/cd_toc.hpp"
#include "step/leftovers.hpp"
#include "step/receipts.hpp"
#include "step/rip_parts.hpp"
#include "step/rippers.hpp"
#include "step/tool_runner.hpp"
#include "tools/cd_paranoia.hpp"
#include "tools/worker.hpp"

namespace amphi {
namespace {

constexpr Share kExtracting{0, 0.1}, kReading{0.1, 1};
constexpr auto kSheet = "FILE \"track.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n";

CdSpan span_of(const StepWork& work) {
  if (work.spec.track.segments.size() != 1)
    throw StepError(ErrorKind::kUsage, Cause::kTool, work.spec.reference + " is no track of an audio CD",
                    "scan the disc again");
  const auto& place = work.spec.track.segments.front();
  return {work.spec.source->path, place.number, place.first, place.last - place.first + 1};
}

// The track alone, as an image of one track.
CdSpan extract(StepWork& work, const CdSpan& span, const Handle& folder) {
  const auto name = private_folder_name(work.spec.output);
  const auto sectors = work.root.create_new(name + "/track.bin");
  const auto worker = WorkerRun::cd_sectors({span.source, span.first, span.sectors, sectors.get()});
  run_tool(work, *worker, kExtracting, LogOut::kNo, worker->pass());
  const auto sheet = work.root.create_new(name + "/track.cue");
  write_all(sheet.get(), kSheet, name + "/track.cue");
  return {fmt::format("/proc/{}/fd/{}/track.cue", ::getpid(), folder.get()), 1, 0, span.sectors, true};
}

}  // namespace

Made rip_with_cd_paranoia(StepWork& work) {
  demand_same_disc(work);
  auto span = span_of(work);
  Handle folder;
  if (work.spec.source->kind != SourceKind::kDevice) {
    work.root.make_folders(private_folder_name(work.spec.output));
    folder = work.root.open_folder(private_folder_name(work.spec.output));
    span = extract(work, span, folder);
  }
  CdParanoiaRun tool(span, work.file_path());
  run_tool(work, tool, kReading);
  demand_same_disc(work);
  remove_tree(work.root, private_folder_name(work.spec.output));
  Made made;
  made.media = probe_media(work.file_path());
  made.tool_version = tool.version();
  return made;
}

constexpr Ripper kCdParanoia{.tool = {"cd-paranoia", &kCdParanoiaProgram},
                             .kinds = {DiscKind::kCd},
                             .scanner = Scanner::kOwn,
                             .decrypts = false,
                             .copies_sectors = false,
                             .streams = RipStreams::kDeclared,
                             .names_output = false,
                             .make = rip_with_cd_paranoia};

}  // namespace amphi
