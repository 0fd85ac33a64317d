#include "base/text.hpp"

#include <clocale>
#include <cstdlib>
#include <limits>

#include <gtest/gtest.h>

namespace amphi {
namespace {

TEST(Utf8, tells_good_from_bad) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("Amélie 💿"));
  EXPECT_FALSE(is_valid_utf8("\xc3"));              // cut
  EXPECT_FALSE(is_valid_utf8("\xc0\xaf"));          // overlong '/'
  EXPECT_FALSE(is_valid_utf8("\xed\xa0\x80"));      // a surrogate
  EXPECT_FALSE(is_valid_utf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
}

TEST(Utf8, is_repaired_for_every_truncation) {
  const std::string whole = "a é 漢 💿 e\u0301";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    const std::string repaired = to_valid_utf8(whole.substr(0, length));
    EXPECT_TRUE(is_valid_utf8(repaired)) << length;
    EXPECT_TRUE(is_valid_utf8(to_nfc(whole.substr(0, length)))) << length;
  }
  EXPECT_EQ(to_valid_utf8("A\xff"
                          "B"),
            "A\uFFFDB");
}

TEST(Nfc, composes_and_keeps_what_is_composed) {
  EXPECT_EQ(to_nfc("Ame\u0301lie"), "Am\u00e9lie");
  EXPECT_EQ(to_nfc("Am\u00e9lie"), "Am\u00e9lie");
  EXPECT_EQ(to_nfc(std::string_view("a\0b", 3)), std::string("a\0b", 3));
}

TEST(CaseFold, makes_names_that_collide_equal) {
  EXPECT_EQ(case_fold("ÄRGER"), case_fold("ärger"));
  EXPECT_EQ(case_fold("STRASSE"), case_fold("straße"));
  EXPECT_EQ(case_fold("E\u0301"), case_fold("é"));
  EXPECT_NE(case_fold("a"), case_fold("b"));
}

TEST(Width, counts_columns) {
  EXPECT_EQ(terminal_width("abc"), 3);
  EXPECT_EQ(terminal_width("漢字"), 4);
  EXPECT_EQ(terminal_width("💿"), 2);
  EXPECT_EQ(terminal_width("e\u0301"), 1);
}

TEST(Fit, cuts_with_an_ellipsis_and_never_in_a_character) {
  EXPECT_EQ(fit_to_width("abcdef", 6), "abcdef");
  EXPECT_EQ(fit_to_width("abcdef", 4), "abc…");
  EXPECT_EQ(fit_to_width("漢字漢字", 4), "漢…");
  EXPECT_EQ(fit_to_width("abc", 0), "");
  for (int columns = 0; columns < 12; ++columns) {
    const std::string cut = fit_to_width("a漢💿é漢字bcd", columns);
    EXPECT_LE(terminal_width(cut), columns);
    EXPECT_TRUE(is_valid_utf8(cut));
  }
}

TEST(Escape, shows_what_could_steer_a_terminal) {
  EXPECT_EQ(escape_controls("a\nb\tc\x1b[31m"), "a\\nb\\tc\\x1b[31m");
  EXPECT_EQ(escape_controls("\u202Etxt.exe"), "\\u202etxt.exe");
  EXPECT_EQ(escape_controls("\u2066\u200f\u0085\x7f"), "\\u2066\\u200f\\u0085\\x7f");
  EXPECT_EQ(escape_controls("\xff"), "\\xff");
  EXPECT_EQ(escape_controls("Amélie 💿"), "Amélie 💿");
}

TEST(Split, keeps_empty_parts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
  EXPECT_EQ(join({"a", "", "b"}, ", "), "a, , b");
  EXPECT_EQ(join({}, ","), "");
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim("  "), "");
}

TEST(Hex, wants_digits_and_some) {
  EXPECT_TRUE(is_hex("09afAF"));
  EXPECT_FALSE(is_hex(""));
  EXPECT_FALSE(is_hex("0g"));
  EXPECT_EQ(to_lower_ascii("AbÄ"), "abÄ");
}

TEST(ParseInt, takes_the_whole_text_or_nothing) {
  EXPECT_EQ(parse_int("-12"), -12);
  EXPECT_EQ(parse_int("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  for (const char* bad : {"", " 1", "1 ", "+1", "0x10", "1.5", "9223372036854775808", "1e3", "-"})
    EXPECT_EQ(parse_int(bad), std::nullopt) << bad;
}

TEST(ParseDouble, heeds_no_locale) {
  std::setlocale(LC_NUMERIC, "de_DE.UTF-8");  // where the machine has it
  EXPECT_EQ(parse_double("1.5"), 1.5);
  EXPECT_EQ(parse_double("-2e3"), -2000);
  for (const char* bad : {"", "1,5", "nan", "inf", "1.5x", " 1", "1e999"})
    EXPECT_EQ(parse_double(bad), std::nullopt) << bad;
  std::setlocale(LC_NUMERIC, "C");
}

TEST(ShellWord, is_taken_for_one_path_by_a_shell) {
  EXPECT_EQ(shell_word("/srv/catalog-1.db"), "/srv/catalog-1.db");
  EXPECT_EQ(shell_word("it's a catalog.db"), "'it'\\''s a catalog.db'");
  EXPECT_EQ(shell_word("~/$HOME"), "'~/$HOME'");
  EXPECT_EQ(shell_word("-x.db"), "./-x.db");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(HumanSize, has_decimal_units) {
  EXPECT_EQ(human_size(0), "0 B");
  EXPECT_EQ(human_size(999), "999 B");
  EXPECT_EQ(human_size(1000), "1.0 kB");
  EXPECT_EQ(human_size(999'949), "999.9 kB");
  EXPECT_EQ(human_size(999'950), "1.0 MB");
  EXPECT_EQ(human_size(4'400'000'000), "4.4 GB");
  EXPECT_EQ(human_size(std::numeric_limits<std::int64_t>::max()), "9.2 EB");
}

TEST(HumanDuration, has_hours_only_where_there_are_some) {
  EXPECT_EQ(human_duration(8), "0:08");
  EXPECT_EQ(human_duration(59.6), "1:00");
  EXPECT_EQ(human_duration(5525), "1:32:05");
  EXPECT_EQ(human_duration(-3), "0:00");
  EXPECT_EQ(human_duration(std::numeric_limits<double>::quiet_NaN()), "0:00");
}

TEST(Nearest, finds_a_typing_mistake_and_nothing_far) {
  const std::vector<std::string> keys = {"catalog", "drives", "folders", "rip", "transcode", "library"};
  EXPECT_EQ(nearest("cataolg", keys), "catalog");
  EXPECT_EQ(nearest("Librari", keys), "library");
  EXPECT_EQ(nearest("folder", keys), "folders");
  EXPECT_EQ(nearest("zzzzzz", keys), "");
  EXPECT_EQ(nearest("", keys), "");
}

}  // namespace
}  // namespace amphi
