#include "model/language.hpp"

#include <gtest/gtest.h>

namespace amphi {
namespace {

TEST(Language, TwoLettersBecomeBibliographicCodes) {
  EXPECT_EQ(iso639_2b("en"), "eng");
  EXPECT_EQ(iso639_2b("DE"), "ger");
  EXPECT_EQ(iso639_2b("zh"), "chi");
  EXPECT_EQ(iso639_2b("aa"), "aar");
  EXPECT_EQ(iso639_2b("zu"), "zul");
  EXPECT_EQ(iso639_2b("iw"), "heb");
}

TEST(Language, TerminologicalCodesBecomeBibliographic) {
  EXPECT_EQ(iso639_2b("deu"), "ger");
  EXPECT_EQ(iso639_2b("zho"), "chi");
  EXPECT_EQ(iso639_2b("fre"), "fre");
  EXPECT_EQ(iso639_2b("tha"), "tha");
}

TEST(Language, OtherTextIsUndetermined) {
  for (const auto* text : {"", "x", "xx", "12", "a\xff", "e1g", "english"}) EXPECT_EQ(iso639_2b(text), "und") << text;
}

}  // namespace
}  // namespace amphi
