// Files of a few bytes, laid out anew; tests/media/test_writers.py does it to whatever tools write.
#include "tools/matroska_front.hpp"

#include <fcntl.h>
#include <map>

#include <gtest/gtest.h>

#include "base/descriptor.hpp"
#include "base/ebml.hpp"
#include "base/handle.hpp"
#include "model/matroska.hpp"
#include "scratch.hpp"

namespace amphi {
namespace {

constexpr std::uint32_t kTags = 0x1254c367, kChapters = 0x1043a770, kCues = 0x1c53bb6b;
constexpr std::size_t kEntry = 21, kSeekHeadBytes = 7;

std::string element(std::uint32_t id, const std::string& body) {
  return ebml_number(id, id > 0xffffff ? 4 : id > 0xff ? 2 : 1) + ebml_size(body.size(), 2) + body;
}

std::string filled(std::uint32_t id, std::size_t whole) {
  return element(id, std::string(whole - 6, static_cast<char>('a' + id % 26)));
}

std::string seek_head(const std::vector<MatroskaElement>& named) {
  std::string body;
  for (const auto& entry : named)
    body += element(0x4dbb, element(0x53ab, ebml_number(entry.id, 4)) +
                                element(0x53ac, ebml_number(static_cast<std::uint64_t>(entry.at), 8)));
  return element(kMatroskaSeekHead, body);
}

const std::string kHead = element(kEbmlId, "head"), kPicture = filled(kMatroskaCluster, 300);

std::string segment(const std::string& body) {
  return kHead + ebml_number(kMatroskaSegment, 4) + ebml_size(body.size(), 8) + body;
}

// What a file says of itself.
struct Seen {
  std::vector<std::pair<std::uint32_t, std::int64_t>> order;  // level 1: id and place
  std::map<std::int64_t, std::string> bytes;                  // by place
  std::vector<std::pair<std::uint32_t, std::int64_t>> named;  // by the first SeekHead
};

std::span<const std::uint8_t> span_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

template <class Use>
void for_each(const std::string& bytes, Use use) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto head = parse_ebml_head(span_of(bytes).subspan(at));
    ASSERT_TRUE(head && head->size) << at;
    const auto end = at + head->length + static_cast<std::size_t>(*head->size);
    ASSERT_LE(end, bytes.size()) << at;
    use(head->id, static_cast<std::int64_t>(at), bytes.substr(at, end - at),
        bytes.substr(at + head->length, end - at - head->length));
    at = end;
  }
}

Seen look(const std::string& file) {
  Seen seen;
  std::string body;
  for_each(file, [&](auto id, auto, const auto&, const auto& inner) {
    if (id == kMatroskaSegment) body = inner;
  });
  for_each(body, [&](auto id, auto at, const auto& whole, const auto& inner) {
    seen.order.emplace_back(id, at);
    seen.bytes[at] = whole;
    if (id != kMatroskaSeekHead || at != 0) return;
    for_each(inner, [&](auto, auto, const auto&, const auto& entry) {
      std::vector<std::uint64_t> fields;
      for_each(entry, [&](auto, auto, const auto&, const auto& value) {
        fields.push_back(0);
        for (const unsigned char byte : value) fields.back() = fields.back() << 8 | byte;
      });
      ASSERT_EQ(fields.size(), 2U);
      seen.named.emplace_back(static_cast<std::uint32_t>(fields[0]), static_cast<std::int64_t>(fields[1]));
    });
  });
  return seen;
}

class Front : public ::testing::Test {
 protected:
  bool lay_out(const std::string& bytes) {
    const Handle file(::open(scratch_.write("f.mkv", bytes).c_str(), O_RDWR | O_CLOEXEC));
    const bool done = lay_out_front(file.get());
    after_ = scratch_.read("f.mkv");
    return done;
  }
  void expect_left_alone(const std::string& bytes) {
    EXPECT_FALSE(lay_out(bytes));
    EXPECT_EQ(after_, bytes);
  }

  // Everything of `before` but SeekHeads and Voids is there once, byte by byte, and named; one SeekHead, and first.
  void expect_in_order(const std::string& before) {
    const auto old = look(before), now = look(after_);
    std::vector<std::string> kept, found;
    std::vector<std::pair<std::uint32_t, std::int64_t>> to_be_named;
    for (const auto& [id, at] : old.order)
      if (id != kMatroskaSeekHead && id != kEbmlVoid) kept.push_back(old.bytes.at(at));
    for (const auto& [id, at] : now.order) {
      EXPECT_TRUE(id != kMatroskaCluster || old.bytes.count(at) == 1) << "a Cluster moved";
      EXPECT_TRUE(id != kMatroskaSeekHead || at == 0);
      if (id == kMatroskaSeekHead || id == kEbmlVoid) continue;
      found.push_back(now.bytes.at(at));
      if (id != kMatroskaCluster) to_be_named.emplace_back(id, at);
    }
    std::sort(kept.begin(), kept.end());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, kept);
    EXPECT_EQ(now.named, to_be_named);
  }

  std::vector<std::uint32_t> order() const {
    std::vector<std::uint32_t> ids;
    for (const auto& [id, at] : look(after_).order) ids.push_back(id);
    return ids;
  }

  test::Scratch scratch_;
  std::string after_;
};

using Ids = std::vector<std::uint32_t>;

// As mkvpropedit leaves a file of HandBrake's: Chapters behind the SeekHead, which then only names another one.
std::string chained() {
  const auto chapters = filled(kChapters, 60), info = filled(kMatroskaInfo, 50);
  const auto gap = ebml_void(260), tracks = filled(kMatroskaTracks, 150), cues = filled(kCues, 40);
  const auto first = static_cast<std::int64_t>(seek_head({{}}).size());
  const auto cluster = first + static_cast<std::int64_t>(chapters.size() + info.size() + gap.size());
  const auto behind = cluster + static_cast<std::int64_t>(kPicture.size());
  const auto second =
      seek_head({{kMatroskaTracks, behind + 40, 0}, {kCues, behind, 0}, {kMatroskaInfo, first + 60, 0}});
  const auto body = seek_head({{kMatroskaSeekHead, behind + 40 + 150, 0}}) + chapters + info + gap + kPicture + cues +
                    tracks + second;
  return segment(body);
}

TEST_F(Front, OneSeekHeadNamesAllAndTracksStandInFront) {
  ASSERT_TRUE(lay_out(chained()));
  expect_in_order(chained());
  EXPECT_EQ(order(), (Ids{kMatroskaSeekHead, kMatroskaInfo, kMatroskaTracks, kChapters, kEbmlVoid, kMatroskaCluster,
                          kCues, kEbmlVoid, kEbmlVoid}));
  EXPECT_EQ(after_.size(), chained().size());
  const auto once = after_;
  ASSERT_TRUE(lay_out(once));
  EXPECT_EQ(after_, once) << "what is in order stays as it is";
}

std::string with_room(std::size_t room) {
  return segment(ebml_void(static_cast<std::int64_t>(room)) + filled(kTags, 80) + filled(kMatroskaTracks, 40) +
                 kPicture);
}

TEST_F(Front, WhatFindsNoRoomGoesToTheEnd) {
  const auto wanted = kSeekHeadBytes + 2 * kEntry;                          // the SeekHead alone
  expect_left_alone(segment(ebml_void(2) + filled(kTags, 20) + kPicture));  // not even that
  for (const std::size_t room : {wanted - 40, wanted - 2, wanted - 1}) {
    ASSERT_TRUE(lay_out(with_room(room))) << room;
    expect_in_order(with_room(room));
    EXPECT_EQ(order(), (Ids{kMatroskaSeekHead, kMatroskaTracks, kEbmlVoid, kMatroskaCluster, kTags})) << room;
  }
  ASSERT_TRUE(lay_out(with_room(wanted)));
  expect_in_order(with_room(wanted));
  EXPECT_EQ(order(), (Ids{kMatroskaSeekHead, kMatroskaTracks, kTags, kMatroskaCluster}));
}

TEST_F(Front, NoVoidIsOneByteLong) {
  const auto room = kSeekHeadBytes + 2 * kEntry + 1;
  ASSERT_TRUE(lay_out(with_room(room)));
  expect_in_order(with_room(room));
  EXPECT_EQ(order(), (Ids{kMatroskaSeekHead, kMatroskaTracks, kEbmlVoid, kMatroskaCluster, kTags}));
}

TEST_F(Front, WhatCannotBeMappedOrCannotGrowIsLeftAlone) {
  expect_left_alone("");
  expect_left_alone("no Matroska at all");
  expect_left_alone(kHead + ebml_number(kMatroskaSegment, 4) + "\x01\xff\xff\xff\xff\xff\xff\xff" + ebml_void(90) +
                    kPicture);
  expect_left_alone(segment(ebml_void(90) + filled(kTags, 40)));                          // no pictures
  expect_left_alone(segment(ebml_void(90) + ebml_number(kTags, 4) + "\xff" + kPicture));  // a part of unknown size
  expect_left_alone(segment(ebml_void(90) + kPicture).substr(0, kHead.size() + 150));     // cut
  expect_left_alone(with_room(45) + "behind the segment");                                // would have to grow
  const auto body = with_room(45).substr(kHead.size() + 12);
  expect_left_alone(kHead + ebml_number(kMatroskaSegment, 4) + ebml_size(0, 1) + body);
  const auto small =
      ebml_void(20) + filled(kTags, 50) + filled(kMatroskaCluster, 54);  // a size of one byte is full at 126
  expect_left_alone(kHead + ebml_number(kMatroskaSegment, 4) + ebml_size(small.size(), 1) + small);
}

// Either the SeekHead or what it names is damaged, and nobody knows which.
TEST_F(Front, WhatASeekHeadNamesMustBeThere) {
  const auto build = [](std::int64_t at, std::uint32_t id) {
    return segment(seek_head({{id, at, 0}, {kMatroskaSeekHead, 0, 0}}) + ebml_void(200) + filled(kMatroskaTracks, 40) +
                   kPicture + filled(kCues, 40));
  };
  const auto cluster = static_cast<std::int64_t>(look(build(0, kCues)).order[3].second);
  for (const std::int64_t at : {std::int64_t{0}, cluster - 40, cluster, cluster + 5, cluster + 299, cluster + 301,
                                cluster + 340, cluster + 10'000, std::int64_t{1} << 62, std::int64_t{-1}})
    expect_left_alone(build(at, kCues));
  expect_left_alone(build(cluster - 40, kMatroskaInfo));
  ASSERT_TRUE(lay_out(build(cluster + 300, kCues)));
  expect_in_order(build(cluster + 300, kCues));
  ASSERT_TRUE(lay_out(build(cluster, kMatroskaCluster)));
  expect_in_order(build(cluster, kMatroskaCluster));
}

// One bit of a size, and the Void before Tracks would swallow them; or mkvpropedit left the Segment's size short.
TEST_F(Front, WhatWouldBeLostIsLeftAlone) {
  const auto with = [](const std::string& gap) {
    const auto first = static_cast<std::int64_t>(seek_head({{}}).size());
    return segment(seek_head({{kMatroskaTracks, first + 50, 0}}) + gap + filled(kMatroskaTracks, 40) + kPicture +
                   filled(kTags, 60));
  };
  ASSERT_TRUE(lay_out(with(ebml_void(50))));
  auto swallowing = ebml_void(90);
  swallowing.resize(50);
  expect_left_alone(with(swallowing));
  expect_left_alone(with(element(0x4242, std::string(46, 'x'))));  // whose is it?
  const auto behind = static_cast<std::int64_t>(seek_head({{}}).size() + 50 + kPicture.size());
  const auto body = seek_head({{kMatroskaTracks, behind, 0}}) + ebml_void(50) + kPicture;
  ASSERT_TRUE(lay_out(segment(body + filled(kMatroskaTracks, 40))));
  expect_left_alone(segment(body) + filled(kMatroskaTracks, 40));
}

TEST_F(Front, WhatNoSeekHeadNamesIsFound) {
  const auto bare = segment(ebml_void(200) + filled(kMatroskaTracks, 40) + kPicture + filled(kCues, 40) + kPicture +
                            filled(kTags, 30));
  ASSERT_TRUE(lay_out(bare));
  expect_in_order(bare);
  EXPECT_EQ(look(after_).named.size(), 3U);
}

}  // namespace
}  // namespace amphi
