#include "media/container_end.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <optional>
#include <string_view>

#include "base/ebml.hpp"
#include "model/matroska.hpp"
#include "reader/bits.hpp"

namespace amphi {
namespace {

constexpr std::string_view kEbml = "\x1a\x45\xdf\xa3";
constexpr int kBoxesLimit = 1'000'000;  // a day in fragments of a second has some 170,000

// The beginning of a part of the file, as far as it is there.
class Head {
 public:
  Head(const MediaFile& file, std::int64_t at) : count_(file.read(at, bytes_.data(), bytes_.size())) {}

  Bytes bytes() const { return Bytes(bytes_).first(count_); }
  bool holds(std::size_t count) const { return count_ >= count; }
  bool has(std::size_t at, std::string_view mark) const {
    return holds(at + mark.size()) &&
           std::equal(mark.begin(), mark.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
  }
  std::int64_t be(std::size_t at, std::size_t count) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | bytes_[at + i];
    return clamp(value);
  }
  std::int64_t le(std::size_t at, std::size_t count) const {
    std::uint64_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = value << 8 | bytes_[at + i];
    return clamp(value);
  }

 private:
  static std::int64_t clamp(std::uint64_t value) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(value, std::numeric_limits<std::int64_t>::max()));
  }

  std::array<std::uint8_t, 32> bytes_{};
  std::size_t count_;
};

bool fits(const MediaFile& file, std::int64_t at, std::int64_t size) {
  return at <= file.size() && size <= file.size() - at;
}

// --- Matroska

bool is_finished_matroska(const MediaFile& file) {
  const auto head = parse_ebml_head(Head(file, 0).bytes());
  if (!head || !head->size) return false;
  const auto header = static_cast<std::int64_t>(head->length);
  if (!fits(file, header, *head->size)) return false;
  const auto at = header + *head->size;
  const auto segment = parse_ebml_head(Head(file, at).bytes());
  return segment && segment->id == kMatroskaSegment && segment->size &&
         fits(file, at + static_cast<std::int64_t>(segment->length), *segment->size);
}

// --- boxes and chunks

// Whole size of the box that begins so; 0: to the end of the file; nullopt: the file ends within its header.
std::optional<std::int64_t> box_size(const Head& head) {
  if (!head.holds(8)) return std::nullopt;
  const auto size = head.be(0, 4);
  if (size != 1) return size;
  if (!head.holds(16)) return std::nullopt;
  return head.be(8, 8);
}

bool has_box_type(const Head& head) {
  const auto type = head.bytes().subspan(4, 4);
  return std::all_of(type.begin(), type.end(), [](std::uint8_t c) { return c >= 0x20 && (c < 0x7f || c == 0xa9); });
}

bool is_finished_mp4(const MediaFile& file) {
  constexpr std::int64_t kHeader = 8;
  std::int64_t at = 0;
  for (int boxes = 0; boxes < kBoxesLimit && at < file.size(); ++boxes) {
    const Head head(file, at);
    const auto size = box_size(head);
    if (!size) return false;
    // To the end, or no box at all: padding that somebody put behind.
    if (*size < kHeader || !has_box_type(head)) return true;
    if (!fits(file, at, *size)) return false;
    at += *size;
  }
  return true;
}

// QuickTime's files need no ftyp; these are the boxes that may come first.
bool is_mp4(const Head& head) {
  constexpr std::string_view kFirst[] = {"ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "styp"};
  return std::any_of(std::begin(kFirst), std::end(kFirst), [&](std::string_view type) { return head.has(4, type); });
}

// One RIFF after another: an AVI of more than a gigabyte has several (OpenDML).
bool is_finished_riff(const MediaFile& file) {
  constexpr std::int64_t kHeader = 8, kUnknown = 0xffffffff;
  std::int64_t at = 0;
  for (int chunks = 0; chunks < kBoxesLimit; ++chunks) {
    const Head head(file, at);
    if (!head.has(0, "RIFF") || !head.holds(kHeader)) break;
    const auto size = head.le(4, 4);
    if (size == 0 || size == kUnknown) return true;  // written into a pipe: none is claimed
    if (!fits(file, at + kHeader, size)) return false;
    at += kHeader + size + size % 2;
  }
  return true;
}

// The size stands in the chunk ds64, which is the first.
bool is_finished_rf64(const MediaFile& file) {
  const Head head(file, 0);
  if (!head.has(12, "ds64") || !head.holds(28)) return false;
  return fits(file, 8, head.le(20, 8));
}

// Counts its own header, too.
bool is_finished_w64(const MediaFile& file) {
  const Head head(file, 0);
  return head.holds(24) && fits(file, 0, head.le(16, 8));
}

bool is_finished_aiff(const MediaFile& file) {
  return fits(file, 8, Head(file, 0).be(4, 4));
}

}  // namespace

bool is_matroska(const MediaFile& file) {
  return Head(file, 0).has(0, kEbml);
}

bool is_finished(const MediaFile& file) {
  if (is_matroska(file)) return is_finished_matroska(file);
  const Head head(file, 0);
  if (is_mp4(head)) return is_finished_mp4(file);
  if (head.has(0, "RIFF")) return is_finished_riff(file);
  if (head.has(0, "RF64") || head.has(0, "BW64")) return is_finished_rf64(file);
  if (head.has(0, "riff\x2e\x91\xcf\x11")) return is_finished_w64(file);
  if (head.has(0, "FORM")) return is_finished_aiff(file);
  return true;
}

}  // namespace amphi
