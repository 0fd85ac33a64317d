// Our text of JSON values is the library's, byte for byte.
#include "json_text.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace amphi::cmd {
namespace {

std::string by_library(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TEST(JsonTextTest, TextsOfEveryByte) {
  for (int byte = 0; byte < 256; ++byte) {
    const auto character = static_cast<char>(byte);
    for (const std::string& text : {std::string(1, character), std::string("before ") + character + " after"}) {
      EXPECT_EQ(dump(Json(text)), by_library(Json(text))) << byte;
      EXPECT_EQ(dump(Json{{text, 1}}), by_library(Json{{text, 1}})) << byte;  // a name is a text too
    }
  }
}

TEST(JsonTextTest, TextsThatNeedTheLibrary) {
  for (const char* text :
       {"", "\u00fc\U0001F3AC", "\xc3", "a\xff\xfe", "\"quoted\", \\ and \n\t\x01\x7f", "../", "\xed\xa0\x80"}) {
    EXPECT_EQ(dump(Json(text)), by_library(Json(text)));
  }
}

TEST(JsonTextTest, Numbers) {
  const std::vector<Json> numbers{0,
                                  -1,
                                  std::numeric_limits<std::int64_t>::min(),
                                  std::numeric_limits<std::int64_t>::max(),
                                  std::numeric_limits<std::uint64_t>::max(),
                                  0.0,
                                  -0.0,
                                  0.1,
                                  1e300,
                                  90.0,
                                  std::nan("")};
  for (const Json& number : numbers) EXPECT_EQ(dump(number), by_library(number));
}

TEST(JsonTextTest, ObjectsAndLists) {
  const Json value{{"none", nullptr},       {"yes", true},
                   {"no", false},           {"empty", Json::object()},
                   {"list", Json::array()}, {"deep", {{"list", {1, "two", {{"three", 3.5}}, nullptr}}}}};
  EXPECT_EQ(dump(value), by_library(value));
}

}  // namespace
}  // namespace amphi::cmd
