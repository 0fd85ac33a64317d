#include <gtest/gtest.h>

#include "model/bluray_reference.hpp"

namespace amphi {
namespace {

TEST(BlurayReferences, ThereAndBack) {
  for (const auto* text : {"mpls:00800", "mpls:00000", "mpls:99999.angle2", "mpls:00010.angle9", "m2ts:00045"}) {
    const auto reference = parse_bluray_reference(text);
    ASSERT_TRUE(reference) << text;
    EXPECT_EQ(to_string(*reference), text);
  }
  EXPECT_EQ(parse_bluray_reference("mpls:00010.angle2"), (BlurayReference{true, 10, 1}));
  EXPECT_EQ(parse_bluray_reference("m2ts:00045"), (BlurayReference{false, 45, 0}));
}

TEST(BlurayReferences, WhatIsNone) {
  for (const auto* text : {"", "dvd:1", "mpls:", "mpls:800", "mpls:-0800", "mpls:008000", "mpls:00800.angle1",
                           "mpls:00800.angle", "mpls:00800.angle10", "m2ts:00045.angle2", "mpls:0080x", "mpls:00800 "})
    EXPECT_FALSE(parse_bluray_reference(text)) << text;
}

}  // namespace
}  // namespace amphi
