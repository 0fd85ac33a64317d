#include "samples.hpp"

#include <vector>

#include "base/text.hpp"

namespace amphi::samples {
namespace {

const std::vector<std::string> kForbidden{"/",      "\\",     ":",      "*",      "?",      "\"",     "<",
                                          ">",      "|",      "\u061c", "\u200e", "\u200f", "\u202a", "\u202b",
                                          "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069",
                                          "\u2028", "\u2029", "\u0080", "\u0085", "\u009f", "\x7f"};

bool holds_forbidden(const std::string& text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) return true;
  }
  for (const auto& piece : kForbidden) {
    if (text.find(piece) != std::string::npos) return true;
  }
  return false;
}

bool is_device(const std::string& text) {
  auto stem = to_lower_ascii(text.substr(0, text.find('.')));
  while (!stem.empty() && stem.back() == ' ') stem.pop_back();
  if (stem == "con" || stem == "prn" || stem == "aux" || stem == "nul") return true;
  const auto port = stem.substr(0, 3);
  return stem.size() == 4 && (port == "com" || port == "lpt") && stem[3] >= '0' && stem[3] <= '9';
}

}  // namespace

std::string fault_of(std::string_view component, std::size_t max_bytes) {
  const std::string text(component);
  if (text.empty()) return "is empty";
  if (text.size() > max_bytes) return "is too long";
  if (!is_valid_utf8(text)) return "is no UTF-8";
  if (to_nfc(text) != text) return "is not NFC";
  if (holds_forbidden(text)) return "holds a forbidden character";
  if (text.front() == '.' || text.front() == ' ') return "begins with a dot or space";
  if (text.back() == '.' || text.back() == ' ') return "ends in a dot or space";
  if (is_device(text)) return "is a device name";
  return "";
}

std::string fault_of_path(std::string_view path) {
  for (const auto& part : split(path, '/'))
    if (const auto fault = fault_of(part); !fault.empty()) return "\"" + part + "\" " + fault;
  return "";
}

std::string hostile_text(std::mt19937& random) {
  static const std::vector<std::string> kPieces{"a",
                                                "Z",
                                                ".",
                                                "..",
                                                "/",
                                                "\\",
                                                ":",
                                                "*",
                                                "?",
                                                "\"",
                                                "<",
                                                ">",
                                                "|",
                                                " ",
                                                "  ",
                                                "\t",
                                                "\n",
                                                "../",
                                                "CON",
                                                "nul",
                                                "com1",
                                                "LPT9",
                                                "e",
                                                "\u0301",
                                                "\u0308",
                                                "é",
                                                "\u202e",
                                                "\u200f",
                                                "\u2066",
                                                "\u0085",
                                                "\u00a0",
                                                "\u200d",
                                                "\ufeff",
                                                "👩‍👩‍👧",
                                                "🇩🇪",
                                                "日本語",
                                                "ß",
                                                "\xff",
                                                "\xc3",
                                                "\xed\xa0\x80",
                                                "{edition-X}",
                                                "[imdbid-tt1]",
                                                "'",
                                                ",",
                                                "-",
                                                "\x01",
                                                std::string(1, '\0'),
                                                "\u1e9b\u0323",
                                                "long long title ",
                                                "=\u0338",
                                                "<\u0338"};
  std::string text;
  const auto count = random() % 40;
  for (unsigned i = 0; i < count; ++i) {
    const auto& piece = kPieces[random() % kPieces.size()];
    const auto times = random() % 30 == 0 ? 60 : 1;
    for (int n = 0; n < times; ++n) text += piece;
  }
  return text;
}

}  // namespace amphi::samples
