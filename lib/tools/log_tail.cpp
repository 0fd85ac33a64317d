#include "tools/log_tail.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace amphi {

namespace {

constexpr std::size_t kLongestWhy = 300;

std::string shorten(std::string_view line) {
  return to_valid_utf8(trim(line).substr(0, kLongestWhy));
}

}  // namespace

void LogTail::take(std::string_view line) {
  if (!trim(line).empty()) last_ = shorten(line);
  if (line.find("No space left on device") != std::string_view::npos) no_space_ = true;
  if (line.find("Disk quota exceeded") != std::string_view::npos) no_space_ = true;
}

void LogTail::take_error(std::string_view line) {
  if (error_.empty()) error_ = shorten(line);
}

std::string LogTail::why() const {
  return escape_controls(error_.empty() ? last_ : error_);
}

ToolVerdict signalled_verdict(const std::string& tool, const ChildExit& exit) {
  return {false, Cause::kOther, fmt::format("{} was ended by signal {}", tool, exit.code), "run it again"};
}

ToolVerdict no_space_verdict(const std::string& tool) {
  return {false, Cause::kSpace, fmt::format("{} found no space left for its output", tool),
          "free some space where the file is made, then: amphi process --resume"};
}

}  // namespace amphi
