#include "tools/cd_paranoia.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {
namespace {

constexpr const char* kCdParanoia = "cd-paranoia";
constexpr std::int64_t kSectorSamples = 1176;  // of 16 bits, both channels
constexpr std::string_view kEvent = "##: ", kRelease = "release ";

}  // namespace

// The span in sectors: of the last track before a second session the drive's own end would take the gap along. Which
// end of a sample comes first cd-paranoia guesses from the sound, and noise deceives it; in an image that is known.
std::vector<std::string> CdParanoiaRun::arguments() const {
  std::vector<std::string> out{kCdParanoia, "-e", "-w", "-d", span_.source};
  if (span_.is_image) out.emplace_back("-c");
  out.push_back(fmt::format("{0}[.0]-{0}[.{1}]", span_.track, span_.sectors - 1));
  out.push_back(output_);
  return out;
}

std::optional<Progress> CdParanoiaRun::take_out(std::string_view line) {
  return take_err(line);
}

std::optional<Progress> CdParanoiaRun::take_err(std::string_view line) {
  line = trim(line);
  if (!line.starts_with(kEvent)) {
    if (const auto at = line.find(kRelease); line.starts_with("cdparanoia") && at != std::string_view::npos)
      version_ = line.substr(at + kRelease.size(), line.find(' ', at + kRelease.size()) - at - kRelease.size());
    tail_.take(line);
    return std::nullopt;
  }
  const auto at = line.rfind("@ ");
  const auto place = at == std::string_view::npos ? std::nullopt : parse_int(line.substr(at + 2));
  if (line.find("[skip]") != std::string_view::npos) ++skipped_;
  if (place && line.find("[wrote]") != std::string_view::npos && span_.sectors > 0) {
    const auto written = *place / kSectorSamples + 1 - span_.first;
    fraction_ =
        std::max(fraction_, std::clamp(static_cast<double>(written) / static_cast<double>(span_.sectors), 0.0, 1.0));
  }
  return Progress{fraction_, Phase::kCopy, std::nullopt, std::nullopt};
}

ToolVerdict CdParanoiaRun::verdict(const ChildExit& exit) const {
  if (tail_.no_space()) return no_space_verdict(kCdParanoia);
  if (exit.signalled) return signalled_verdict(kCdParanoia, exit);
  if (exit.code != 0)
    return {false, Cause::kMedium, fmt::format("cd-paranoia failed with {}: {}", exit.code, tail_.why()),
            "clean the disc, look whether it is still in the drive, and try again"};
  if (skipped_ > 0)
    return {false, Cause::kMedium, fmt::format("cd-paranoia gave up on {} places of the track", skipped_),
            "clean the disc and try again"};
  return {true, {}, "", ""};
}

}  // namespace amphi
