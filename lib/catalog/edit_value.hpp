// One value that somebody gave for a field, as text (a flag) or JSON (a patch), and the types that fields take.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace amphi {

struct GivenValue {
  std::string field;                                                    // for messages: "year", "tracks[0].season"
  std::variant<std::monostate, std::string, std::int64_t, bool> value;  // monostate: clear
  bool as_text = false;  // from a flag: numbers and truth are written out
  std::string shown;     // for messages: the value as it was given
};

// Each throws kUsage naming the field, what it takes and what was given. nullopt: cleared.
std::optional<std::string> text_value(const GivenValue& given, std::size_t max_characters);
std::optional<int> number_value(const GivenValue& given, int low, int high);
std::optional<bool> truth_value(const GivenValue& given);
std::optional<std::string> imdb_value(const GivenValue& given);
std::optional<std::string> digits_value(const GivenValue& given);
std::optional<std::string> language_value(const GivenValue& given);  // as ISO 639-2/B

[[noreturn]] void refuse_value(const GivenValue& given, std::string_view takes, std::string hint = {});
[[noreturn]] void refuse_word(const GivenValue& given, const std::vector<std::string>& words);

// A word out of a list.
template <class T>
std::optional<T> word_value(const GivenValue& given, const std::vector<T>& all,
                            const std::function<std::optional<T>(std::string_view)>& parse) {
  if (std::holds_alternative<std::monostate>(given.value)) return std::nullopt;
  if (const auto* text = std::get_if<std::string>(&given.value)) {
    if (const auto value = parse(*text)) return value;
  }
  std::vector<std::string> words;
  for (const T value : all) words.emplace_back(to_string(value));
  refuse_word(given, words);
}

}  // namespace amphi
