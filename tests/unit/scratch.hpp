// A folder of its own for one test, gone afterwards; and short ways to put things in it and look at them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include <sys/stat.h>

namespace amphi::test {

class Scratch {
 public:
  // `beneath`: where another file system is asked for.
  explicit Scratch(const std::filesystem::path& beneath = std::filesystem::temp_directory_path()) {
    std::string name = (beneath / "amphi-unit-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string path(const std::string& name = "") const { return name.empty() ? path_ : path_ + "/" + name; }

  std::filesystem::path operator/(const std::string& name) const { return std::filesystem::path(path_) / name; }

  // Answers the path.
  std::string write(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  std::string write_program(const std::string& name, const std::string& text) const {
    std::filesystem::permissions(write(name, text), std::filesystem::perms::owner_all);
    return path(name);
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool has(const std::string& name) const {
    return std::filesystem::symlink_status(path(name)).type() != std::filesystem::file_type::not_found;
  }

 private:
  std::string path_;
};

}  // namespace amphi::test
