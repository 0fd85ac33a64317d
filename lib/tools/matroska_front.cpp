#include "tools/matroska_front.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "base/descriptor.hpp"
#include "base/ebml.hpp"
#include "model/matroska.hpp"

namespace amphi {
namespace {

constexpr std::size_t kEntry = 21;                 // a Seek with an id of four bytes and a position of eight
constexpr std::size_t kHead = 4 + 3;               // a SeekHead's id, and its size in three bytes
constexpr std::int64_t kLargestFront = 256 << 20;  // bytes; fonts and pictures may be attached in front

std::int64_t seek_head_size(std::size_t entries) {
  return static_cast<std::int64_t>(kHead + entries * kEntry);
}

// What a player needs first comes first.
int rank_of(std::uint32_t id) {
  return id == kMatroskaInfo ? 0 : id == kMatroskaTracks ? 1 : 2;
}

std::vector<std::size_t> by_rank(const std::vector<MatroskaElement>& elements) {
  std::vector<std::size_t> order(elements.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank_of(elements[a].id) < rank_of(elements[b].id); });
  return order;
}

bool can_grow_to(const MatroskaMap& map, std::int64_t end) {
  return map.reaches_the_end && end < (std::int64_t{1} << 7 * map.size_width) - 1;
}

std::string seek_head_of(const FrontPlan& plan) {
  constexpr std::size_t kHeadOfSeek = 3;
  auto named = plan.after;
  std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  std::string out = ebml_number(kMatroskaSeekHead, 4) + ebml_size(named.size() * kEntry, 3);
  for (const auto& element : named) {
    out += ebml_number(0x4dbb, 2) + ebml_size(kEntry - kHeadOfSeek, 1);            // Seek
    out += ebml_number(0x53ab, 2) + ebml_size(4, 1) + ebml_number(element.id, 4);  // SeekID
    out += ebml_number(0x53ac, 2) + ebml_size(8, 1) +                              // SeekPosition
           ebml_number(static_cast<std::uint64_t>(element.at), 8);
  }
  return out;
}

struct Piece {
  std::int64_t at;  // in the file
  std::string bytes;
};

// All that is to be written, read before anything is.
std::vector<Piece> pieces_of(int file, const MatroskaMap& map, const FrontPlan& plan) {
  std::vector<Piece> pieces;
  std::string front(static_cast<std::size_t>(map.front), '\0');
  const auto put = [&](std::int64_t at, const std::string& bytes) {
    if (at < map.front) {
      front.replace(static_cast<std::size_t>(at), bytes.size(), bytes);
    } else {
      pieces.push_back({map.begin + at, bytes});
    }
  };
  put(0, seek_head_of(plan));
  if (plan.room > 0) put(map.front - plan.room, ebml_void(plan.room));
  for (std::size_t i = 0; i < map.elements.size(); ++i) {
    const auto& from = map.elements[i];
    const auto& to = plan.after[i];
    if (from.at == to.at && to.at >= map.front) continue;
    put(to.at, read_at(file, map.begin + from.at, static_cast<std::size_t>(from.size), "the file"));
    if (from.at >= map.front) put(from.at, ebml_void(from.size));
  }
  for (const auto& old : map.seek_heads_behind) put(old.at, ebml_void(old.size));
  if (plan.end != map.end)
    pieces.push_back({map.begin - static_cast<std::int64_t>(map.size_width),
                      ebml_size(static_cast<std::uint64_t>(plan.end), map.size_width)});
  pieces.push_back({map.begin, std::move(front)});
  return pieces;
}

}  // namespace

std::optional<FrontPlan> plan_front(const MatroskaMap& map) {
  FrontPlan plan;
  plan.after = map.elements;
  plan.end = map.end;
  auto at = seek_head_size(map.elements.size());
  if (at > map.front || map.front > kLargestFront) return std::nullopt;
  for (const auto index : by_rank(map.elements)) {
    auto& element = plan.after[index];
    const bool is_in_front = element.at < map.front;
    const auto left = map.front - at - element.size;
    if (left >= 0 && left != 1 && (is_in_front || rank_of(element.id) < 2)) {  // a Void of one byte does not exist
      element.at = at;
      at += element.size;
    } else if (is_in_front) {
      element.at = plan.end;
      plan.end += element.size;
    }
  }
  plan.room = map.front - at;
  if (plan.room == 1 || (plan.end != map.end && !can_grow_to(map, plan.end))) return std::nullopt;
  return plan;
}

bool lay_out_front(int file) {
  const auto map = map_matroska(file);
  const auto plan = map ? plan_front(*map) : std::nullopt;
  if (!plan) return false;
  for (const auto& piece : pieces_of(file, *map, *plan)) write_at(file, piece.at, piece.bytes, "the file");
  return true;
}

}  // namespace amphi
