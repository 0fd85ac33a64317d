#include "tools/matroska_map.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/descriptor.hpp"
#include "base/ebml.hpp"
#include "model/matroska.hpp"

namespace amphi {
namespace {

constexpr std::uint32_t kSeek = 0x4dbb, kSeekId = 0x53ab, kSeekPosition = 0x53ac;
constexpr std::size_t kMostElements = 2'000'000;  // Clusters of a tenth of a second would last two days
constexpr std::int64_t kLargestSeekHead = 1 << 20;

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// `use`: of the id and the body of each child. False: they do not end where their sizes say.
template <class Use>
bool for_each_child(std::span<const std::uint8_t> body, Use use) {
  while (!body.empty()) {
    const auto head = parse_ebml_head(body);
    if (!head || !head->size || *head->size > static_cast<std::int64_t>(body.size() - head->length)) return false;
    const auto size = static_cast<std::size_t>(*head->size);
    use(head->id, body.subspan(head->length, size));
    body = body.subspan(head->length + size);
  }
  return true;
}

std::optional<std::uint64_t> number_in(std::span<const std::uint8_t> body) {
  if (body.size() > 8) return std::nullopt;
  std::uint64_t value = 0;
  for (const auto byte : body) value = value << 8 | byte;
  return value;
}

class Mapper {
 public:
  explicit Mapper(int file) : file_(file) {}

  std::optional<MatroskaMap> map() {
    if (!find_segment() || !walk() || !has_pictures_) return std::nullopt;
    const bool are_true =
        std::all_of(seek_heads_.begin(), seek_heads_.end(), [&](const auto& head) { return is_true(head); });
    return are_true ? std::optional(map_) : std::nullopt;
  }

 private:
  std::optional<EbmlHead> head_at(std::int64_t at) const {
    return parse_ebml_head(bytes_of(read_at(file_, at, kLongestEbmlHead, "the file")));
  }

  bool find_segment() {
    const auto ebml = head_at(0);
    if (!ebml || ebml->id != kEbmlId || !ebml->size) return false;
    const auto at = static_cast<std::int64_t>(ebml->length) + *ebml->size;
    const auto segment = head_at(at);
    if (!segment || segment->id != kMatroskaSegment || !segment->size) return false;
    map_.begin = at + static_cast<std::int64_t>(segment->length);
    map_.size_width = segment->length - 4;
    map_.end = *segment->size;
    const auto size = size_of_file(file_, "the file");
    map_.reaches_the_end = map_.begin + map_.end == size;
    return map_.begin + map_.end <= size;
  }

  // From head to head: what no SeekHead names is found, too.
  bool walk() {
    std::int64_t at = 0;
    for (std::size_t count = 0; at < map_.end; ++count) {
      const auto head = head_at(map_.begin + at);
      if (!head || !head->size || count == kMostElements) return false;
      const auto size = static_cast<std::int64_t>(head->length) + *head->size;
      if (size > map_.end - at || !take({head->id, at, size})) return false;
      at += size;
    }
    return true;
  }

  bool take(const MatroskaElement& element) {
    constexpr std::uint32_t kLeastOfFourBytes = 0x10000000;  // as all on this level that RFC 9559 knows
    if (element.id == kEbmlVoid || element.id == kEbmlChecksum) return true;
    places_.emplace(element.at, element.id);
    if (element.id == kMatroskaCluster) {
      if (!std::exchange(has_pictures_, true)) map_.front = element.at;
    } else if (element.id == kMatroskaSeekHead) {
      seek_heads_.push_back(element);
      if (has_pictures_) map_.seek_heads_behind.push_back(element);
    } else {
      map_.elements.push_back(element);
    }
    return element.id >= kLeastOfFourBytes;
  }

  // Whether all that it names is where it says. If not, either of the two is damaged, and nobody knows which.
  bool is_true(const MatroskaElement& seek_head) const {
    if (seek_head.size > kLargestSeekHead) return false;
    const auto whole = read_at(file_, map_.begin + seek_head.at, static_cast<std::size_t>(seek_head.size), "the file");
    const auto head = parse_ebml_head(bytes_of(whole));
    bool all = true;
    return head &&
           for_each_child(bytes_of(whole).subspan(head->length),
                          [&](std::uint32_t id, auto entry) { all = all && (id != kSeek || is_true_entry(entry)); }) &&
           all;
  }

  bool is_true_entry(std::span<const std::uint8_t> entry) const {
    std::optional<std::uint64_t> id, at;
    for_each_child(entry, [&](std::uint32_t field, auto body) {
      if (field == kSeekId) id = number_in(body);
      if (field == kSeekPosition) at = number_in(body);
    });
    if (!id || !at || *at >= static_cast<std::uint64_t>(map_.end)) return false;
    const auto there = places_.find(static_cast<std::int64_t>(*at));
    return there != places_.end() && there->second == *id;
  }

  int file_;
  MatroskaMap map_;
  bool has_pictures_ = false;
  std::vector<MatroskaElement> seek_heads_;
  std::unordered_map<std::int64_t, std::uint32_t> places_;  // of all but Voids and checksums: the id
};

}  // namespace

std::optional<MatroskaMap> map_matroska(int file) {
  return Mapper(file).map();
}

}  // namespace amphi
