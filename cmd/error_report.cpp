#include "error_report.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <new>

#include <fmt/format.h>

#include "base/text.hpp"
#include "exit_code.hpp"
#include "json_text.hpp"

namespace amphi::cmd {

std::string error_text(const Error& error, const Appearance& appearance) {
  constexpr std::size_t kShown = 6;
  auto text = escape_controls(error.message());
  auto candidates = error.candidates();
  if (!candidates.empty()) {
    const auto more =
        candidates.size() > kShown ? fmt::format(" and {} more", candidates.size() - kShown) : std::string();
    candidates.resize(std::min(candidates.size(), kShown));
    text += fmt::format(": {}{}", escape_controls(join(candidates, ", ")), more);
  }
  if (!error.hint().empty()) text += fmt::format(" ({})", escape_controls(error.hint()));
  return fmt::format("{} {}\n", styled("amphi:", Style::kRed, appearance), text);
}

std::string error_json(const Error& error) {
  nlohmann::ordered_json out;
  out["schema"] = "amphi.error/1";
  out["kind"] = to_string(error.kind());
  out["message"] = error.message();
  out["hint"] = error.hint().empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(error.hint());
  out["exit"] = exit_code(error.kind());
  out["candidates"] = error.candidates();
  return dump(out) + "\n";
}

Error as_error(const std::exception& exception) {
  if (const auto* known = dynamic_cast<const Error*>(&exception)) return *known;
  if (dynamic_cast<const std::bad_alloc*>(&exception) != nullptr) {
    return {ErrorKind::kUnexpected, "out of memory"};
  }
  if (dynamic_cast<const std::filesystem::filesystem_error*>(&exception) != nullptr) {
    return {ErrorKind::kUnavailable, exception.what()};
  }
  return {ErrorKind::kUnexpected, exception.what(), "this is a fault of amphi; please report it with the command"};
}

int report_error(const Error& error, ErrorFormat format, const Appearance& appearance) {
  std::cerr << (format == ErrorFormat::kJson ? error_json(error) : error_text(error, appearance)) << std::flush;
  return exit_code(error.kind());
}

}  // namespace amphi::cmd
