#include "catalog/edit_value.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "model/language.hpp"

namespace amphi {
namespace {

constexpr int kShownColumns = 40;

bool cleared(const GivenValue& given) {
  return std::holds_alternative<std::monostate>(given.value);
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

const std::string* given_text(const GivenValue& given) {
  return std::get_if<std::string>(&given.value);
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::optional<std::int64_t> whole_number(const GivenValue& given) {
  if (const auto* number = std::get_if<std::int64_t>(&given.value)) return *number;
  const std::string* text = given_text(given);
  return text && given.as_text ? parse_int(*text) : std::nullopt;
}

}  // namespace

void refuse_value(const GivenValue& given, std::string_view takes, std::string hint) {
  throw Error(ErrorKind::kUsage,
              fmt::format("{} takes {}, not {}", given.field, takes,
                          escape_controls(fit_to_width(to_valid_utf8(given.shown), kShownColumns))),
              hint.empty() ? "nothing was changed" : std::move(hint));
}

void refuse_word(const GivenValue& given, const std::vector<std::string>& words) {
  const std::string* text = given_text(given);
  const std::string near = text ? nearest(to_lower_ascii(*text), words) : std::string();
  refuse_value(given, "one of " + join(words, " "),
               near.empty() ? std::string() : fmt::format("did you mean {}?", near));
}

std::optional<std::string> text_value(const GivenValue& given, std::size_t max_characters) {
  if (cleared(given)) return std::nullopt;
  const std::string* text = given_text(given);
  if (!text) refuse_value(given, "a text");
  if (!is_valid_utf8(*text) || text->find('\0') != std::string::npos) refuse_value(given, "text in UTF-8 without NUL");
  if (trim(*text).empty()) refuse_value(given, "a text that is not empty", "null clears a field");
  if (count_characters(*text) > max_characters) {
    refuse_value(given, fmt::format("at most {} characters", max_characters));
  }
  return *text;
}

std::optional<int> number_value(const GivenValue& given, int low, int high) {
  if (cleared(given)) return std::nullopt;
  const auto number = whole_number(given);
  if (!number || *number < low || *number > high) {
    refuse_value(given, fmt::format("a whole number from {} to {}", low, high));
  }
  return static_cast<int>(*number);
}

std::optional<bool> truth_value(const GivenValue& given) {
  if (cleared(given)) return std::nullopt;
  if (const auto* truth = std::get_if<bool>(&given.value)) return *truth;
  const std::string* text = given_text(given);
  if (!text || !given.as_text) refuse_value(given, "true, false or null");
  if (*text == "yes" || *text == "true") return true;
  if (*text == "no" || *text == "false") return false;
  if (*text == "auto") return std::nullopt;
  refuse_value(given, "yes, no or auto");
}

std::optional<std::string> imdb_value(const GivenValue& given) {
  if (cleared(given)) return std::nullopt;
  const std::string* text = given_text(given);
  const bool fits = text && text->starts_with("tt") && all_digits(std::string_view(*text).substr(2)) &&
                    text->size() >= 2 + 7 && text->size() <= 2 + 10;
  if (!fits) refuse_value(given, "'tt' and 7 to 10 digits", "as in https://www.imdb.com/title/tt0133093/");
  return *text;
}

std::optional<std::string> digits_value(const GivenValue& given) {
  if (cleared(given)) return std::nullopt;
  const std::string* text = given_text(given);
  if (!text || !all_digits(*text) || text->size() > 12) refuse_value(given, "1 to 12 digits, as text");
  return *text;
}

std::optional<std::string> language_value(const GivenValue& given) {
  if (cleared(given)) return std::nullopt;
  const std::string* text = given_text(given);
  const std::string code = text ? iso639_2b(*text) : std::string("und");
  if (code == "und" && (!text || to_lower_ascii(*text) != "und")) {
    refuse_value(given, "a language code of ISO 639", "for example eng, ger, fra, or en, de, fr");
  }
  return code;
}

}  // namespace amphi
