#include "table.hpp"

#include <csignal>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "captured_output.hpp"
#include "icons.hpp"

namespace amphi::cmd {
namespace {

const std::vector<TableColumn> kColumns{
    {"#", Align::kRight, Fit::kWhole}, {"NAME", Align::kLeft, Fit::kFlexible}, {"TYPE"}};

std::string table(const Appearance& look, const std::vector<std::vector<Cell>>& rows) {
  CapturedOutput captured;
  Table out(captured.output(), look, kColumns);
  for (const auto& row : rows) out.add(row);
  out.finish();
  return captured.text();
}

TEST(Table, IsPlainAndWholeWhenPiped) {
  const std::string longest(200, 'x');
  EXPECT_EQ(table({}, {{Cell("1"), Cell("a"), Cell("t")}, {Cell("12"), Cell("bcdef"), Cell("u")}}),
            " #  NAME   TYPE\n 1  a      t\n12  bcdef  u\n");
  EXPECT_NE(table({}, {{Cell("1"), Cell(longest), Cell("t")}}).find(longest), std::string::npos);
}

TEST(Table, NoRowsNoHeader) {
  EXPECT_EQ(table({}, {}), "");
}

TEST(Table, FitsTheTerminalByCuttingWhatMayBeCut) {
  Appearance look;
  look.width = 30;
  const auto text = table(look, {{Cell("1"), Cell(std::string(100, 'x')), Cell("main_feature")}});
  for (const auto& line : split(text, '\n')) EXPECT_LE(terminal_width(line), 30) << line;
  EXPECT_NE(text.find("main_feature"), std::string::npos);
  EXPECT_NE(text.find("…"), std::string::npos);
}

TEST(Table, LeavesColumnsOutWhereCuttingIsNotEnough) {
  CapturedOutput captured;
  Appearance look;
  look.width = 24;
  Table out(captured.output(), look,
            {{"NAME", Align::kLeft, Fit::kFlexible}, {"SIZE", Align::kRight, Fit::kDroppable}, {"STATE"}});
  out.add({Cell("a long enough name"), Cell("123456789 MB"), Cell("discovered")});
  out.finish();
  EXPECT_EQ(captured.text(), "NAME          STATE\na long enou…  discovered\n");
}

TEST(Table, WhatNoRowHasAnythingForTakesNoRoomOnATerminal) {
  const std::vector<TableColumn> columns{{"NAME"}, {"PIXELS", Align::kRight, Fit::kDroppable}, {"STATE"}};
  const auto shown = [&](int width, const std::string& pixels) {
    CapturedOutput captured;
    Appearance look;
    look.width = width;
    Table out(captured.output(), look, columns);
    out.add({Cell("a"), Cell(), Cell("new")});
    out.add({Cell("b"), Cell(pixels), Cell("new")});
    out.finish();
    return captured.text();
  };
  EXPECT_EQ(shown(80, ""), "NAME  STATE\na     new\nb     new\n");
  EXPECT_NE(shown(80, "720x576").find("PIXELS"), std::string::npos);
  EXPECT_NE(shown(0, "").find("PIXELS"), std::string::npos);  // a script counts columns
}

TEST(Table, WideCharactersTakeTwoColumns) {
  EXPECT_EQ(table({}, {{Cell("1"), Cell("日本"), Cell("t")}, {Cell("2"), Cell("abcd"), Cell("u")}}),
            "#  NAME  TYPE\n1  日本  t\n2  abcd  u\n");
}

TEST(Table, ControlCharactersAreEscaped) {
  const auto text = table({}, {{Cell("1"), Cell("a\nb\x1b[2J\tc"), Cell("t")}});
  EXPECT_EQ(split(text, '\n').size(), 3U);  // header, row, what follows the last newline
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Table, LinesEndWithoutBlanks) {
  EXPECT_EQ(table({}, {{Cell("1"), Cell("a"), Cell()}}), "#  NAME  TYPE\n1  a\n");
}

TEST(Table, RowsAfterTheFirstHundredsStreamInTheSameColumns) {
  std::vector<std::vector<Cell>> rows(1000, {Cell("1"), Cell("ab"), Cell("t")});
  const auto lines = split(table({}, rows), '\n');
  ASSERT_EQ(lines.size(), 1002U);
  EXPECT_EQ(lines[1], lines[1000]);
}

TEST(Icons, StatesAreReadWithoutColour) {
  Appearance ascii;
  ascii.ascii = true;
  PerStage<Verdict> verdicts;
  verdicts[Stage::kRip] = Verdict::kDone;
  verdicts[Stage::kTranscode] = Verdict::kMissing;
  verdicts[Stage::kInsert] = Verdict::kPending;
  EXPECT_EQ(stage_icons(verdicts, ascii).text(), "R+ T! I.");
  EXPECT_EQ(stage_icons(verdicts, {}).text(), "💿  🎬! 📺·");
  verdicts[Stage::kRip] = Verdict::kRemoved;
  verdicts[Stage::kTranscode] = Verdict::kChanged;
  verdicts[Stage::kInsert] = Verdict::kUnreadable;
  EXPECT_EQ(stage_icons(verdicts, ascii).text(), "R- T? I?");
}

TEST(Icons, MissingIsRedAndStruckOutWhereColourShows) {
  Appearance look;
  look.color = true;
  const Cell cell = [&] {
    Cell out;
    out.pieces.push_back(stage_icon(Stage::kRip, Verdict::kMissing, look));
    return out;
  }();
  EXPECT_EQ(render(cell, look), "\x1b[31;9m💿!\x1b[0m");
}

TEST(Output, AReaderThatLeftEndsAListingAndMutesAProcess) {
  for (const auto when : {Output::WhenClosed::kThrow, Output::WhenClosed::kMute}) {
    std::signal(SIGPIPE, SIG_IGN);  // as the program does first of all
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ::close(ends[0]);
    const Handle writer(ends[1]);
    Output out(writer.get(), when);
    out.line("nobody reads this");
    if (when == Output::WhenClosed::kThrow) {
      EXPECT_THROW(out.flush(), ClosedPipe);
    } else {
      EXPECT_NO_THROW(out.flush());
    }
  }
}

}  // namespace
}  // namespace amphi::cmd
