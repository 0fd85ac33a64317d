#include "base/programs.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace amphi {

constexpr Program kHandBrakeCli{"HandBrakeCLI", "handbrake-cli", "", {"--version"}, "HandBrake "};
constexpr Program kFfmpegProgram{"ffmpeg", "ffmpeg", "", {"-version"}, "ffmpeg version "};
constexpr Program kMkvmergeProgram{"mkvmerge", "mkvtoolnix", "", {"--version"}, "mkvmerge v"};
// It has no option for it. Asked for a disc that is never there, with the drives left alone, it says who it is.
constexpr Program kMakemkvcon{"makemkvcon",
                              "",
                              "install MakeMKV from https://www.makemkv.com; Debian has no package of it",
                              {"-r", "--noscan", "--cache=1", "info", "disc:9999"},
                              "MakeMKV v"};
constexpr Program kCdParanoiaProgram{"cd-paranoia", "cd-paranoia"};
constexpr Program kFlacProgram{"flac", "flac"};

namespace {

constexpr Program kOthers[] = {
    {"mkvpropedit", "mkvtoolnix", "", {"--version"}, "mkvpropedit v"},
    {"ffprobe", "ffmpeg"},
    {"mkvextract", "mkvtoolnix"},
    {"mkvinfo", "mkvtoolnix"},
    {"ddrescue", "gddrescue"},
    {"eject", "eject"},
    {"udevadm", "udev"},
    {"sqlite3", "sqlite3"},
    {"sbatch", "slurm-client"},
    {"squeue", "slurm-client"},
    {"sacct", "slurm-client"},
};

}  // namespace

const Program* find_program_row(std::string_view name) {
  for (const auto* each :
       {&kHandBrakeCli, &kFfmpegProgram, &kMkvmergeProgram, &kMakemkvcon, &kCdParanoiaProgram, &kFlacProgram})
    if (each->name == name) return each;
  const auto* found =
      std::find_if(std::begin(kOthers), std::end(kOthers), [&](const Program& each) { return each.name == name; });
  return found == std::end(kOthers) ? nullptr : found;
}

std::string how_to_install(const Program& program) {
  if (!program.package.empty()) return fmt::format("apt install {}", program.package);
  return program.otherwise.empty() ? "install it, or correct PATH" : std::string(program.otherwise);
}

}  // namespace amphi
