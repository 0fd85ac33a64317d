// Cuts and versions of a film, as names of titles and of releases tell them.
#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "amphi/identify.hpp"
#include "base/text.hpp"
#include "identify/values.hpp"

namespace amphi {
namespace {

constexpr std::array<std::string_view, 26> kVersionWords{
    "cut",        "edition",     "version",     "extended",   "theatrical",     "unrated", "uncut",
    "uncensored", "remaster",    "remastered",  "restored",   "imax",           "redux",   "special",
    "widescreen", "fullscreen",  "full screen", "full frame", "pan and scan",   "3d",      "open matte",
    "workprint",  "anniversary", "colorized",   "in color",   "black and white"};

// What only tells of the package: it may stand between the words of a cut ("Special Extended DVD Edition").
constexpr std::array<std::string_view, 16> kPackageWords{"dvd",     "blu",       "ray",     "bluray",    "4k",  "uhd",
                                                         "ultra",   "hd",        "bd",      "3d",        "the", "2d",
                                                         "digital", "steelbook", "limited", "collectors"};

struct Cut {
  std::string_view words, name;
};
// Of two that overlap the longer stands first.
constexpr std::array kCuts{
    Cut{"unrated directors cut", "Unrated Director's Cut"},
    Cut{"unrated extended cut", "Unrated Extended Cut"},
    Cut{"special extended edition", "Special Extended Edition"},
    Cut{"extended directors cut", "Extended Director's Cut"},
    Cut{"directors cut", "Director's Cut"},
    Cut{"final cut", "Final Cut"},
    Cut{"ultimate cut", "Ultimate Cut"},
    Cut{"assembly cut", "Assembly Cut"},
    Cut{"international cut", "International Cut"},
    Cut{"theatrical cut", "Theatrical Cut"},
    Cut{"theatrical version", "Theatrical Version"},
    Cut{"theatrical edition", "Theatrical Edition"},
    Cut{"theatrical", "Theatrical"},
    Cut{"extended cut", "Extended Cut"},
    Cut{"extended edition", "Extended Edition"},
    Cut{"extended version", "Extended Version"},
    Cut{"extended", "Extended"},
    Cut{"unrated cut", "Unrated Cut"},
    Cut{"unrated edition", "Unrated Edition"},
    Cut{"unrated version", "Unrated Version"},
    Cut{"unrated", "Unrated"},
    Cut{"uncut", "Uncut"},
    Cut{"redux", "Redux"},
    Cut{"black and chrome", "Black & Chrome"},
};

bool is_letter_or_digit(char byte) {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || static_cast<unsigned char>(byte) >= 0x80;
}

std::string without_package_words(const std::string& words) {
  std::string out = " ";
  for (const auto& word : split(words, ' ')) {
    const bool is_package = std::find(kPackageWords.begin(), kPackageWords.end(), word) != kPackageWords.end();
    if (!word.empty() && !is_package) out += word + " ";
  }
  return out;
}

constexpr std::string_view kMarks = " -:,;([";

// "(1982) (Final Cut)" -> "Final Cut": marks around it, and the film's year, are no part of a version.
std::string_view without_marks(std::string_view rest) {
  constexpr std::size_t kYearDigits = 4;
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(kMarks), rest.size()));
    const auto year = rest.substr(0, kYearDigits);
    const bool has_year = year.size() == kYearDigits &&
                          year.find_first_not_of("0123456789") == std::string_view::npos &&
                          (rest.size() == kYearDigits || rest[kYearDigits] == ')');
    if (!has_year) break;
    rest.remove_prefix(std::min(kYearDigits + 1, rest.size()));
  }
  if (rest.find_first_of("([") == std::string_view::npos) rest = rest.substr(0, rest.find_last_not_of(" )]") + 1);
  return trim(rest);
}

}  // namespace

bool tells_a_version(std::string_view text) {
  const auto words = as_words(text);
  return std::any_of(kVersionWords.begin(), kVersionWords.end(),
                     [&](std::string_view word) { return has_word(words, word); });
}

std::string beyond_title(std::string_view name, std::string_view film) {
  const auto whole = to_nfc(name), title = to_nfc(trim(film));
  if (title.empty() || !to_lower_ascii(whole).starts_with(to_lower_ascii(title))) return "";
  const auto rest = std::string_view(whole).substr(title.size());
  if (rest.empty() || is_letter_or_digit(rest.front())) return "";
  const auto version = without_marks(rest);
  // "Rocky II" is another film, "Rocky (French)" is not.
  const bool set_apart = trim(rest).find_first_of("-:,;([") == 0;
  return set_apart || tells_a_version(version) ? std::string(version) : "";
}

std::string cut_in_release(std::string_view release_title) {
  auto words = without_package_words(as_words(release_title));
  std::string found;
  for (const auto& cut : kCuts) {
    if (!has_word(words, cut.words)) continue;
    if (!found.empty()) return "";  // both cuts are in the box; which of them this disc has is not said
    found = cut.name;
    words.replace(words.find(fmt::format(" {} ", cut.words)) + 1, cut.words.size(), "|");
  }
  return found;
}

}  // namespace amphi
