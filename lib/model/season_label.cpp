#include "model/season_label.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace amphi {

namespace {

using Words = std::vector<std::string>;

constexpr std::size_t kMostDigits = 2;  // of a season's or a disc's number
constexpr std::array<std::string_view, 5> kSeasonWords{"SEASON", "STAFFEL", "SAISON", "TEMPORADA", "STAGIONE"};
constexpr std::array<std::string_view, 4> kDiscWords{"DISC", "DISK", "DISQUE", "DISCO"};
constexpr std::array<std::string_view, 3> kShortDiscWords{"D", "DVD", "BD"};  // only behind a name
constexpr std::array<std::string_view, 3> kUnnumbered{"FINAL", "LAST", "COMPLETE"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNumberWords{{{"ONE", "FIRST"},
                                                                                      {"TWO", "SECOND"},
                                                                                      {"THREE", "THIRD"},
                                                                                      {"FOUR", "FOURTH"},
                                                                                      {"FIVE", "FIFTH"},
                                                                                      {"SIX", "SIXTH"},
                                                                                      {"SEVEN", "SEVENTH"},
                                                                                      {"EIGHT", "EIGHTH"},
                                                                                      {"NINE", "NINTH"},
                                                                                      {"TEN", "TENTH"},
                                                                                      {"ELEVEN", "ELEVENTH"},
                                                                                      {"TWELVE", "TWELFTH"}}};

template <class Array>
bool is_one_of(std::string_view word, const Array& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Bytes beyond ASCII are letters of a name.
Words words_of(std::string_view label) {
  auto text = to_upper_ascii(label);
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x80 && std::isalnum(c) == 0; }, '_');
  auto words = split(text, '_');
  std::erase_if(words, [](const std::string& word) { return word.empty(); });
  return words;
}

std::string_view take_letters(std::string_view& rest) {
  const auto end = std::min(rest.find_first_of("0123456789"), rest.size());
  const auto letters = rest.substr(0, end);
  rest.remove_prefix(end);
  return letters;
}

std::optional<int> take_number(std::string_view& rest) {
  const auto end = static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_digit) - rest.begin());
  if (end == 0 || end > kMostDigits) return std::nullopt;
  const auto number = parse_int(rest.substr(0, end));
  rest.remove_prefix(end);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

// "2", "02", "TWO"
std::optional<int> number_word(std::string_view word) {
  auto rest = word;
  if (const auto number = take_number(rest); number && rest.empty()) return number;
  for (std::size_t i = 0; i < kNumberWords.size(); ++i)
    if (word == kNumberWords[i].first) return static_cast<int>(i) + 1;
  return std::nullopt;
}

// "2ND", "SECOND"
std::optional<int> ordinal_of(std::string_view word) {
  auto rest = word;
  const auto number = take_number(rest);
  if (number && (rest == "ST" || rest == "ND" || rest == "RD" || rest == "TH")) return number;
  for (std::size_t i = 0; i < kNumberWords.size(); ++i)
    if (word == kNumberWords[i].second) return static_cast<int>(i) + 1;
  return std::nullopt;
}

// A season or a disc, and the words that tell it.
struct Told {
  std::optional<int> season, disc;
  std::size_t begin = 0, end = 0;
};

// "DISC2", "D2"; of a size of disc ("BD50") no number.
std::optional<int> glued_disc(std::string_view rest) {
  const auto letters = take_letters(rest);
  if (!is_one_of(letters, kDiscWords) && !is_one_of(letters, kShortDiscWords)) return std::nullopt;
  const auto number = take_number(rest);
  const bool is_size = letters == "BD" && (number == 25 || number == 50 || number == 66);
  return rest.empty() && !is_size ? number : std::nullopt;
}

std::optional<Told> disc_at(const Words& words, std::size_t at) {
  const auto& word = words[at];
  std::string_view rest = word;
  if (at == 0 && is_one_of(take_letters(rest), kShortDiscWords)) return std::nullopt;
  if (const auto disc = glued_disc(word)) return Told{{}, disc, at, at + 1};
  const bool needs_number = is_one_of(word, kDiscWords) || word == "DVD" || word == "BD";
  const auto number = needs_number && at + 1 < words.size() ? number_word(words[at + 1]) : std::nullopt;
  return number ? std::optional(Told{{}, number, at, at + 2}) : std::nullopt;
}

// What comes behind the season's number in the same word: nothing, a disc, an episode ("S01E01").
bool ends_a_season(std::string_view rest) {
  if (rest.empty() || glued_disc(rest)) return true;
  if (rest.front() != 'E') return false;
  rest.remove_prefix(1);
  return !rest.empty() && is_digit(rest.front());
}

bool tells_disc(const std::string& word) {
  return word.starts_with("DISC") || word.starts_with("DISK") || glued_disc(word);
}

// A lone letter and its number are a season only where a disc is told, too, or "S01" follows a name.
bool may_be_short(const Words& words, std::size_t at, std::string_view rest) {
  if (!rest.empty()) return true;
  const bool padded = words[at].size() == 3 && words[at][1] == '0' && at > 0;
  return padded || std::any_of(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end(), tells_disc);
}

std::optional<Told> spelled_season(const Words& words, std::size_t at) {
  if (at + 1 < words.size()) {
    if (const auto number = number_word(words[at + 1])) return Told{number, {}, at, at + 2};
  }
  if (at == 0) return std::nullopt;
  if (const auto number = ordinal_of(words[at - 1])) return Told{number, {}, at - 1, at + 1};
  return is_one_of(words[at - 1], kUnnumbered) ? std::optional(Told{{}, {}, at - 1, at + 1}) : std::nullopt;
}

std::optional<Told> season_at(const Words& words, std::size_t at) {
  std::string_view rest = words[at];
  const auto letters = take_letters(rest);
  // "SERIES 7" is a film, "SHOW SERIES 7" is British.
  const bool spelled = is_one_of(letters, kSeasonWords) || (letters == "SERIES" && at > 0);
  if (!spelled && letters != "S") return std::nullopt;
  if (spelled && rest.empty()) return spelled_season(words, at);
  const auto number = take_number(rest);
  if (!number || !ends_a_season(rest) || (!spelled && !may_be_short(words, at, rest))) return std::nullopt;
  return Told{number, glued_disc(rest), at, at + 1};
}

template <class Find>
std::optional<Told> first_told(const Words& words, Find find) {
  for (std::size_t at = 0; at < words.size(); ++at)
    if (auto told = find(words, at)) return told;
  return std::nullopt;
}

// "SHOW_THE_COMPLETE" of "SHOW_THE_COMPLETE_FIRST_SEASON" is the show.
std::string show_of(Words words, std::size_t count) {
  words.resize(count);
  for (const auto* filler : {"COMPLETE", "THE"})
    if (words.size() > 1 && words.back() == filler) words.pop_back();
  return join(words, " ");
}

}  // namespace

SeasonLabel parse_season_label(std::string_view volume_label) {
  const auto words = words_of(volume_label);
  const auto season = first_told(words, season_at);
  const auto disc = first_told(words, disc_at);
  SeasonLabel label;
  if (season) label.season = season->season;
  label.names_season = season.has_value();
  label.disc = season && season->disc ? season->disc : disc ? disc->disc : std::nullopt;
  auto show_ends = words.size();
  if (season) show_ends = std::min(show_ends, season->begin);
  if (disc) show_ends = std::min(show_ends, disc->begin);
  if (season || disc) label.show = show_of(words, show_ends);
  return label;
}

bool names_a_season(std::string_view volume_label) {
  return parse_season_label(volume_label).names_season;
}

}  // namespace amphi
