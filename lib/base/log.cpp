#include "base/log.hpp"

#include <memory>
#include <string>

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "base/text.hpp"

namespace amphi {
namespace {

LogLevel level = LogLevel::kNormal;

// Made at the first line and not through spdlog's registry, which costs more than all else that a short command does.
spdlog::logger& logger() {
  static spdlog::logger one = [] {
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    spdlog::logger made("amphi", std::move(sink));
    made.set_pattern("%n: %v");
    made.set_level(spdlog::level::trace);
    made.flush_on(spdlog::level::trace);
    return made;
  }();
  return one;
}

void write(spdlog::level::level_enum severity, std::string_view text) {
  // Names from discs must not be able to fake lines or steer the terminal.
  logger().log(severity, escape_controls(text));
}

}  // namespace

void set_log_level(LogLevel wanted) {
  level = wanted;
}

void log_info(std::string_view text) {
  if (level != LogLevel::kQuiet) write(spdlog::level::info, text);
}

void log_warning(std::string_view text) {
  write(spdlog::level::warn, text);
}

void log_debug(std::string_view text) {
  if (level == LogLevel::kVerbose) write(spdlog::level::debug, text);
}

}  // namespace amphi
