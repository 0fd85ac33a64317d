#include "tools/mkvmerge.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {
namespace {

constexpr const char* kMkvmerge = "mkvmerge";
constexpr std::string_view kProgress = "#GUI#progress ", kError = "#GUI#error ", kBanner = "mkvmerge v";

}  // namespace

std::vector<std::string> MkvmergeRun::arguments() const {
  return {kMkvmerge,   "--gui-mode", "--ui-language", "en_US", "--deterministic", "amphi",
          "--no-date", "-o",         output_,         input_};
}

std::optional<Progress> MkvmergeRun::take_out(std::string_view line) {
  line = trim(line);
  tail_.take(line);
  if (line.starts_with(kBanner))
    version_ = line.substr(kBanner.size(), line.find(' ', kBanner.size()) - kBanner.size());
  // Looking through the clips has a progress of its own, which comes first.
  if (line.starts_with("#GUI#begin_scanning")) scanning_ = true;
  if (line.starts_with("#GUI#end_scanning")) scanning_ = false;
  if (line.starts_with(kError)) {
    tail_.take_error(line.substr(kError.size()));
    no_space_ = no_space_ || line.find("No space left") != std::string_view::npos;
  }
  if (!line.starts_with(kProgress)) return std::nullopt;
  const auto percent = parse_int(line.substr(kProgress.size(), line.find('%') - kProgress.size()));
  if (percent && !scanning_) fraction_ = std::max(fraction_, std::clamp(static_cast<double>(*percent) / 100, 0.0, 1.0));
  return Progress{fraction_, Phase::kRemux, std::nullopt, std::nullopt};
}

std::optional<Progress> MkvmergeRun::take_err(std::string_view line) {
  tail_.take(line);
  return std::nullopt;
}

ToolVerdict MkvmergeRun::verdict(const ChildExit& exit) const {
  constexpr int kWarned = 1;
  if (no_space_ || tail_.no_space()) return no_space_verdict(kMkvmerge);
  if (exit.signalled) return signalled_verdict(kMkvmerge, exit);
  if (exit.code <= kWarned) return {true, {}, "", ""};
  return {false, Cause::kMedium, "mkvmerge could not put the title together: " + tail_.why(),
          "the disc is damaged, or of a kind that only makemkv knows; see the step's log"};
}

}  // namespace amphi
