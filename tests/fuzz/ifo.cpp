// A DVD's IFOs: a VIDEO_TS folder made of the input is read as `disc scan` reads one. The first byte says how many
// sectors of the rest are VIDEO_TS.IFO, the second whether backups stand beside; what follows is VTS_01_0.IFO.
// libdvdread is not instrumented, but its crashes are amphi's.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "base/handle.hpp"
#include "demand.hpp"
#include "sane_disc.hpp"
#include "unit/engines.hpp"
#include "unit/scratch.hpp"

using namespace amphi;

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

constexpr std::size_t kSector = 2048, kHead = 2;
constexpr off_t kVobBytes = 32 << 20;  // a hole; enough that real cells lie within it
constexpr std::uint8_t kWithBackups = 1, kSecondTitleSet = 2;

class Folder {
 public:
  Folder() {
    ::mkdir(path("").c_str(), 0777);
    for (const auto* name : {"VTS_01_1.VOB", "VTS_02_1.VOB"}) {
      write(name, "");
      if (::truncate(path(name).c_str(), kVobBytes) != 0) fuzz::demand(false, "a VOB can be made");
    }
  }
  Source source() const { return {SourceKind::kFolder, scratch_.path()}; }
  void write(const std::string& name, std::string_view bytes) const {
    const Handle file(::open(path(name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    const auto wrote = ::write(file.get(), bytes.data(), bytes.size());
    fuzz::demand(wrote == static_cast<ssize_t>(bytes.size()), "the folder can be written");
  }
  void write_pair(const std::string& stem, std::string_view bytes, bool backup) const {
    write(stem + ".IFO", bytes);
    backup ? write(stem + ".BUP", bytes) : remove(stem + ".BUP");
  }
  void remove(const std::string& name) const { ::unlink(path(name).c_str()); }

 private:
  std::string path(const std::string& name) const { return scratch_.path("VIDEO_TS") + "/" + name; }
  test::Scratch scratch_;
};

void fill(const Folder& folder, std::string_view input) {
  const auto sectors = static_cast<std::uint8_t>(input[0]), flags = static_cast<std::uint8_t>(input[1]);
  input.remove_prefix(kHead);
  const auto manager = input.substr(0, sectors * kSector);
  const auto title_set = input.substr(manager.size());
  const bool backup = (flags & kWithBackups) != 0;
  folder.write_pair("VIDEO_TS", manager, backup);
  folder.write_pair("VTS_01_0", title_set, backup);
  if ((flags & kSecondTitleSet) != 0) {
    folder.write_pair("VTS_02_0", title_set, backup);
  } else {
    for (const auto* name : {"VTS_02_0.IFO", "VTS_02_0.BUP"}) folder.remove(name);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder kFolder;
  if (size < kHead) return 0;
  fill(kFolder, fuzz::text_of(data, size));
  try {
    fuzz::demand_sane(read_disc(kFolder.source(), {&test::kOwnDvd, 0}));
  } catch (const Error& error) {
    const bool clean = error.kind() == ErrorKind::kUnavailable || error.kind() == ErrorKind::kUsage;
    fuzz::demand(clean && !error.hint().empty(), "a bad DVD is a clean error", error.message());
  }
  return 0;
}

// An IFO is mostly zeros, and what counts stands at the beginning of its sectors: three of four changes go there.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  constexpr std::size_t kWindow = 8, kBusy = 512;
  if (seed % 4 == 0 || size < kHead + kSector) return LLVMFuzzerMutate(data, size, max_size);
  const auto sector = (seed / 4) % ((size - kHead) / kSector);
  const auto at = kHead + sector * kSector + (seed / 1024) % kBusy;
  const auto room = std::min(kWindow, size - at);
  std::uint8_t window[kWindow];
  std::memcpy(window, data + at, room);
  LLVMFuzzerMutate(window, room, room);
  std::memcpy(data + at, window, room);
  return size;
}
