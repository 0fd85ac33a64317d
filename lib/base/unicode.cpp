// The part of text.hpp that knows Unicode, by utf8proc.
#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include <fmt/format.h>
#include <utf8proc.h>

namespace amphi {
namespace {

struct CodePoint {
  utf8proc_int32_t value = -1;  // -1: no valid UTF-8 here
  std::size_t length = 1;       // bytes
};

CodePoint decode(std::string_view text) {
  CodePoint point;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &point.value);
  if (length <= 0) return {};
  point.length = static_cast<std::size_t>(length);
  return point;
}

template <class Take>
void for_each_code_point(std::string_view text, Take take) {
  while (!text.empty()) {
    const CodePoint point = decode(text);
    take(point, text.substr(0, point.length));
    text.remove_prefix(point.length);
  }
}

std::string map(std::string_view text, int options) {
  const std::string valid = to_valid_utf8(text);
  utf8proc_uint8_t* mapped = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()), static_cast<utf8proc_ssize_t>(valid.size()),
                   &mapped, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (length < 0) throw std::bad_alloc();  // valid UTF-8 leaves no other cause
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

int width_of(utf8proc_int32_t value) {
  return value < 0 ? 1 : utf8proc_charwidth(value);
}

bool changes_direction(utf8proc_int32_t value) {
  return value == 0x061c || value == 0x200e || value == 0x200f || (value >= 0x202a && value <= 0x202e) ||
         (value >= 0x2066 && value <= 0x2069);
}

// Eight bytes at once: nearly all text that amphi reads is.
bool is_ascii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080;
  std::uint64_t word = 0, bits = 0;
  for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
    std::memcpy(&word, text.data(), sizeof word);
    bits |= word;
  }
  for (const char c : text) bits |= static_cast<unsigned char>(c);
  return (bits & kHighBits) == 0;
}

bool is_control(utf8proc_int32_t value) {
  return value < 0x20 || (value >= 0x7f && value < 0xa0) || value == 0x2028 || value == 0x2029 || value == 0xfeff ||
         changes_direction(value);
}

std::string escaped(CodePoint point, std::string_view bytes) {
  if (point.value < 0) return fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes.front()));
  if (!is_control(point.value)) return std::string(bytes);
  if (point.value == '\n') return "\\n";
  if (point.value == '\r') return "\\r";
  if (point.value == '\t') return "\\t";
  return point.value < 0x80 ? fmt::format("\\x{:02x}", point.value) : fmt::format("\\u{:04x}", point.value);
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  if (is_ascii(text)) return true;
  while (!text.empty()) {
    const CodePoint point = decode(text);
    if (point.value < 0) return false;
    text.remove_prefix(point.length);
  }
  return true;
}

std::string to_valid_utf8(std::string_view bytes) {
  if (is_ascii(bytes)) return std::string(bytes);
  std::string valid;
  valid.reserve(bytes.size());
  for_each_code_point(bytes, [&](CodePoint point, std::string_view piece) {
    valid += point.value < 0 ? std::string_view("\xef\xbf\xbd") : piece;
  });
  return valid;
}

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);  // as it is: most names, and utf8proc takes its time
  return map(text, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
}

std::string case_fold(std::string_view text) {
  return map(text, UTF8PROC_COMPOSE | UTF8PROC_STABLE | UTF8PROC_CASEFOLD);
}

int terminal_width(std::string_view text) {
  int width = 0;
  for_each_code_point(text, [&](CodePoint point, std::string_view) { width += width_of(point.value); });
  return width;
}

std::string fit_to_width(std::string_view text, int columns) {
  if (terminal_width(text) <= columns) return std::string(text);
  if (columns <= 0) return "";
  std::string cut;
  int width = 0;
  while (!text.empty()) {
    const CodePoint point = decode(text);
    width += width_of(point.value);
    if (width > columns - 1) break;  // one column is for the ellipsis
    cut += text.substr(0, point.length);
    text.remove_prefix(point.length);
  }
  return cut + "…";
}

std::string escape_controls(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for_each_code_point(text, [&](CodePoint point, std::string_view piece) { shown += escaped(point, piece); });
  return shown;
}

}  // namespace amphi
