#include "tools/matroska_map.hpp"

#include <algorithm>
#include <set>

#include "base/descriptor.hpp"
#include "base/ebml.hpp"
#include "model/matroska.hpp"

namespace amphi {
namespace {

constexpr std::uint32_t kSeek = 0x4dbb, kSeekId = 0x53ab, kSeekPosition = 0x53ac;
constexpr std::size_t kMostElements = 10'000;
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
    if (!find_segment() || !walk_front()) return std::nullopt;
    while (!seek_heads_.empty() && map_.elements.size() <= kMostElements) {
      const auto head = seek_heads_.back();
      seek_heads_.pop_back();
      follow(head);
    }
    if (map_.elements.size() > kMostElements) return std::nullopt;
    std::sort(map_.elements.begin(), map_.elements.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return map_;
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

  // nullopt: there is none, or it does not end within the Segment.
  std::optional<MatroskaElement> element_at(std::int64_t at) const {
    if (at < 0 || at >= map_.end) return std::nullopt;
    const auto head = head_at(map_.begin + at);
    if (!head || !head->size) return std::nullopt;
    const auto size = static_cast<std::int64_t>(head->length) + *head->size;
    if (size > map_.end - at) return std::nullopt;
    return MatroskaElement{head->id, at, size};
  }

  bool walk_front() {
    std::int64_t at = 0;
    for (std::size_t count = 0; count < kMostElements; ++count) {
      const auto head = head_at(map_.begin + at);
      if (head && head->id == kMatroskaCluster && at < map_.end) {
        map_.front = at;
        return true;
      }
      const auto element = element_at(at);
      if (!element) return false;
      take(*element);
      at += element->size;
    }
    return false;
  }

  void take(const MatroskaElement& element) {
    constexpr std::uint32_t kLeastOfFourBytes = 0x10000000;  // as all on this level that are worth a SeekHead's entry
    if (element.id == kMatroskaSeekHead) {
      seek_heads_.push_back(element);
    } else if (element.id != kMatroskaCluster && element.id >= kLeastOfFourBytes) {
      map_.elements.push_back(element);
    }
  }

  void follow(const MatroskaElement& seek_head) {
    if (seek_head.size > kLargestSeekHead) return;
    const auto whole = read_at(file_, map_.begin + seek_head.at, static_cast<std::size_t>(seek_head.size), "the file");
    const auto head = parse_ebml_head(bytes_of(whole));
    if (!head) return;
    for_each_child(bytes_of(whole).subspan(head->length), [&](std::uint32_t id, auto entry) {
      if (id == kSeek) follow_entry(entry);
    });
  }

  // An entry that lies is none.
  void follow_entry(std::span<const std::uint8_t> entry) {
    std::optional<std::uint64_t> id, at;
    for_each_child(entry, [&](std::uint32_t field, auto body) {
      if (field == kSeekId) id = number_in(body);
      if (field == kSeekPosition) at = number_in(body);
    });
    if (!id || !at || *at < static_cast<std::uint64_t>(map_.front) || *at >= static_cast<std::uint64_t>(map_.end))
      return;
    const auto element = element_at(static_cast<std::int64_t>(*at));
    if (!element || element->id != *id || !seen_.insert(element->at).second) return;
    if (element->id == kMatroskaSeekHead) map_.seek_heads_behind.push_back(*element);
    take(*element);
  }

  int file_;
  MatroskaMap map_;
  std::vector<MatroskaElement> seek_heads_;  // to be followed
  std::set<std::int64_t> seen_;              // places behind the first Cluster
};

}  // namespace

std::optional<MatroskaMap> map_matroska(int file) {
  return Mapper(file).map();
}

}  // namespace amphi
