#include <gtest/gtest.h>

#include "base/text.hpp"
#include "library/characters.hpp"
#include "samples.hpp"

namespace amphi {
namespace {

struct Case {
  std::string in, out;
};

std::string repeat(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(LegalName, Table) {
  const std::vector<Case> cases{
      {"Alien", "Alien"},
      {"Alien: Covenant", "Alien - Covenant"},
      {"Alien : Covenant", "Alien - Covenant"},
      {"2:22", "2-22"},
      {"Ends with:", "Ends with"},
      {"Ends with: ", "Ends with"},
      {"AC/DC", "AC-DC"},
      {"Face / Off", "Face - Off"},
      {"a\\b", "a-b"},
      {"a|b", "a-b"},
      {"M*A*S*H", "M-A-S-H"},
      {"Who? What?", "Who What"},
      {"a ? b", "a b"},
      {"\"Quoted\"", "'Quoted'"},
      {"<angle>", "(angle)"},
      {"it's, a \"title\"", "it's, a 'title'"},
      {"two\nlines\r\nthree\ttabs", "two lines three tabs"},
      {"a\u00a0b\u2028c\u2029d\u0085e", "a b c d e"},
      {"bell\a and \x1b[31mred", "bell and [31mred"},
      {std::string("nul\0inside", 10), "nulinside"},
      {"  spaces   everywhere  ", "spaces everywhere"},
      {"../../etc/passwd", "-..-etc-passwd"},
      {"..", "_"},
      {".", "_"},
      {"...", "_"},
      {"", "_"},
      {"   ", "_"},
      {"???", "_"},
      {"\u202e", "_"},
      {".hack", "hack"},
      {"...And Justice for All", "And Justice for All"},
      {". . hidden", "hidden"},
      {"S.W.A.T.", "S.W.A.T"},
      {"Trailing dots...", "Trailing dots"},
      {"Trailing . . .", "Trailing"},
      {"rtl \u202egnp.exe\u202c end", "rtl gnp.exe end"},
      {"a\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069z", "az"},
      {"zero\u200bwidth\ufeff\u2060joined", "zerowidthjoined"},
      {"e\u0301", "é"},
      {"e\u202e\u0301", "é"},
      {"e?\u0301", "é"},
      {"\u212b", "Å"},
      {"👩‍👩‍👧 Family 🎬", "👩‍👩‍👧 Family 🎬"},
      {"日本語のタイトル", "日本語のタイトル"},
      {"bad \xff byte", "bad \ufffd byte"},
      {"CON", "CON_"},
      {"con", "con_"},
      {"Con.txt", "Con_.txt"},
      {"nul.tar.gz", "nul_.tar.gz"},
      {"NUL .x", "NUL _.x"},
      {"PRN", "PRN_"},
      {"AUX", "AUX_"},
      {"COM1", "COM1_"},
      {"com9", "com9_"},
      {"COM\u00b9", "COM\u00b9_"},
      {"LPT1", "LPT1_"},
      {"lpt0", "lpt0_"},
      {"CONIN$", "CONIN$_"},
      {"CONOUT$", "CONOUT$_"},
      {"CON:", "CON_"},
      {"Con Air", "Con Air"},
      {"Contact", "Contact"},
      {"COM", "COM"},
      {"COM10", "COM10"},
      {"Comx", "Comx"},
      {"-30-", "-30-"},
      {"{edition-X}", "{edition-X}"},
  };
  for (const auto& [in, out] : cases) EXPECT_EQ(make_legal_name(in), out) << escape_controls(in);
}

TEST(LegalName, LengthAtTheBoundary) {
  EXPECT_EQ(make_legal_name(std::string(255, 'x')), std::string(255, 'x'));
  EXPECT_EQ(make_legal_name(std::string(256, 'x')), std::string(255, 'x'));
  EXPECT_EQ(make_legal_name(std::string(300, 'x')), std::string(255, 'x'));
  EXPECT_EQ(make_legal_name("abc", 3), "abc");
  EXPECT_EQ(make_legal_name("abc", 2), "ab");
  EXPECT_EQ(make_legal_name("abc", 0), "a");
  EXPECT_EQ(make_legal_name("", 0), "_");
}

TEST(LegalName, CutBetweenCodePointsAndClusters) {
  EXPECT_EQ(make_legal_name("aé", 2), "a");  // é has two bytes
  EXPECT_EQ(make_legal_name("aé", 3), "aé");
  EXPECT_EQ(make_legal_name("日本語", 8), "日本");
  EXPECT_EQ(make_legal_name("a👩‍👩‍👧", 18), "a");  // the family is one character of 18 bytes
  EXPECT_EQ(make_legal_name("a👩‍👩‍👧", 19), "a👩‍👩‍👧");
  EXPECT_EQ(make_legal_name("x🇩🇪🇫🇷", 12), "x🇩🇪");
  EXPECT_EQ(make_legal_name("ax\u0323\u0301\u0302", 4), "a");  // a letter never loses some of its accents
  EXPECT_EQ(make_legal_name(repeat("日", 100)), repeat("日", 85));
}

TEST(LegalName, OneClusterLongerThanTheRoomIsCutInside) {
  const auto zalgo = "x" + repeat("\u0323", 200);
  const auto name = make_legal_name(zalgo);
  EXPECT_EQ(name, "x" + repeat("\u0323", 127));
  EXPECT_EQ(make_legal_name("👩‍👩‍👧", 5), "👩");
}

TEST(LegalName, CuttingLeavesNoTrailingDotOrSpaceAndNoDevice) {
  EXPECT_EQ(make_legal_name("abc def", 4), "abc");
  EXPECT_EQ(make_legal_name("abc.def", 4), "abc");
  EXPECT_EQ(make_legal_name("abc. . def", 6), "abc");
  EXPECT_EQ(make_legal_name("CONtact", 3), "CO_");
  EXPECT_EQ(make_legal_name("CON", 4), "CON_");
  EXPECT_EQ(make_legal_name("CON.txt", 7), "CO_.txt");
  EXPECT_EQ(make_legal_name("CON.txt", 8), "CON_.txt");
  EXPECT_EQ(make_legal_name("COM\u00b9", 5), "COM_");
}

TEST(LegalName, HostileTextIsAlwaysLegalAndStaysAsItIs) {
  std::mt19937 random(20261122);
  for (int i = 0; i < 1500; ++i) {
    const auto text = samples::hostile_text(random);
    const auto room = 3 + random() % 300;
    const auto name = make_legal_name(text, room);
    EXPECT_EQ(samples::fault_of(name, room), "") << escape_controls(text) << " -> " << escape_controls(name);
    EXPECT_EQ(make_legal_name(name, room), name) << escape_controls(text);
  }
}

TEST(Characters, CutToGraphemesCountsWhatPeopleSee) {
  EXPECT_EQ(cut_to_graphemes("abc", 2), "ab");
  EXPECT_EQ(cut_to_graphemes("abc", 3), "abc");
  EXPECT_EQ(cut_to_graphemes("abc", 0), "");
  EXPECT_EQ(cut_to_graphemes("", 5), "");
  EXPECT_EQ(cut_to_graphemes("👩‍👩‍👧e\u0301z", 2), "👩‍👩‍👧e\u0301");
}

TEST(Characters, BrokenTextEndsTheWalk) {
  const std::string broken = "a\xf0\x9f";
  EXPECT_LE(cut_to_bytes(broken + broken, 2).size(), 2U);
}

}  // namespace
}  // namespace amphi
