#include "library/characters.hpp"

#include <utf8proc.h>

#include "base/text.hpp"

namespace amphi {

std::int32_t next_code_point(std::string_view text, std::size_t& at) {
  utf8proc_int32_t code = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto used = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  if (used <= 0) {  // only where the caller broke its word; stepping on by a byte ends every loop
    ++at;
    return 0xFFFD;
  }
  at += static_cast<std::size_t>(used);
  return code;
}

void append_code_point(std::string& out, std::int32_t code) {
  utf8proc_uint8_t bytes[4];
  const auto count = utf8proc_encode_char(code, bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
}

bool is_layout_space(std::int32_t code) {
  return (code >= '\t' && code <= '\r') || code == ' ' || code == 0x85 || code == 0xA0 || code == 0x2028 ||
         code == 0x2029;
}

bool is_unwanted(std::int32_t code) {
  if (utf8proc_category(code) == UTF8PROC_CATEGORY_CC) return true;
  const bool is_mark = code == 0x061C || code == 0x200E || code == 0x200F;
  const bool is_embedding = code >= 0x202A && code <= 0x202E;
  const bool is_isolate = code >= 0x2066 && code <= 0x2069;
  // Zero-width space, word joiner and byte order mark. The joiners U+200C and U+200D stay: scripts and emoji need them.
  const bool is_invisible = code == 0x200B || code == 0x2060 || code == 0xFEFF;
  return is_mark || is_embedding || is_isolate || is_invisible;
}

namespace {

// Walks cluster by cluster; `keep_going(end, count)` is asked with each cluster's end.
template <class KeepGoing>
std::size_t last_boundary(std::string_view text, KeepGoing keep_going) {
  std::size_t boundary = 0, at = 0, count = 0;
  utf8proc_int32_t state = 0;
  std::int32_t before = -1;
  while (at < text.size()) {
    const auto start = at;
    const auto code = next_code_point(text, at);
    if (before >= 0 && utf8proc_grapheme_break_stateful(before, code, &state)) {
      if (!keep_going(start, ++count)) return boundary;
      boundary = start;
    }
    before = code;
  }
  return keep_going(text.size(), count + 1) ? text.size() : boundary;
}

std::size_t cut_between_code_points(std::string_view text, std::size_t max_bytes) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size(); end = at) {
    next_code_point(text, at);
    if (at > max_bytes) break;
  }
  return end;
}

}  // namespace

std::string_view cut_to_bytes(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  auto end = last_boundary(text, [&](std::size_t cluster_end, std::size_t) { return cluster_end <= max_bytes; });
  if (end == 0) end = cut_between_code_points(text, max_bytes);
  return text.substr(0, end);
}

std::string_view cut_to_graphemes(std::string_view text, std::size_t max_graphemes) {
  return text.substr(0, last_boundary(text, [&](std::size_t, std::size_t count) { return count <= max_graphemes; }));
}

}  // namespace amphi
