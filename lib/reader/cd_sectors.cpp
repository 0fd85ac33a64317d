#include "reader/cd_sectors.hpp"

#include <algorithm>
#include <string_view>

#include "base/descriptor.hpp"
#include "base/text.hpp"
#include "disc/cue_image.hpp"
#include "model/cd_toc.hpp"
#include "reader/cd_disc.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

void read_by_libcdio(const CdSectorsJob& job, const std::function<void(std::string_view)>& take) {
  constexpr std::int64_t kAtOnce = 256;
  const auto disc = open_cd(job.source);
  std::string bytes;
  for (std::int64_t done = 0; done < job.sectors; done += kAtOnce) {
    const auto count = std::min(kAtOnce, job.sectors - done);
    bytes.resize(static_cast<std::size_t>(count * kCdSectorBytes));
    if (cdio_read_audio_sectors(disc.get(), bytes.data(), static_cast<lsn_t>(job.first + done),
                                static_cast<std::uint32_t>(count)) != DRIVER_OP_SUCCESS)
      throw WorkerFault(Cause::kMedium, job.source + " ends before the track does or cannot be read",
                        "the image is incomplete; copy the disc again");
    take(bytes);
  }
}

}  // namespace

SectorsResult run_cd_sectors(const CdSectorsJob& job, Events& events) {
  std::int64_t done = 0;
  const auto take = [&](std::string_view bytes) {
    throw_if_interrupted();
    if (const int error = write_bytes(job.out_fd, bytes)) throw_errno(error, "the sectors cannot be written");
    done += static_cast<std::int64_t>(bytes.size());
    events.progress(done, job.sectors * kCdSectorBytes, done);
  };
  if (to_lower_ascii(job.source).ends_with(".cue"))
    read_cue_sectors(job.source, job.first, job.sectors, take);
  else
    read_by_libcdio(job, take);
  return {done / kCdSectorBytes, 0};
}

}  // namespace amphi
