#include "json_text.hpp"

#include <cstdint>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace amphi::cmd {

namespace {

bool is_plain(const std::string& text) {
  bool plain = true;
  for (const char c : text) plain = plain && c >= ' ' && c <= '~' && c != '"' && c != '\\';
  return plain;
}

// The library looks at each byte of a text as UTF-8; nearly all texts need no such look.
void append_text(std::string& out, const std::string& text) {
  if (!is_plain(text)) {
    out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

void append_object(std::string& out, const Json::object_t& object) {
  char before = '{';
  for (const auto& [name, member] : object) {
    out += std::exchange(before, ',');
    append_text(out, name);
    out += ':';
    append_json(out, member);
  }
  out += object.empty() ? "{}" : "}";
}

void append_array(std::string& out, const Json::array_t& array) {
  char before = '[';
  for (const auto& item : array) {
    out += std::exchange(before, ',');
    append_json(out, item);
  }
  out += array.empty() ? "[]" : "]";
}

}  // namespace

void append_json(std::string& out, const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      return append_object(out, value.get_ref<const Json::object_t&>());
    case Json::value_t::array:
      return append_array(out, value.get_ref<const Json::array_t&>());
    case Json::value_t::string:
      return append_text(out, value.get_ref<const std::string&>());
    case Json::value_t::null:
      out += "null";
      return;
    case Json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      return;
    case Json::value_t::number_integer:
      fmt::format_to(std::back_inserter(out), "{}", value.get<std::int64_t>());
      return;
    default:
      out += value.dump();
  }
}

std::string dump(const Json& value) {
  std::string out;
  append_json(out, value);
  return out;
}

}  // namespace amphi::cmd
