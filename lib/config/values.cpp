#include "config/values.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {
namespace {

[[noreturn]] void wrong_type(const Setting& setting, std::string_view wanted, std::string hint) {
  throw ConfigFault(fmt::format("must be {}, is {}", wanted, type_of(setting)), std::move(hint));
}

void need_components(std::string_view path) {
  for (const auto& part : split(path, '/'))
    if (part == ".." || part == ".")
      throw ConfigFault(fmt::format("\"{}\" has a {} in it", escape_controls(path), part), "write the path without it");
}

std::string without_doubled_slashes(std::string_view path) {
  std::string clean;
  for (const auto& part : split(path, '/'))
    if (!part.empty()) clean += "/" + part;
  return clean.empty() ? "/" : clean;
}

}  // namespace

std::string text_of(const Setting& setting) {
  const auto* text = std::get_if<std::string>(&setting.value);
  if (!text) wrong_type(setting, "a string", "put the value in quotes");
  if (text->empty()) throw ConfigFault("is empty", "give it a value, or leave the key out");
  if (text->find('\0') != std::string::npos) throw ConfigFault("has a NUL character in it", "take it out");
  return *text;
}

int number_of(const Setting& setting, int least, int most) {
  const auto* number = std::get_if<std::int64_t>(&setting.value);
  if (!number) wrong_type(setting, "a whole number", "write it without quotes and without a point");
  if (*number < least || *number > most)
    throw ConfigFault(fmt::format("must be {} to {}, is {}", least, most, *number), "choose a number in that range");
  return static_cast<int>(*number);
}

std::vector<std::string> texts_of(const Setting& setting) {
  const auto* texts = std::get_if<std::vector<std::string>>(&setting.value);
  if (!texts) wrong_type(setting, "a list of strings", "write it as [\"one\", \"two\"]");
  for (const auto& each : *texts)
    if (each.find('\0') != std::string::npos) throw ConfigFault("has a NUL character in it", "take it out");
  return *texts;
}

std::string one_of(const Setting& setting, const std::vector<std::string>& choices) {
  std::string text = text_of(setting);
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return text;
  const std::string near = nearest(text, choices);
  throw ConfigFault(fmt::format("\"{}\" is none of {}", escape_controls(text), join(choices, ", ")),
                    near.empty() ? "choose one of these" : fmt::format("did you mean \"{}\"?", near));
}

unsigned mode_of(const Setting& setting) {
  const auto* text = std::get_if<std::string>(&setting.value);
  if (!text) wrong_type(setting, "a string with an octal number", "write it as \"0664\"");
  unsigned mode = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), mode, 8);
  const bool octal =
      error == std::errc() && end == text->data() + text->size() && text->size() >= 3 && text->size() <= 4;
  if (!octal || mode > 0777 || (mode & 0400) == 0)
    throw ConfigFault(
        fmt::format("\"{}\" are no permissions of a file that its owner can read", escape_controls(*text)),
        "write them in octal, as \"0664\"");
  return mode;
}

std::string path_from(std::string_view text, const ConfigInputs& inputs) {
  if (text.empty()) throw ConfigFault("has an empty path", "write the path in full, or leave the key out");
  const std::string shown = escape_controls(text);
  if (text.front() == '~') {
    if (text.size() > 1 && text[1] != '/')
      throw ConfigFault(fmt::format("\"{}\": ~ stands for your own home only", shown), "write the path in full");
    if (inputs.home.empty()) throw ConfigFault(fmt::format("\"{}\": no home folder is known", shown), "set HOME");
    need_components(text);
    return without_doubled_slashes(inputs.home + std::string(text.substr(1)));
  }
  if (text.front() != '/')
    throw ConfigFault(
        fmt::format("\"{}\" is a relative path", shown),
        text.front() == '$' ? "variables are not expanded; begin it with / or ~/" : "begin it with / or ~/");
  need_components(text);
  return without_doubled_slashes(text);
}

}  // namespace amphi
