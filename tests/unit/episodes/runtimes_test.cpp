#include "support.hpp"

namespace amphi::test {
namespace {

Runtime only(const std::string& line) {
  const auto list = parse_runtimes(line);
  EXPECT_EQ(list.size(), 1U) << line;
  return list.front();
}

std::string told_of(const Runtime& runtime) {
  const auto number = [](std::optional<int> value) { return value ? std::to_string(*value) : std::string("-"); };
  return number(runtime.season) + " " + number(runtime.episode) + " " +
         std::to_string(static_cast<int>(runtime.seconds)) + (runtime.rounded ? "~ " : " ") + runtime.name;
}

TEST(Runtimes, EveryFormOfALine) {
  EXPECT_EQ(told_of(only("45:10")), "- - 2710 ");
  EXPECT_EQ(told_of(only("1:30:00")), "- - 5400 ");
  EXPECT_EQ(told_of(only("2710")), "- - 2710 ");
  EXPECT_EQ(told_of(only("45 min")), "- - 2700~ ");
  EXPECT_EQ(told_of(only("45min")), "- - 2700~ ");
  EXPECT_EQ(told_of(only("120:00")), "- - 7200 ");
  EXPECT_EQ(told_of(only("  45:10\tThe Train Job \r")), "- - 2710 The Train Job");
  EXPECT_EQ(told_of(only("45:10 - The Train Job")), "- - 2710 The Train Job");
  EXPECT_EQ(told_of(only("45:10 \xE2\x80\x93 Ariel")), "- - 2710 Ariel");
  EXPECT_EQ(told_of(only("45 min Ariel")), "- - 2700~ Ariel");
  EXPECT_EQ(told_of(only("s02e05 45:10 Ariel")), "2 5 2710 Ariel");
  EXPECT_EQ(told_of(only("S2E5: 45:10")), "2 5 2710 ");
  EXPECT_EQ(told_of(only("5 45:10 Ariel")), "- 5 2710 Ariel");
  EXPECT_EQ(told_of(only("5. 45:10")), "- 5 2710 ");
  EXPECT_EQ(told_of(only("5 45 min")), "- 5 2700~ ");
  EXPECT_EQ(told_of(only("5 2710")), "- 5 2710 ");
}

TEST(Runtimes, ALoneNumberIsTheRuntimeUnlessOneFollows) {
  EXPECT_EQ(told_of(only("2710 42")), "- - 2710 42");
  EXPECT_EQ(told_of(only("2710 1984")), "- - 2710 1984") << "no episode has four digits";
  EXPECT_EQ(told_of(only("60 Minutes")), "- - 3600~ ") << "as somebody meant it who wrote no name";
}

TEST(Runtimes, CommentsAndEmptyLinesKeepTheNumbersOfLines) {
  const auto list = parse_runtimes("\xEF\xBB\xBF# season 2\n\n45:10 A\n\r\n44:00 B");
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].line, 3);
  EXPECT_EQ(list[1].line, 5);
}

TEST(Runtimes, WhatIsNoneIsRefusedByItsLine) {
  const auto refused_with = [](const std::string& text) { return refused([&] { parse_runtimes(text); }); };
  for (const auto* text : {"45:10\nlong", "45:10\n45", "45:10\n45:1", "45:10\n45:60", "45:10\n0:00", "45:10\n1:2:3:4",
                           "45:10\n-45:10", "45:10\n25:00:00", "45:10\n99999", "45:10\ns02e05", "45:10\ns2e 44:00",
                           "45:10\n0 min", "45:10\n:", "45:10\n\xFF 44:00", "45:10\n5 44:00", "1 45:10\n1 44:00"}) {
    const auto error = refused_with(text);
    EXPECT_EQ(error.kind(), ErrorKind::kUsage) << text;
    EXPECT_NE(error.message().find("line 2"), std::string::npos) << text << ": " << error.message();
  }
  EXPECT_NE(refused_with("45").message().find("45 min or 45:00"), std::string::npos);
  EXPECT_NE(refused_with("# nothing\n").message().find("no runtimes"), std::string::npos);
  std::string many;
  for (int i = 0; i < 1001; ++i) many += "45:10\n";
  EXPECT_NE(refused_with(many).message().find("line 1001"), std::string::npos);
  EXPECT_EQ(refused_with("45:10 " + std::string(501, 'x')).kind(), ErrorKind::kUsage);
  EXPECT_EQ(refused_with(std::string(2 << 20, '\n')).kind(), ErrorKind::kUsage);
}

}  // namespace
}  // namespace amphi::test
