#include "tools/flac.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {
namespace {

constexpr const char* kFlac = "flac";

}  // namespace

std::vector<std::string> FlacRun::arguments() const {
  std::vector<std::string> out{kFlac,           "--best", "--verify", "--force", "--no-preserve-modtime",
                               "--output-name", output_};
  for (const auto& [name, value] : tags_) out.push_back(fmt::format("--tag={}={}", name, to_valid_utf8(value)));
  out.insert(out.end(), {"--", input_});
  return out;
}

std::optional<Progress> FlacRun::take_out(std::string_view line) {
  return take_err(line);
}

std::optional<Progress> FlacRun::take_err(std::string_view line) {
  line = trim(line);
  if (line.starts_with("flac ") && version_.empty()) version_ = line.substr(5, line.find_first_of(" ,", 5) - 5);
  tail_.take(line);
  if (line.find("ERROR") != std::string_view::npos) tail_.take_error(line);
  return std::nullopt;
}

ToolVerdict FlacRun::verdict(const ChildExit& exit) const {
  if (tail_.no_space()) return no_space_verdict(kFlac);
  if (exit.signalled) return signalled_verdict(kFlac, exit);
  if (exit.code == 0) return {true, {}, "", ""};
  return {false, Cause::kOther, fmt::format("flac failed with {}: {}", exit.code, tail_.why()), "see the step's log"};
}

}  // namespace amphi
