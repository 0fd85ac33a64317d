#include "library/legal_name.hpp"

#include <algorithm>
#include <array>

#include "amphi/library.hpp"
#include "base/text.hpp"
#include "library/characters.hpp"

namespace amphi {
namespace {

// A colon between words reads best as a dash ("Alien: Covenant" -> "Alien - Covenant"), elsewhere as a hyphen.
std::string_view for_colon(std::string_view rest) {
  if (rest.empty()) return "";
  return rest.front() == ' ' ? " -" : "-";
}

// What stands for a character that Windows, SMB shares or media servers refuse; nullopt for all others.
std::optional<std::string_view> replacement(std::int32_t code, std::string_view rest) {
  switch (code) {
    case ':':
      return for_colon(rest);
    case '/':
    case '\\':
    case '|':
    case '*':
      return "-";
    case '?':
      return "";
    case '"':
      return "'";
    case '<':
      return "(";
    case '>':
      return ")";
    default:
      return std::nullopt;
  }
}

// Controls and bidirectional characters out, white space to plain spaces.
std::string without_unwanted(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto code = next_code_point(text, at);
    if (is_layout_space(code)) {
      out += ' ';
    } else if (!is_unwanted(code)) {
      append_code_point(out, code);
    }
  }
  return out;
}

std::string with_replacements(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto start = at;
    const auto code = next_code_point(text, at);
    const auto instead = replacement(code, text.substr(at));
    out += instead ? *instead : text.substr(start, at - start);
  }
  return out;
}

std::string with_single_spaces(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  return out;
}

std::string_view without_leading(std::string_view text, std::string_view characters) {
  return text.substr(std::min(text.find_first_not_of(characters), text.size()));
}

std::string_view without_trailing(std::string_view text, std::string_view characters) {
  return text.substr(0, text.find_last_not_of(characters) + 1);
}

// Windows' device names, which it sees before any extension: "nul", "Con.txt", "COM¹".
bool is_device_name(std::string_view stem) {
  static constexpr std::array<std::string_view, 6> kDevices{"con", "prn", "aux", "nul", "conin$", "conout$"};
  static constexpr std::array<std::string_view, 3> kSuperscripts{"\u00b9", "\u00b2", "\u00b3"};
  const auto name = to_lower_ascii(without_trailing(stem, " "));
  if (std::find(kDevices.begin(), kDevices.end(), name) != kDevices.end()) return true;
  if (name.rfind("com", 0) != 0 && name.rfind("lpt", 0) != 0) return false;
  const auto port = std::string_view(name).substr(3);
  if (port.size() == 1) return port.front() >= '0' && port.front() <= '9';
  return std::find(kSuperscripts.begin(), kSuperscripts.end(), port) != kSuperscripts.end();
}

// "CON.x" -> "CON_.x"; where there is no room for one more byte the stem's last character gives way.
std::string without_device(std::string name, std::size_t max_bytes) {
  const auto stem = name.substr(0, name.find('.'));
  if (!is_device_name(stem)) return name;
  if (name.size() < max_bytes) return stem + "_" + name.substr(stem.size());
  auto end = stem.size() - 1;
  while (end > 0 && (static_cast<unsigned char>(stem[end]) & 0xC0) == 0x80) --end;
  return stem.substr(0, end) + "_" + name.substr(stem.size());
}

}  // namespace

std::string clean_text(std::string_view text) {
  const auto visible = with_single_spaces(without_unwanted(to_nfc(text)));
  const auto replaced = with_replacements(without_trailing(visible, " "));
  // Taking characters out can bring a letter and its accent together: NFC once more.
  const auto spaced = to_nfc(with_single_spaces(replaced));
  return std::string(without_trailing(without_leading(spaced, ". "), " "));
}

std::string make_legal_name(std::string_view text, std::size_t max_bytes) {
  const auto room = std::max<std::size_t>(max_bytes, 1);
  const auto cleaned = clean_text(text);
  const auto cut = without_trailing(cut_to_bytes(cleaned, room), ". ");
  if (cut.empty()) return "_";
  return without_device(std::string(cut), room);
}

}  // namespace amphi
