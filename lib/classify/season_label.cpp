#include "classify/season_label.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace amphi {

namespace {

constexpr std::size_t kMostDigits = 2;  // of a season's or a disc's number

// How many characters of `word` from `begin` are one letter and its number ("S01"); 0: none.
std::size_t length_of_number(std::string_view word, std::size_t begin, char letter) {
  if (begin >= word.size() || word[begin] != letter) return 0;
  auto end = begin + 1;
  while (end < word.size() && std::isdigit(static_cast<unsigned char>(word[end])) != 0) ++end;
  const auto digits = end - begin - 1;
  return digits >= 1 && digits <= kMostDigits ? digits + 1 : 0;
}

bool is_season(std::string_view word) {
  return length_of_number(word, 0, 'S') == word.size();
}

bool is_season_and_disc(std::string_view word) {
  const auto season = length_of_number(word, 0, 'S');
  return season > 0 && length_of_number(word, season, 'D') == word.size() - season && season < word.size();
}

bool is_disc(std::string_view word) {
  return word.starts_with("DISC") || word.starts_with("DISK") || length_of_number(word, 0, 'D') == word.size();
}

}  // namespace

bool names_a_season(std::string_view volume_label) {
  auto label = to_upper_ascii(volume_label);
  std::replace_if(
      label.begin(), label.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  const auto words = split(label, '_');
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (word->empty()) continue;
    if (word->starts_with("SEASON") || is_season_and_disc(*word)) return true;
    if (is_season(*word) && std::any_of(word + 1, words.end(), is_disc)) return true;
  }
  return false;
}

}  // namespace amphi
