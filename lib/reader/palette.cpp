#include "reader/palette.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace amphi {
namespace {

std::uint32_t clamp_component(double value) {
  return static_cast<std::uint32_t>(std::clamp(std::lround(value), 0L, 255L));
}

}  // namespace

std::uint32_t rgb_of(std::uint32_t ycrcb) {
  const double y = 255.0 / 219 * (static_cast<double>(ycrcb >> 16 & 255U) - 16);
  const double cr = static_cast<double>(ycrcb >> 8 & 255U) - 128;
  const double cb = static_cast<double>(ycrcb & 255U) - 128;
  const auto red = clamp_component(y + 1.596027 * cr);
  const auto green = clamp_component(y - 0.812968 * cr - 0.391762 * cb);
  const auto blue = clamp_component(y + 2.017232 * cb);
  return red << 16 | green << 8 | blue;
}

std::string vobsub_header(int width, int height, const Palette& palette) {
  std::string text = fmt::format("size: {}x{}\npalette:", width, height);
  for (std::size_t i = 0; i < palette.size(); ++i) {
    text += fmt::format("{} {:06x}", i > 0 ? "," : "", rgb_of(palette[i]));
  }
  return text + "\n";
}

}  // namespace amphi
