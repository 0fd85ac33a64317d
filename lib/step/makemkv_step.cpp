// The rip by makemkvcon, which names its own output: it gets a private hidden folder beside the final name, exactly one
// file is accepted, and that is moved to the temporary name.
#include "step/step_work.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <cstdio>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "base/programs.hpp"
#include "base/publish.hpp"
#include "step/receipts.hpp"
#include "step/retagging.hpp"
#include "step/rip_parts.hpp"
#include "step/rippers.hpp"
#include "step/tool_runner.hpp"
#include "tools/makemkv.hpp"
#include "tools/worker.hpp"

namespace amphi {
namespace {

constexpr Share kScanning{0, 0.05}, kSaving{0.05, 1};

std::string only_file_in(const StepWork& work, const std::string& folder) {
  const auto names = work.root.list(folder);
  if (names.size() != 1)
    throw StepError(ErrorKind::kUnfinished, Cause::kTool,
                    fmt::format("makemkvcon left {} files where one was asked for", names.size()), "amphi process log");
  const auto info = work.root.look(folder + "/" + names.front());
  if (!info || !S_ISREG(info->st_mode))
    throw StepError(ErrorKind::kUnfinished, Cause::kTool, "makemkvcon left something that is no file",
                    "amphi process log");
  return names.front();
}

void take_out_of(StepWork& work, const std::string& folder) {
  const auto name = only_file_in(work, folder);
  const auto from = work.root.open_folder(folder);
  const auto to = work.root.open_folder(folder_of(work.spec.output.temporary));
  const auto temporary = base_of(work.spec.output.temporary);
  if (::renameat(from.get(), name.c_str(), to.get(), temporary.c_str()) != 0)
    throw Error(ErrorKind::kUnavailable,
                fmt::format("{} cannot be moved out of {}: {}", name, folder, std::strerror(errno)));
  work.root.remove_empty_folder(folder);
  work.file = work.root.open_file(work.spec.output.temporary, O_RDWR);
}

// Its numbers hang on its options and on the disc's state: asked for anew, by what the title really is.
int number_of_title(StepWork& work) {
  MakemkvScan scan(*work.spec.source, work.spec.min_length);
  run_tool(work, scan, kScanning, LogOut::kYes);
  if (const auto title = scan.title_of(work.spec.reference)) return *title;
  throw StepError(ErrorKind::kUnfinished, Cause::kMedium,
                  fmt::format("makemkvcon does not offer {} of this disc", work.spec.reference),
                  "rip.min_length in the configuration may be hiding it");
}

}  // namespace

Made rip_with_makemkv(StepWork& work) {
  demand_same_disc(work);
  const auto folder = private_folder_name(work.spec.output);
  work.root.make_folders(folder);
  const auto tool = make_makemkv_run(work.spec, number_of_title(work), work.root.path() + "/" + folder);
  run_tool(work, *tool, kSaving, LogOut::kYes);
  demand_same_disc(work);
  take_out_of(work, folder);
  const auto found = probe_file(work.file_path());
  demand_finished(found);
  take_probed_streams(work.spec.track, found);
  retag(work, keep_all(work.spec.track));
  Made made;
  made.media = probe_media(work.file_path());
  made.tool_version = tool->version();
  return made;
}

constexpr Ripper kMakemkv{.tool = {"makemkv", &kMakemkvcon},
                          .kinds = {DiscKind::kDvd, DiscKind::kBluray, DiscKind::kUhd},
                          .scanner = Scanner::kMakemkv,
                          .decrypts = true,
                          .copies_sectors = false,
                          .streams = RipStreams::kSelected,
                          .names_output = true,
                          .make = rip_with_makemkv};

}  // namespace amphi
