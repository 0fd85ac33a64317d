// Unicode text taken apart and cut, as far as names need it. utf8proc underneath.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace amphi {

// The code point that starts at `at`, which moves on past it. `text` must be valid UTF-8.
std::int32_t next_code_point(std::string_view text, std::size_t& at);
void append_code_point(std::string& out, std::int32_t code);

// White space of any kind that a name shows as one plain space: ASCII controls that lay out text, line separators.
bool is_layout_space(std::int32_t code);
// What no name keeps: control characters, the bidirectional ones of UAX 9, and invisible ones without a use in names.
bool is_unwanted(std::int32_t code);

// The beginning of `text`, at most `max_bytes` long, cut between grapheme clusters (UAX 29); only a first cluster that
// is itself too long is cut between its code points. `text` must be valid UTF-8.
std::string_view cut_to_bytes(std::string_view text, std::size_t max_bytes);
// The same, at most `max_graphemes` characters as people count them.
std::string_view cut_to_graphemes(std::string_view text, std::size_t max_graphemes);

}  // namespace amphi
