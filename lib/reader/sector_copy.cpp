#include "reader/sector_copy.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fmt/format.h>

#include "reader/fault.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kSectorsAtOnce = 512;
constexpr int kTries = 3;
// 64 MiB without one readable sector is no scratch: the disc or the drive is gone.
constexpr std::int64_t kHopeless = 32768;

class Copy {
 public:
  Copy(SectorReader& source, const std::vector<Cell>& cells, const SectorKind& kind, CopyPart part, DurableSectors& out,
       Events& events)
      : source_(source),
        cells_(cells),
        kind_(kind),
        part_(part),
        out_(out),
        events_(events),
        total_(cells.back().at + cells.back().sectors) {}

  // What the next try need not read again: up to the first sector that could not be read.
  std::int64_t good() const { return bad_ > 0 ? first_bad_ : out_.sectors(); }

  SectorsResult run() {
    const std::int64_t begun = out_.sectors();
    if (begun > total_) throw WorkerFault(Cause::kOther, "the copy would continue beyond the title's last sector");
    while (out_.sectors() < total_) {
      throw_if_interrupted();
      const auto piece = locate(cells_, out_.sectors());
      copy_piece({piece.first, std::min(piece.count, kSectorsAtOnce)});
      const auto done = part_.before + out_.sectors();
      events_.progress(bytes(done), bytes(part_.total), bytes(out_.sectors() - begun));
    }
    return {out_.sectors(), bad_};
  }

 private:
  static std::int64_t bytes(std::int64_t sectors) { return sectors * static_cast<std::int64_t>(kSectorSize); }

  void copy_piece(Extent piece) {
    const std::span all(buffer_.data(), static_cast<std::size_t>(bytes(piece.count)));
    auto count = source_.read(piece.first, all);
    if (count < piece.count) count = read_one_by_one(piece, std::max<std::int64_t>(count, 0));
    const auto whole = all.first(static_cast<std::size_t>(bytes(count)));
    inspect(whole, piece.first);
    out_.append(whole);
    if (count < piece.count) throw_ended(piece.first + count);
  }

  // From `done` on; gives how many sectors of the piece are there.
  std::int64_t read_one_by_one(Extent piece, std::int64_t done) {
    for (; done < piece.count; ++done) {
      const std::span one(buffer_.data() + bytes(done), kSectorSize);
      const auto count = read_stubbornly(piece.first + done, one);
      if (count == 0) return done;
      unreadable_ = count < 0 ? unreadable_ + 1 : 0;
      if (count < 0) std::fill(one.begin(), one.end(), std::uint8_t{0});
      if (unreadable_ >= kHopeless) throw_hopeless(piece.first + done);
    }
    return done;
  }

  std::int64_t read_stubbornly(std::int64_t sector, std::span<std::uint8_t> one) {
    std::int64_t count = -1;
    for (int tries = 0; tries < kTries && count < 0; ++tries) {
      throw_if_interrupted();
      errno = 0;
      count = source_.read(sector, one);
      if (count < 0 && (errno == ENOMEDIUM || errno == ENXIO || errno == ENODEV)) throw_hopeless(sector);
    }
    return count;
  }

  void inspect(std::span<const std::uint8_t> sectors, std::int64_t first) {
    for (std::size_t at = 0; at < sectors.size(); at += kSectorSize) {
      const auto place = static_cast<std::int64_t>(at / kSectorSize);
      switch (kind_.inspect(first + place, sectors.subspan(at, kSectorSize))) {
        case SectorState::kGood:
          break;
        case SectorState::kBad:
          if (bad_++ == 0) first_bad_ = out_.sectors() + place;
          break;
        case SectorState::kEncrypted:
          throw WorkerFault(Cause::kKey,
                            fmt::format("sector {} of {} is encrypted ({})", first + place, kind_.file, kind_.cipher),
                            kind_.way_out);
      }
    }
  }

  [[noreturn]] void throw_ended(std::int64_t sector) const {
    throw WorkerFault(Cause::kMedium,
                      fmt::format("the source ends at sector {} of {}; {} of the title's {} sectors are there", sector,
                                  kind_.file, part_.before + out_.sectors(), part_.total),
                      "the image or folder is incomplete; copy the disc again");
  }
  [[noreturn]] void throw_hopeless(std::int64_t sector) const {
    throw WorkerFault(
        Cause::kMedium, fmt::format("nothing can be read any more around sector {}", sector),
        "clean the disc, look whether it is still in the drive, then continue with amphi process --resume");
  }

  SectorReader& source_;
  const std::vector<Cell>& cells_;
  const SectorKind& kind_;
  CopyPart part_;
  DurableSectors& out_;
  Events& events_;
  std::int64_t total_, bad_ = 0, unreadable_ = 0;
  std::int64_t first_bad_ = 0;  // where there is one
  std::vector<std::uint8_t> buffer_ = std::vector<std::uint8_t>(kSectorsAtOnce * kSectorSize);
};

// In a folder a VOB that was cut short moves all that follow it: then a cell does not begin with the pack that says it
// lies there. A sector that is no pack at all is damage, and counted when it is copied.
void check_places(const TitleLayout& layout, SectorReader& vobs) {
  std::array<std::uint8_t, kSectorSize> bytes{};
  for (const auto& cell : layout.cells) {
    if (vobs.read(cell.first, bytes) != 1 || !is_pack(bytes)) continue;
    const auto nav = parse_nav(bytes);
    if (nav && nav->sector == cell.first) continue;
    throw WorkerFault(Cause::kMedium,
                      fmt::format("cell {} does not begin at sector {}: a VOB file is short or from another disc",
                                  cell.number, cell.first),
                      "the folder is incomplete; copy the disc again");
  }
}

}  // namespace

SectorKind vob_sectors() {
  const auto inspect = [](std::int64_t, std::span<const std::uint8_t> bytes) {
    const Pack pack(bytes.data(), kSectorSize);
    if (!is_pack(pack)) return SectorState::kBad;
    return is_scrambled(pack) ? SectorState::kEncrypted : SectorState::kGood;
  };
  return {"its VOBs", inspect, "CSS", "install libdvdcss, or rip with makemkv"};
}

SectorsResult copy_sectors(SectorReader& source, const std::vector<Cell>& cells, const SectorKind& kind, CopyPart part,
                           DurableSectors& out, Events& events) {
  Copy copy(source, cells, kind, part, out, events);
  try {
    const auto result = copy.run();
    out.finish();
    return result;
  } catch (const Interrupted&) {
    out.finish(copy.good());
    throw;
  } catch (const WorkerFault& fault) {
    // What an ailing disc gave so far is kept for the next try.
    if (fault.cause() == Cause::kMedium) out.finish(copy.good());
    throw;
  }
}

SectorsResult run_dvd_sectors(const DvdSectorsJob& job, Events& events) {
  const DvdDisc disc(job.source);
  const auto layout = load_title(disc, job.title);
  auto vobs = disc.vobs(layout.title_set);
  if (disc.is_folder()) check_places(layout, vobs);
  DurableSectors out(job.out_fd, job.record_fd, job.from_sector);
  return copy_sectors(vobs, layout.cells, vob_sectors(), {0, layout.sectors()}, out, events);
}

}  // namespace amphi
