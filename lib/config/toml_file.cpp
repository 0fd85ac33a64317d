#include "config/toml_file.hpp"

#include <algorithm>

#include <fmt/format.h>
// toml++ 3.3 asserts that a table's heading begins with a name, and refuses one that does not a few lines further on.
#define TOML_ASSERT(condition) static_assert(true)
#include <toml++/toml.h>

#include "base/text.hpp"

namespace amphi {
namespace {

bool is_bare(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
  });
}

OtherValue other(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::floating_point:
      return {"a number with a point"};
    case toml::node_type::date:
      return {"a date"};
    case toml::node_type::time:
      return {"a time"};
    case toml::node_type::date_time:
      return {"a date"};
    case toml::node_type::array:
      return {"a list with something else than strings"};
    default:
      return {"something else"};
  }
}

decltype(Setting::value) value_of(const toml::node& node) {
  if (node.is_table()) return TableValue{};
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  const auto* list = node.as_array();
  if (!list || !std::all_of(list->begin(), list->end(), [](const auto& each) { return each.is_string(); }))
    return other(node);
  std::vector<std::string> texts;
  for (const auto& each : *list) texts.push_back(each.as_string()->get());
  return texts;
}

// By the order of the file, so that faults are told in the order in which a reader meets them.
void collect(const toml::table& table, const std::vector<std::string>& path, std::vector<Setting>& into) {
  std::vector<std::pair<const toml::key*, const toml::node*>> entries;
  for (const auto& [key, node] : table) entries.emplace_back(&key, &node);
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return a.first->source().begin.line < b.first->source().begin.line;
  });
  for (const auto& [key, node] : entries) {
    auto inner = path;
    inner.emplace_back(key->str());
    into.push_back({inner, static_cast<int>(key->source().begin.line), value_of(*node)});
    if (const auto* sub = node->as_table()) collect(*sub, inner, into);
  }
}

struct TypeName {
  std::string operator()(const std::string&) const { return "a string"; }
  std::string operator()(std::int64_t) const { return "a whole number"; }
  std::string operator()(bool) const { return "true or false"; }
  std::string operator()(const std::vector<std::string>&) const { return "a list of strings"; }
  std::string operator()(const TableValue&) const { return "a table"; }
  std::string operator()(const OtherValue& value) const { return value.type; }
};

}  // namespace

std::vector<Setting> parse_toml(std::string_view text) {
  try {
    const toml::table table = toml::parse(text);
    std::vector<Setting> settings;
    collect(table, {}, settings);
    return settings;
  } catch (const toml::parse_error& error) {
    throw TomlFault(static_cast<int>(error.source().begin.line), escape_controls(error.description()));
  }
}

std::string type_of(const Setting& setting) {
  return std::visit(TypeName(), setting.value);
}

std::string dotted(const std::vector<std::string>& path) {
  std::vector<std::string> parts;
  for (const auto& part : path) parts.push_back(is_bare(part) ? part : toml_string(part));
  return join(parts, ".");
}

std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\u{:04x}", byte);
    else
      out += c;
  }
  return out + "\"";
}

}  // namespace amphi
