// The part of child.hpp that finds programs.
#include "base/child.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/environment.hpp"
#include "base/programs.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

bool is_program(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
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

std::string require_program(const Program& program) {
  if (auto path = find_program(std::string(program.name))) return *path;
  throw Error(ErrorKind::kUnavailable, fmt::format("{} is not installed", escape_controls(program.name)),
              how_to_install(program));
}

std::string require_program(const std::string& name) {
  const auto* known = find_program_row(name);
  return require_program(known ? *known : Program{name, ""});
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

}  // namespace amphi
