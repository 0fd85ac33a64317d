#include "terminal.hpp"

#include <cstdlib>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi::cmd {

namespace {

bool wants_color(bool terminal, ColorChoice choice) {
  if (choice != ColorChoice::kAuto) return choice == ColorChoice::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  const bool dumb = kind != nullptr && std::string_view(kind) == "dumb";
  return terminal && !dumb && (no_color == nullptr || *no_color == '\0');
}

int width_of(int descriptor) {
  constexpr int kFallback = 80;
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kFallback;
}

std::string_view sequence_of(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kBold:
      return "\x1b[1m";
    case Style::kDim:
      return "\x1b[2m";
    case Style::kGreen:
      return "\x1b[32m";
    case Style::kYellow:
      return "\x1b[33m";
    case Style::kRed:
      return "\x1b[31m";
    case Style::kStruckRed:
      return "\x1b[31;9m";
    case Style::kCyan:
      return "\x1b[36m";
  }
  return "";
}

}  // namespace

Appearance appearance_of(int descriptor, ColorChoice choice, bool ascii) {
  Appearance out;
  out.terminal = ::isatty(descriptor) == 1;
  out.color = wants_color(out.terminal, choice);
  out.ascii = ascii;
  out.width = out.terminal ? width_of(descriptor) : 0;
  return out;
}

std::string styled(std::string_view text, Style style, const Appearance& appearance) {
  const auto sequence = sequence_of(style);
  if (!appearance.color || sequence.empty() || text.empty()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", sequence, text);
}

std::optional<bool> ask(const std::string& question) {
  if (::isatty(STDIN_FILENO) != 1 || ::isatty(STDERR_FILENO) != 1) return std::nullopt;
  std::cerr << question << " [y/N] " << std::flush;
  std::string answer;
  if (!std::getline(std::cin, answer)) return false;
  const auto word = to_lower_ascii(trim(answer));
  return word == "y" || word == "yes";
}

}  // namespace amphi::cmd
