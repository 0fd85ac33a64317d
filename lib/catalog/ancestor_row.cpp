#include "catalog/ancestor_row.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"
#include "model/json_guard.hpp"

namespace amphi {
namespace {

using nlohmann::json;

constexpr int kShownColumns = 40;
constexpr std::size_t kLongestDocument = 16 << 20;

std::string shown_value(const json& value) {
  return escape_controls(fit_to_width(value.dump(-1, ' ', false, json::error_handler_t::replace), kShownColumns));
}

std::optional<std::int64_t> whole_of(const json& value) {
  if (value.is_string()) return parse_int(trim(value.get_ref<const std::string&>()));
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (!value.is_number_float()) return std::nullopt;
  constexpr double kExact = 9e15;
  const auto real = value.get<double>();
  return std::abs(real) < kExact && real == std::floor(real) ? std::optional(static_cast<std::int64_t>(real))
                                                             : std::nullopt;
}

std::optional<double> real_of(const json& value) {
  if (value.is_string()) return parse_double(trim(value.get_ref<const std::string&>()));
  return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

// Throws kUsage: why it is none.
json parse_document(const std::string& text) {
  const auto refuse = [](const std::string& why) { throw Error(ErrorKind::kUsage, "is no JSON to read: " + why); };
  if (text.size() > kLongestDocument) refuse("larger than 16 MiB");
  try {
    JsonGuard guard(refuse);
    return json::parse(text, std::ref(guard));
  } catch (const json::parse_error& error) {
    throw Error(ErrorKind::kUsage, fmt::format("is not JSON: error at byte {}", error.byte));
  } catch (const json::exception&) {  // a number that no computer's can hold
    throw Error(ErrorKind::kUsage, "is not JSON: a number is out of range");
  }
}

}  // namespace

BadRows::Entry& BadRows::entry_of(const ForeignRow& row) {
  if (row.id) {
    const auto [at, is_new] = known_.emplace(std::pair(row.table, *row.id), entries_.size());
    if (!is_new) return entries_[at->second];
  }
  return entries_.emplace_back(Entry{{row.table, row.id, {}, ""}, {}, 0});
}

void BadRows::add(const ForeignRow& row, std::string_view column, std::string_view why) {
  constexpr std::size_t kTold = 10;  // a scan may be wrong in thousands of places
  auto& [bad, clauses, more] = entry_of(row);
  auto clause = fmt::format("{} {}", escape_controls(fit_to_width(column, kShownColumns)), why);
  if (std::find(clauses.begin(), clauses.end(), clause) != clauses.end()) return;  // a field that was asked for twice
  if (clauses.size() == kTold) return void(++more);
  clauses.push_back(std::move(clause));
  auto& columns = bad.columns;
  if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.emplace_back(column);
}

std::vector<BadRow> BadRows::take() {
  std::vector<BadRow> rows;
  for (auto& [bad, clauses, more] : entries_) {
    bad.why = join(clauses, "; ");
    if (more > 0) bad.why += fmt::format("; and {} more", more);
    rows.push_back(std::move(bad));
  }
  return rows;
}

void BadRows::add_what_is_no_text(const ForeignRow& row) {
  for (const auto& [column, value] : row.values.items()) {
    if (!value.is_object() || value.contains("real")) continue;
    add(row, column, value.contains("hex") ? "is not UTF-8" : "holds bytes");
  }
}

const json* RowReader::find(const char* field) const {
  const auto found = object_.find(field);
  if (found == object_.end() || found->is_null()) return nullptr;
  if (found->is_string() && trim(found->get_ref<const std::string&>()).empty()) return nullptr;
  if (place_.empty() && found->is_object() && !found->contains("real")) return nullptr;  // no text: noted already
  return &*found;
}

void RowReader::complain(std::string_view field, std::string_view why) const {
  bad_.add(row_, place_ + std::string(field), why);
}

void RowReader::refuse(std::string_view field, std::string_view why, std::string_view value) const {
  complain(field, fmt::format("{}: '{}'", why, escape_controls(fit_to_width(value, kShownColumns))));
}

std::optional<std::string> RowReader::text(const char* field) const {
  const json* value = find(field);
  if (!value) return std::nullopt;
  if (value->is_number()) return value->dump();
  if (!value->is_string()) {
    complain(field, fmt::format("is a text, not {}", shown_value(*value)));
    return std::nullopt;
  }
  const auto& text = value->get_ref<const std::string&>();
  if (text.find('\0') == std::string::npos) return text;
  complain(field, "holds a NUL");
  return std::nullopt;
}

std::optional<std::int64_t> RowReader::whole(const char* field, std::int64_t low, std::int64_t high) const {
  const json* value = find(field);
  if (!value) return std::nullopt;
  const auto number = whole_of(*value);
  if (number && *number >= low && *number <= high) return number;
  complain(field, fmt::format("is a whole number from {} to {}, not {}", low, high, shown_value(*value)));
  return std::nullopt;
}

std::optional<double> RowReader::real(const char* field, double low, double high) const {
  const json* value = find(field);
  if (!value) return std::nullopt;
  const auto number = real_of(*value);
  if (number && *number >= low && *number <= high) return number;
  complain(field, fmt::format("is a number from {} to {}, not {}", low, high, shown_value(*value)));
  return std::nullopt;
}

std::optional<Timestamp> RowReader::time(const char* field) const {
  const auto said = text(field);
  if (!said) return std::nullopt;
  auto at = parse_rfc3339(*said);
  if (!at) at = parse_rfc3339(*said + "Z");
  if (!at) complain(field, fmt::format("is no time: {}", shown_value(*said)));
  return at;
}

std::optional<json> RowReader::document(const char* field) const {
  const json* value = find(field);
  if (!value) return std::nullopt;
  if (!value->is_string()) return *value;
  try {
    return parse_document(value->get_ref<const std::string&>());
  } catch (const Error& error) {
    complain(field, error.message());
    return std::nullopt;
  }
}

}  // namespace amphi
