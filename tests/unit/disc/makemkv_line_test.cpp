#include "model/makemkv_line.hpp"

#include <gtest/gtest.h>

namespace amphi {
namespace {

using Fields = std::vector<std::string>;

TEST(MakemkvLine, SplitsCodeAndFields) {
  const auto line = parse_makemkv_line("TINFO:0,9,0,\"1:43:16\"");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->code, "TINFO");
  EXPECT_EQ(line->fields, (Fields{"0", "9", "0", "1:43:16"}));
  EXPECT_EQ(line->number(1), 9);
  EXPECT_EQ(line->text(7), "");
  EXPECT_FALSE(line->number(3));
}

TEST(MakemkvLine, QuotesHoldCommasAndEscapes) {
  const auto line = parse_makemkv_line(R"(MSG:2010,0,1,"drive \"BD, RE\" at C:\\x","%1","a\\")");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->fields, (Fields{"2010", "0", "1", R"(drive "BD, RE" at C:\x)", "%1", R"(a\)"}));
}

TEST(MakemkvLine, ByteOrderMarkAndCarriageReturnGo) {
  EXPECT_EQ(parse_makemkv_line("\xef\xbb\xbfTCOUNT:5\r\n"), (MakemkvLine{"TCOUNT", {"5"}}));
}

TEST(MakemkvLine, BareWordsAndEmptyFields) {
  EXPECT_EQ(parse_makemkv_line("HSH:3,VTS_01_0.BUP,4/20/2016 7:08:34 PM,14336"),
            (MakemkvLine{"HSH", {"3", "VTS_01_0.BUP", "4/20/2016 7:08:34 PM", "14336"}}));
  EXPECT_EQ(parse_makemkv_line("DRV:1,256,999,0,\"\",,"), (MakemkvLine{"DRV", {"1", "256", "999", "0", "", "", ""}}));
}

TEST(MakemkvLine, OtherTextIsNone) {
  for (const auto* text : {"", "Failed to open disc", "http://example.org", "PRGV", "TINFO:0,9,0,\"1:43",
                           "MSG:1,0,1,\"a\"b", "msg:1,0", ":1", "TINFO:0,9,0,\"1:43\\\""}) {
    EXPECT_FALSE(parse_makemkv_line(text)) << text;
  }
}

TEST(MakemkvLine, BadUtf8IsRepaired) {
  EXPECT_EQ(parse_makemkv_line("CINFO:2,0,\"a\xff\"")->text(2), "a\xef\xbf\xbd");
}

TEST(MakemkvMessage, KindFollowsFromItsFlags) {
  const auto kind = [](const std::string& flags) {
    return parse_makemkv_message(*parse_makemkv_line("MSG:5021," + flags + ",1,\"text\",\"%1\",\"p\""))->kind();
  };
  EXPECT_EQ(kind("0"), MakemkvMessage::Kind::kPlain);
  EXPECT_EQ(kind("131072"), MakemkvMessage::Kind::kPlain);
  EXPECT_EQ(kind("516"), MakemkvMessage::Kind::kError);
  EXPECT_EQ(kind("131588"), MakemkvMessage::Kind::kError);
  EXPECT_EQ(kind("1028"), MakemkvMessage::Kind::kWarning);
  for (const auto* flags : {"776", "1288", "1544"}) EXPECT_EQ(kind(flags), MakemkvMessage::Kind::kQuestion) << flags;
}

TEST(MakemkvDuration, IsHoursMinutesAndSecondsOrNothing) {
  EXPECT_EQ(parse_makemkv_duration("1:23:45"), 5025);
  EXPECT_EQ(parse_makemkv_duration("0:08"), 8);
  for (const auto* text : {"", "1:2:3:4", "-1:00", "a:00", "1::2", "99999999:00"}) {
    EXPECT_FALSE(parse_makemkv_duration(text)) << text;
  }
}

TEST(MakemkvMessage, CarriesTextAndParameters) {
  const auto message =
      parse_makemkv_message(*parse_makemkv_line(R"(MSG:5004,0,2,"1 saved, 0 failed","%1 saved, %2 failed","1","0")"));
  ASSERT_TRUE(message);
  EXPECT_EQ(message->code, 5004);
  EXPECT_EQ(message->text, "1 saved, 0 failed");
  EXPECT_EQ(message->parameters, (Fields{"1", "0"}));
  EXPECT_FALSE(parse_makemkv_message(MakemkvLine{"DRV", {"0", "0", "0", "x"}}));
}

}  // namespace
}  // namespace amphi
