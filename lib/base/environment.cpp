#include "base/environment.hpp"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <vector>

#include <pwd.h>
#include <unistd.h>

#include "base/failure.hpp"

namespace amphi {

std::optional<std::string> environment_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (!value || !*value) return std::nullopt;
  return value;
}

std::string home_folder() {
  if (auto home = environment_variable("HOME")) return *home;
  passwd entry{};
  passwd* found = nullptr;
  std::vector<char> buffer(16384);
  if (getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || !found) return "";
  return found->pw_dir;
}

std::string xdg_folder(const std::string& variable) {
  // The XDG base directory specification: a relative path is to be ignored.
  auto value = environment_variable(variable);
  return value && value->front() == '/' ? *value : "";
}

std::string own_program() {
  char path[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  if (length < 0) fail_system(errno, "cannot read /proc/self/exe", "mount /proc");
  return {path, static_cast<std::size_t>(length)};
}

std::string host_name() {
  char name[HOST_NAME_MAX + 1] = {};
  if (gethostname(name, sizeof name - 1) != 0) fail_system(errno, "cannot ask for the host's name");
  return name;
}

}  // namespace amphi
