// Discs for the tests of this room.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "amphi/disc.hpp"
#include "scratch.hpp"

namespace amphi::test {

namespace fs = std::filesystem;

inline std::string fixture(const char* variable, const char* standard) {
  const char* given = std::getenv(variable);
  const auto folder =
      given != nullptr ? std::string(given) : AMPHI_SOURCE_DIR "/.cache/fixtures/" + std::string(standard);
  if (!fs::exists(folder + "/disc.iso")) {
    throw std::runtime_error(folder + " has no disc.iso: run tests/fixtures/prepare.sh");
  }
  return folder;
}

inline std::string pal() {
  return fixture("AMPHI_TEST_DVD", "pal");
}
inline std::string ntsc() {
  return fixture("AMPHI_TEST_DVD_NTSC", "ntsc");
}

inline std::string bluray() {
  return fixture("AMPHI_TEST_BLURAY", "bluray");
}

inline std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// A copy of a disc's VIDEO_TS whose IFO and BUP files may be spoilt; the VOBs are links.
inline fs::path copy_disc(const Scratch& scratch, const std::string& disc) {
  const auto folder = scratch / "dvd/VIDEO_TS";
  fs::create_directories(folder);
  for (const auto& entry : fs::directory_iterator(disc + "/dvd/VIDEO_TS")) {
    const auto to = folder / entry.path().filename();
    if (entry.path().extension() == ".VOB") {
      fs::create_symlink(fs::canonical(entry.path()), to);
    } else {
      fs::copy_file(entry.path(), to);
    }
  }
  return folder;
}

inline std::string identifier(const ScannedDisc& disc, const std::string& kind) {
  for (const auto& entry : disc.identifiers) {
    if (entry.kind == kind) return entry.value;
  }
  return "";
}

// The real scan logs, where they are; "" else.
inline std::string log_folder() {
  const char* given = std::getenv("AMPHI_TEST_DATA");
  const std::string folder =
      (given != nullptr ? std::string(given) : AMPHI_SOURCE_DIR "/../shared/data") + "/makemkv-logs";
  return fs::exists(folder + "/index.json") ? folder : "";
}

}  // namespace amphi::test
