#include "catalog/export_value.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kExactInDouble = std::int64_t{1} << 53;

bool is_exact_in_double(std::int64_t value) {
  return value >= -kExactInDouble && value <= kExactInDouble;
}

std::string to_hex(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return out;
}

std::optional<std::string> from_hex(const std::string& text) {
  if (text.size() % 2 != 0 || (!text.empty() && !is_hex(text))) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    out += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
  }
  return out;
}

Json integer_json(std::int64_t value) {
  if (is_exact_in_double(value)) return value;
  return fmt::format("{}", value);
}

Json real_json(double value) {
  if (std::isfinite(value)) return value;
  return Json{{"real", value > 0 ? "inf" : "-inf"}};  // SQLite keeps no NaN
}

[[noreturn]] void throw_unfit(const ColumnInfo& column, std::string_view wanted) {
  throw Error(ErrorKind::kUsage, fmt::format("{} takes {}", column.name, wanted));
}

// {"hex": "..."}: the one member's text.
std::optional<std::string> only_member(const Json& value, const char* name) {
  if (!value.is_object() || value.size() != 1 || !value.contains(name) || !value[name].is_string()) return std::nullopt;
  return value[name].get<std::string>();
}

std::optional<std::int64_t> integer_of(const Json& value) {
  if (value.is_string()) return parse_int(value.get_ref<const std::string&>());
  if (!value.is_number_integer()) return std::nullopt;
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > kLargest) return std::nullopt;
  return value.get<std::int64_t>();
}

std::optional<double> real_of(const Json& value) {
  if (value.is_number_float()) return value.get<double>();
  if (value.is_number_integer()) {
    const auto whole = integer_of(value);
    if (whole && is_exact_in_double(*whole)) return static_cast<double>(*whole);
  }
  const auto word = only_member(value, "real");
  if (word == "inf") return std::numeric_limits<double>::infinity();
  if (word == "-inf") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

std::optional<std::string> text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  const auto hex = only_member(value, "hex");
  return hex ? from_hex(*hex) : std::nullopt;
}

}  // namespace

Json any_value(Use& row) {
  switch (row.next_type()) {
    case Use::Type::kNull:
      row.skip();
      return nullptr;
    case Use::Type::kInteger:
      return integer_json(row.next<std::int64_t>());
    case Use::Type::kReal:
      return real_json(row.next<double>());
    case Use::Type::kText: {
      auto text = row.next<std::string>();
      if (is_valid_utf8(text)) return text;
      return Json{{"hex", to_hex(text)}};
    }
    case Use::Type::kBytes:
      break;
  }
  return Json{{"bytes", to_hex(row.next_bytes())}};
}

Json exported_value(Use& row) {
  if (row.next_type() != Use::Type::kBytes) return any_value(row);
  throw Error(ErrorKind::kCatalog, "the catalog is damaged: it holds bytes where no column has them",
              "amphi catalog check tells what else differs");
}

void bind_imported(Use& use, const ColumnInfo& column, const Json& value) {
  if (value.is_null()) {
    use.bind(std::nullopt);
    return;
  }
  switch (column.type) {
    case ColumnInfo::Type::kInteger:
      if (const auto integer = integer_of(value)) return void(use.bind(*integer));
      throw_unfit(column, "an integer of 64 bits, also as a string, or null");
    case ColumnInfo::Type::kReal:
      if (const auto real = real_of(value)) return void(use.bind(*real));
      throw_unfit(column, "a number, {\"real\": \"inf\"} or null");
    case ColumnInfo::Type::kText:
      if (const auto text = text_of(value)) return void(use.bind(*text));
      throw_unfit(column, "a string, {\"hex\": \"...\"} or null");
  }
}

}  // namespace amphi
