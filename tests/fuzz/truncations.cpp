// Every beginning of every file of a folder goes through the target before fuzzing starts: AMPHI_FUZZ_TRUNCATE names
// the folder, AMPHI_FUZZ_STRIDE how many bytes lie between two of them (1). They are made here and never stored.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <sanitizer/common_interface_defs.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::filesystem::path file;
std::size_t length = 0;

void tell_where() {
  std::fprintf(stderr, "in the first %zu bytes of %s\n", length, file.c_str());
}

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t run_all(const std::filesystem::path& path, std::size_t stride) {
  const auto bytes = bytes_of(path);
  std::size_t runs = 0;
  for (file = path, length = 0; length <= bytes.size(); length += stride, ++runs) {
    // A copy of its own, so that a read beyond its end is seen.
    const std::vector<std::uint8_t> beginning(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
    LLVMFuzzerTestOneInput(beginning.data(), beginning.size());
  }
  return runs;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const char* folder = std::getenv("AMPHI_FUZZ_TRUNCATE");
  if (folder == nullptr) return 0;
  const char* given = std::getenv("AMPHI_FUZZ_STRIDE");
  const auto stride = std::max(std::strtoul(given != nullptr ? given : "1", nullptr, 10), 1UL);
  __sanitizer_set_death_callback(tell_where);
  std::size_t runs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file()) runs += run_all(entry.path(), stride);
  std::printf("%zu truncations\n", runs);
  std::exit(0);
}
