// A TOML file as a flat list of its settings with their lines. The one place that knows toml++.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace amphi {

// A value that no key of the configuration takes, by its name for people: "a date", "a list with numbers".
struct OtherValue {
  std::string type;
};
struct TableValue {};

struct Setting {
  std::vector<std::string> path;  // {"transcode", "preset", "dvd"}
  int line = 0;                   // 1-based
  std::variant<std::string, std::int64_t, bool, std::vector<std::string>, TableValue, OtherValue> value;
};

// Text that is no TOML.
struct TomlFault : std::runtime_error {
  TomlFault(int at, const std::string& what) : std::runtime_error(what), line(at) {}
  int line;
};

// Every table is followed by what is in it. Throws TomlFault.
std::vector<Setting> parse_toml(std::string_view text);

// "a string": the type of a value for people.
std::string type_of(const Setting& setting);
// "transcode.preset.dvd"; parts that are no bare keys in quotes.
std::string dotted(const std::vector<std::string>& path);
// A TOML basic string with its quotes.
std::string toml_string(std::string_view text);

}  // namespace amphi
