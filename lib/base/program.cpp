// The part of child.hpp that finds programs.
#include "base/child.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/environment.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

bool is_program(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

std::string hint_for(const std::string& program) {
  const std::string package = debian_package_of(program);
  if (!package.empty()) return "apt install " + package;
  if (program == "makemkvcon") return "install MakeMKV from https://www.makemkv.com; Debian has no package of it";
  return "install it, or correct PATH";
}

}  // namespace

std::optional<std::string> find_program(const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (name.find('/') != std::string::npos)
    return is_program(name) ? std::optional(std::filesystem::absolute(name).string()) : std::nullopt;
  for (const auto& folder : split(environment_variable("PATH").value_or("/usr/local/bin:/usr/bin:/bin"), ':')) {
    if (folder.empty()) continue;  // an empty part means the working folder: never meant, and a trap
    const std::string path = fmt::format("{}/{}", folder, name);
    if (is_program(path)) return std::filesystem::absolute(path).string();
  }
  return std::nullopt;
}

std::string require_program(const std::string& name) {
  if (auto path = find_program(name)) return *path;
  throw Error(ErrorKind::kUnavailable, fmt::format("{} is not installed", escape_controls(name)), hint_for(name));
}

std::string find_worker(const std::string& name) {
  const std::string variable = name == kReaderWorker ? "AMPHI_READER" : "AMPHI_MEDIA";
  if (const auto named = environment_variable(variable); named && !named->empty()) {
    if (is_program(*named)) return *named;
    throw Error(ErrorKind::kUnavailable, fmt::format("{} names no program: {}", variable, *named),
                "correct or unset it");
  }
  std::error_code failed;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    const auto folder = self.parent_path();
    for (const auto& candidate : {folder / name, folder.parent_path() / "libexec" / "amphi" / name}) {
      if (is_program(candidate.string())) return candidate.string();
    }
  }
  throw Error(ErrorKind::kUnavailable, fmt::format("{} is not installed beside amphi", name),
              fmt::format("install amphi again, or name it in {}", variable));
}

std::string debian_package_of(const std::string& program) {
  static const std::map<std::string, std::string> kPackages = {
      {"HandBrakeCLI", "handbrake-cli"},
      {"ffmpeg", "ffmpeg"},
      {"ffprobe", "ffmpeg"},
      {"mkvmerge", "mkvtoolnix"},
      {"mkvpropedit", "mkvtoolnix"},
      {"mkvextract", "mkvtoolnix"},
      {"mkvinfo", "mkvtoolnix"},
      {"ddrescue", "gddrescue"},
      {"cd-paranoia", "cd-paranoia"},
      {"eject", "eject"},
      {"udevadm", "udev"},
      {"sqlite3", "sqlite3"},
      {"sbatch", "slurm-client"},
      {"squeue", "slurm-client"},
      {"sacct", "slurm-client"},
  };
  const auto found = kPackages.find(program);
  return found == kPackages.end() ? "" : found->second;
}

}  // namespace amphi
