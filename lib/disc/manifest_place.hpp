// A value of a manifest with the place where it stands, and what can be demanded of one.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "disc/manifest.hpp"

namespace amphi {

// Everything throws kUsage, "RULE: PLACE what is wrong"; a place is "disc.titles[3].streams[0]".
// The document must outlive it.
class ManifestPlace {
 public:
  ManifestPlace(const nlohmann::json& value, std::string path, ManifestDialect dialect)
      : value_(value), path_(std::move(path)), dialect_(dialect) {}

  const nlohmann::json& value() const { return value_; }
  bool is_older() const { return dialect_ == ManifestDialect::kOlder; }

  [[noreturn]] void refuse(std::string_view rule, const std::string& what) const {
    throw Error(ErrorKind::kUsage, fmt::format("{}: {} {}", rule, path_.empty() ? "the manifest" : path_, what),
                "the manifest was not taken; ask whoever wrote it");
  }

  // An object with these properties and no others; those before `required` must be there.
  void object(std::initializer_list<const char*> required, std::initializer_list<const char*> allowed) const {
    if (!value_.is_object()) refuse("property-type", "is no object");
    for (const auto* name : required)
      if (!value_.contains(name)) refuse("property-missing", fmt::format("has no '{}'", name));
    const auto known = [&](const std::string& key) {
      const auto is_key = [&](const char* name) { return key == name; };
      return std::any_of(required.begin(), required.end(), is_key) ||
             std::any_of(allowed.begin(), allowed.end(), is_key) || (is_older() && key == "extensions");
    };
    for (const auto& [key, value] : value_.items())
      if (!known(key)) refuse("unknown-property", fmt::format("has '{}', which is not known", escape_controls(key)));
  }

  std::optional<ManifestPlace> part(const char* name) const {
    const auto at = value_.find(name);
    if (at == value_.end()) return std::nullopt;
    return ManifestPlace(*at, path_.empty() ? name : path_ + "." + name, dialect_);
  }
  template <class Check>
  void each(const char* name, Check check) const {
    const auto list = part(name);
    if (!list) return;
    if (!list->value_.is_array()) list->refuse("property-type", "is no list");
    for (std::size_t i = 0; i < list->value_.size(); ++i)
      check(ManifestPlace(list->value_[i], fmt::format("{}[{}]", list->path_, i), dialect_));
  }

  void text(const char* name, std::size_t longest) const {
    const auto found = part(name);
    if (!found) return;
    if (!found->value_.is_string()) found->refuse("property-type", "is no text");
    const auto length = found->letters();
    if (length == 0 || length > longest)
      found->refuse("property-value", fmt::format("must have 1 to {} characters", longest));
  }
  void one_of(const char* name, std::initializer_list<std::string_view> words) const {
    const auto found = part(name);
    if (!found) return;
    if (!found->value_.is_string() ||
        std::find(words.begin(), words.end(), found->value_.get<std::string>()) == words.end())
      found->refuse("property-value", "is none of the words that are allowed");
  }
  void boolean(const char* name) const {
    const auto found = part(name);
    if (found && !found->value_.is_boolean()) found->refuse("property-type", "is neither true nor false");
  }
  void integer(const char* name, std::int64_t least, std::int64_t most = INT64_MAX,
               std::string_view rule = "property-value") const {
    const auto found = part(name);
    if (!found) return;
    if (!found->is_whole()) found->refuse(rule == "property-value" ? "property-type" : rule, "is no whole number");
    const bool too_large = found->value_.is_number_unsigned() &&
                           found->value_.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
    const auto number = too_large ? INT64_MAX : static_cast<std::int64_t>(found->value_.get<double>());
    if (too_large || number < least || number > most)
      found->refuse(rule, fmt::format("must lie between {} and {}", least, most));
  }
  void number(const char* name, std::string_view rule, bool above_zero = false) const {
    const auto found = part(name);
    if (!found) return;
    if (!found->value_.is_number()) found->refuse("property-type", "is no number");
    const auto value = found->value_.get<double>();
    if (value < 0 || (above_zero && value == 0)) found->refuse(rule, "is too small");
  }

 private:
  std::size_t letters() const {
    const auto& text = value_.get_ref<const std::string&>();
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; }));
  }
  // JSON Schema takes 3.0 for a whole number too.
  bool is_whole() const {
    if (value_.is_number_integer()) return true;
    return value_.is_number_float() && value_.get<double>() == std::floor(value_.get<double>()) &&
           std::abs(value_.get<double>()) < 9e18;
  }

  const nlohmann::json& value_;
  std::string path_;
  ManifestDialect dialect_;
};

// Rules that no object says alone, of a `disc` whose structure is right: no path twice, chapter counts that fit, hashes
// that the list of files gives.
void demand_fitting_values(const ManifestPlace& disc);

}  // namespace amphi
