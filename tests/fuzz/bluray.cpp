// A Blu-ray's navigation: a BDMV folder made of the input is read as amphi-media reads one. Two numbers of 16 bits say
// how long the playlist and the clip information are, which follow; the rest is index.bdmv. libbluray is not
// instrumented, but its crashes are amphi's.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/handle.hpp"
#include "demand.hpp"
#include "media/bluray_titles.hpp"
#include "media/fault.hpp"
#include "unit/scratch.hpp"

using namespace amphi;

namespace {

constexpr std::size_t kHead = 4;
constexpr off_t kStreamBytes = 8 << 20;  // a hole

class Folder {
 public:
  Folder() {
    for (const auto* name : {"BDMV", "BDMV/PLAYLIST", "BDMV/CLIPINF", "BDMV/STREAM"})
      ::mkdir(scratch_.path(name).c_str(), 0777);
    for (const auto* clip : {"00010", "00011", "00012", "00013", "00020"}) {
      write(std::string("STREAM/") + clip + ".m2ts", "");
      if (::truncate(path(std::string("STREAM/") + clip + ".m2ts").c_str(), kStreamBytes) != 0)
        fuzz::demand(false, "a stream can be made");
    }
  }
  std::string source() const { return scratch_.path(); }
  void write(const std::string& name, std::string_view bytes) const {
    const Handle file(::open(path(name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    const auto wrote = ::write(file.get(), bytes.data(), bytes.size());
    fuzz::demand(wrote == static_cast<ssize_t>(bytes.size()), "the folder can be written");
  }

 private:
  std::string path(const std::string& name) const { return scratch_.path("BDMV") + "/" + name; }
  test::Scratch scratch_;
};

std::size_t number_at(std::string_view input, std::size_t at) {
  return static_cast<std::size_t>(static_cast<std::uint8_t>(input[at])) << 8 | static_cast<std::uint8_t>(input[at + 1]);
}

void fill(const Folder& folder, std::string_view input) {
  const auto playlist = number_at(input, 0), clip = number_at(input, 2);
  input.remove_prefix(kHead);
  const auto take = [&](std::size_t count) {
    const auto part = input.substr(0, count);
    input.remove_prefix(part.size());
    return part;
  };
  folder.write("PLAYLIST/00010.mpls", take(playlist));
  const auto information = take(clip);
  for (const auto* name : {"00010", "00011", "00012", "00013", "00020"})
    folder.write(std::string("CLIPINF/") + name + ".clpi", information);
  folder.write("index.bdmv", input);
}

void demand_sane(const BlurayTitlesResult& result) {
  for (const auto& track : result.tracks) {
    fuzz::demand(std::isfinite(track.duration_seconds) && track.duration_seconds >= 0, "a length is a number");
    fuzz::demand(track.size_bytes >= 0, "a size is not negative", track.reference);
    fuzz::demand(!track.segments.empty(), "a title plays something", track.reference);
    fuzz::demand(track.chapter_count == static_cast<int>(track.chapters.size()), "chapters are counted");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder kFolder;
  if (size < kHead) return 0;
  fill(kFolder, fuzz::text_of(data, size));
  try {
    demand_sane(run_bluray_titles({kFolder.source(), {10}, {10, 20}}));
  } catch (const MediaFault& fault) {
    fuzz::demand(!fault.hint().empty(), "a bad Blu-ray is a clean error", fault.message());
  }
  return 0;
}
