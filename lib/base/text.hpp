// Text as people and machines read it. UTF-8 throughout; nothing here depends on the locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace amphi {

bool is_valid_utf8(std::string_view text);
std::string to_valid_utf8(std::string_view bytes);             // bad bytes become U+FFFD
std::string to_nfc(std::string_view text);                     // also repairs bad UTF-8
std::string case_fold(std::string_view text);                  // NFC, then folded: for comparing names
int terminal_width(std::string_view text);                     // columns, wide characters count two
std::string fit_to_width(std::string_view text, int columns);  // cut with "…"
std::string escape_controls(std::string_view text);  // control and bidirectional characters as \n, \x1b, \u202e

std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view trim(std::string_view text);
std::string to_lower_ascii(std::string_view text);
std::string to_upper_ascii(std::string_view text);
bool is_hex(std::string_view text);

std::optional<std::int64_t> parse_int(std::string_view text);  // the whole text, decimal, or nothing
std::optional<double> parse_double(std::string_view text);     // the same; '.' whatever the locale

// A path as a shell takes it for one: quoted where it must be, "./" before a leading '-'.
std::string shell_word(const std::string& path);

std::string human_size(std::int64_t bytes);  // "4.4 GB": decimal units
std::string human_duration(double seconds);  // "1:32:05", "0:08"

// The candidate nearest to `text` by edits, for "did you mean"; "" when none is near.
std::string nearest(std::string_view text, const std::vector<std::string>& candidates);

}  // namespace amphi
