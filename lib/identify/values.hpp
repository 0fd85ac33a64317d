// JSON of TheDiscDB as values. Their files were written by several programs in as many years, so a field's name counts
// without case, a number may be text and text a number, and what is something else is left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace amphi {

// An object; throws kUsage saying what is wrong.
nlohmann::json parse_discdb_object(std::string_view text);

const nlohmann::json* find_part(const nlohmann::json& object, std::string_view name);  // nullptr: absent or null
// Without control characters and spaces at its ends, as long as the catalog takes it; "" where there is none.
std::string text_part(const nlohmann::json& object, std::string_view name);
std::optional<std::int64_t> number_part(const nlohmann::json& object, std::string_view name);

// " directors cut ": lower case, words apart by one space and one at each end, without marks and apostrophes.
std::string as_words(std::string_view text);
bool has_word(std::string_view words, std::string_view word);  // `words` from as_words; one word or several

}  // namespace amphi
