#include "media/remux_source.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "media/retime.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kSectorsAhead = 256;
constexpr int kHandedOn = 64 << 10;

}  // namespace

RemuxSource::RemuxSource(SectorReader& sectors, const TitleLayout& layout, const TimeLine& line)
    : sectors_(sectors), layout_(layout), line_(line), buffer_(kSectorsAhead * kSectorSize) {}

IoPtr RemuxSource::make_io() {
  auto* bytes = static_cast<std::uint8_t*>(av_malloc(kHandedOn));
  if (bytes == nullptr) throw std::bad_alloc();
  IoPtr io(avio_alloc_context(bytes, kHandedOn, 0, this, read_callback, nullptr, nullptr));
  if (!io) {
    av_free(bytes);
    throw std::bad_alloc();
  }
  return io;
}

int RemuxSource::read_callback(void* self, std::uint8_t* out, int size) {
  auto& source = *static_cast<RemuxSource*>(self);
  try {
    const auto count = source.read(out, static_cast<std::size_t>(size));
    return count > 0 ? static_cast<int>(count) : AVERROR_EOF;
  } catch (...) {
    source.trouble_ = std::current_exception();
    return AVERROR_EXTERNAL;
  }
}

std::size_t RemuxSource::read(std::uint8_t* out, std::size_t size) {
  if (used_ == filled_) refill();
  const auto count = std::min(size, filled_ - used_);
  std::memcpy(out, buffer_.data() + used_, count);
  used_ += count;
  return count;
}

// Never across a cell: each has its own offset.
void RemuxSource::refill() {
  throw_if_interrupted();
  used_ = filled_ = 0;
  if (at_ >= layout_.sectors()) return;
  const auto& cell = cell_at(layout_.cells, at_);
  const auto wanted = std::min(cell.at + cell.sectors - at_, kSectorsAhead);
  const std::span bytes(buffer_.data(), static_cast<std::size_t>(wanted) * kSectorSize);
  if (sectors_.read(at_, bytes) != wanted) throw WorkerFault(Cause::kMedium, "the file of sectors ends early");
  const auto offset = line_.cells[static_cast<std::size_t>(&cell - layout_.cells.data())].offset;
  for (std::size_t i = 0; i < bytes.size(); i += kSectorSize) {
    const MutablePack pack(bytes.data() + i, kSectorSize);
    if (is_pack(pack)) {
      retime_pack(pack, offset);
    } else {
      ++bad_;
    }
  }
  at_ += wanted;
  filled_ = bytes.size();
}

}  // namespace amphi
