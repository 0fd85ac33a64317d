#include "application.hpp"

#include <algorithm>
#include <csignal>

#include <unistd.h>

#include "base/log.hpp"
#include "command_line.hpp"
#include "context.hpp"
#include "error_report.hpp"

namespace amphi::cmd {

namespace {

int print_help(const std::string& text) {
  Output out(STDOUT_FILENO);
  out.write(text);
  out.flush();
  return 0;
}

LogLevel log_level(const GlobalOptions& options) {
  if (options.quiet) return LogLevel::kQuiet;
  return options.verbose ? LogLevel::kVerbose : LogLevel::kNormal;
}

}  // namespace

std::string_view version_line() {
  return "amphi " AMPHI_VERSION "\n";
}

int run(const std::vector<std::string>& arguments) {
  // A reader that goes away is an answer of write(), not the end of a process that still holds locks.
  std::signal(SIGPIPE, SIG_IGN);
  if (std::find(arguments.begin(), arguments.end(), "--version") != arguments.end() &&
      plain_words(arguments).words.empty()) {
    return print_help(std::string(version_line()));
  }
  auto line = parse_command_line(arguments);
  if (line.help) return print_help(*line.help);
  set_log_level(log_level(line.options));
  // Never destroyed: the process ends here, and closing the catalog would only make it end later.
  static auto* const kContext = new Context(line.options, line.verb);
  const int code = line.command->run(*kContext);
  kContext->out().flush();
  return code;
}

int explain(const std::exception& exception, const std::vector<std::string>& arguments) {
  const auto format = asks_for_json(arguments) ? ErrorFormat::kJson : ErrorFormat::kText;
  const bool plain = std::find(arguments.begin(), arguments.end(), "--color=never") != arguments.end();
  const auto choice = plain ? ColorChoice::kNever : ColorChoice::kAuto;
  return report_error(as_error(exception), format, appearance_of(STDERR_FILENO, choice, false));
}

}  // namespace amphi::cmd
