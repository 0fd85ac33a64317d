#include "reader/bluray_file.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <libbluray/filesystem.h>

#include "reader/fault.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kUnitSectors = 3, kUnitBytes = 6144;

[[noreturn]] void throw_missing(const std::string& path) {
  throw WorkerFault(Cause::kMedium, path + " is not on the disc or cannot be read",
                    "the image or folder is incomplete; copy the disc again");
}

}  // namespace

void BlurayFile::Close::operator()(bd_file_s* file) const {
  file->close(file);
}

BlurayFile::BlurayFile(const BlurayDisc& disc, const std::string& path)
    : file_(bd_open_file_dec(disc.get(), path.c_str())), unit_(kUnitBytes) {
  if (!file_) throw_missing(path);
  bytes_ = file_->seek(file_.get(), 0, SEEK_END);
  if (bytes_ <= 0) throw_missing(path);
  at_ = bytes_;
}

std::int64_t BlurayFile::sectors() const {
  constexpr auto kSector = static_cast<std::int64_t>(kSectorSize);
  return (bytes_ + kSector - 1) / kSector;
}

bool BlurayFile::load(std::int64_t unit) {
  if (unit == loaded_) return true;
  loaded_ = -1;
  const auto from = unit * kUnitBytes;
  if (at_ != from && file_->seek(file_.get(), from, SEEK_SET) != from) return false;
  at_ = -1;
  const auto wanted = std::min(kUnitBytes, bytes_ - from);
  std::fill(unit_.begin(), unit_.end(), std::uint8_t{0});
  std::int64_t got = 0;
  while (got < wanted) {
    const auto more = file_->read(file_.get(), unit_.data() + got, wanted - got);
    if (more <= 0) return false;
    got += more;
  }
  at_ = from + wanted;
  loaded_ = unit;
  return true;
}

std::int64_t BlurayFile::read(std::int64_t first, std::span<std::uint8_t> out) {
  const auto wanted = std::min(static_cast<std::int64_t>(out.size() / kSectorSize), sectors() - first);
  for (std::int64_t done = 0; done < wanted; ++done) {
    const auto sector = first + done;
    if (!load(sector / kUnitSectors)) return done > 0 ? done : -1;
    const auto* bytes = unit_.data() + static_cast<std::size_t>(sector % kUnitSectors) * kSectorSize;
    std::memcpy(out.data() + static_cast<std::size_t>(done) * kSectorSize, bytes, kSectorSize);
  }
  return std::max<std::int64_t>(wanted, 0);
}

std::string read_bluray_file(const BlurayDisc& disc, const std::string& path) {
  void* bytes = nullptr;
  std::int64_t size = 0;
  if (bd_read_file(disc.get(), path.c_str(), &bytes, &size) == 0) throw_missing(path);
  std::string text(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
  std::free(bytes);
  return text;
}

}  // namespace amphi
