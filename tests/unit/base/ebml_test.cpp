#include "base/ebml.hpp"

#include <gtest/gtest.h>

namespace amphi {
namespace {

std::optional<EbmlHead> parsed(const std::string& bytes) {
  return parse_ebml_head({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

TEST(Ebml, AHeadIsAnIdAndASizeOfAnyWidth) {
  for (std::size_t width = 1; width <= 8; ++width) {
    const auto head = parsed("\x42\x86" + ebml_size(126, width));
    ASSERT_TRUE(head) << width;
    EXPECT_EQ(head->id, 0x4286U);
    EXPECT_EQ(head->length, 2 + width);
    EXPECT_EQ(head->size, 126);
    EXPECT_FALSE(parsed(("\x42\x86" + ebml_size(126, width)).substr(0, 1 + width))) << width;
  }
  EXPECT_EQ(parsed("\xec\xff")->size, std::nullopt) << "unknown";
  EXPECT_EQ(parsed("\xec\x40\x7f")->size, 127);
  EXPECT_FALSE(parsed(""));
  EXPECT_FALSE(parsed("\x08zzzzzzzz")) << "no id is of five bytes";
  EXPECT_FALSE(parsed(std::string("\xec\0zzzzzzzz", 10))) << "no size is of nine";
}

TEST(Ebml, AVoidTakesWhatItIsAskedToTake) {
  for (const std::int64_t whole : {2, 3, 127, 128, 129, 300, 70'000}) {
    const auto bytes = ebml_void(whole);
    EXPECT_EQ(static_cast<std::int64_t>(bytes.size()), whole);
    const auto head = parsed(bytes);
    ASSERT_TRUE(head && head->size) << whole;
    EXPECT_EQ(static_cast<std::int64_t>(head->length) + *head->size, whole);
  }
}

}  // namespace
}  // namespace amphi
