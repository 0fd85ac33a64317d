#include "base/environment.hpp"

#include <cstdlib>
#include <vector>

#include <pwd.h>
#include <unistd.h>

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

}  // namespace amphi
