// What stands at the other end of stdout and stderr, and the styles it understands.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace amphi::cmd {

enum class Style { kPlain, kBold, kDim, kGreen, kYellow, kRed, kStruckRed, kCyan };
enum class ColorChoice { kAuto, kAlways, kNever };

// How to draw on one stream.
struct Appearance {
  bool terminal = false;
  bool color = false;
  bool ascii = false;  // no icons, no lines beyond ASCII
  int width = 0;       // columns; 0: not limited (a pipe or a file)
};

Appearance appearance_of(int descriptor, ColorChoice choice, bool ascii);

// `text` within the style's escape sequences; as it is where colour is off.
std::string styled(std::string_view text, Style style, const Appearance& appearance);

// A question on the terminal, answered with y or n. nullopt where stdin or stderr is no terminal.
std::optional<bool> ask(const std::string& question);

}  // namespace amphi::cmd
