#include "identify/values.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "model/json_guard.hpp"

namespace amphi {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestText = 500;  // characters: what a title or name may have

[[noreturn]] void refuse_file(const std::string& why) {
  throw Error(ErrorKind::kUsage, why, "fetch the file again: git checkout or git pull in the copy of TheDiscDB's data");
}

bool same_name(std::string_view one, std::string_view other) {
  return one.size() == other.size() && to_lower_ascii(one) == to_lower_ascii(other);
}

bool starts_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

// Cut between characters; control characters become spaces.
std::string storable(std::string_view text) {
  std::string out;
  std::size_t characters = 0;
  for (const char byte : text) {
    if (starts_character(byte) && ++characters > kLongestText) break;
    out += static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F ? ' ' : byte;
  }
  return std::string(trim(out));
}

bool is_apostrophe(std::string_view text, std::size_t at) {
  return text[at] == '\'' || text.substr(at).starts_with("\u2019");
}

// What lies beyond ASCII is taken for letters.
bool is_of_word(char byte) {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || static_cast<unsigned char>(byte) >= 0x80;
}

}  // namespace

json parse_discdb_object(std::string_view text) {
  JsonGuard guard([](const std::string& why) { refuse_file(why); });
  json parsed;
  try {
    parsed = json::parse(text, std::ref(guard));
  } catch (const json::parse_error& error) {
    refuse_file(fmt::format("is not JSON: error at byte {} of {}", error.byte, text.size()));
  } catch (const json::exception&) {
    refuse_file("has a number that is out of range");
  }
  if (!parsed.is_object()) refuse_file("is no JSON object");
  return parsed;
}

const json* find_part(const json& object, std::string_view name) {
  auto found = object.find(name);
  for (auto at = object.begin(); found == object.end() && at != object.end(); ++at)
    if (same_name(at.key(), name)) found = at;
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text_part(const json& object, std::string_view name) {
  const auto* part = find_part(object, name);
  if (part == nullptr) return "";
  if (part->is_string()) return storable(part->get_ref<const std::string&>());
  return part->is_number_integer() ? part->dump() : "";
}

std::optional<std::int64_t> number_part(const json& object, std::string_view name) {
  return parse_int(text_part(object, name));
}

std::string as_words(std::string_view text) {
  std::string out = " ";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_apostrophe(text, at)) {
      at += text[at] == '\'' ? 0 : 2;
    } else if (is_of_word(text[at])) {
      out += text[at];
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.back() != ' ') out += ' ';
  return to_lower_ascii(out);
}

bool has_word(std::string_view words, std::string_view word) {
  return words.find(fmt::format(" {} ", word)) != std::string_view::npos;
}

}  // namespace amphi
