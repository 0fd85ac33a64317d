// amphi process log
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "edit_options.hpp"
#include "printer.hpp"

namespace amphi::cmd {

namespace {

const Document& process_log_document() {
  static const Document kDocument{"amphi.process.log/1",
                                  "the tools' own output of a step",
                                  {{"step_id", "string", "the step"},
                                   {"outcome", "string", "running, done, failed or interrupted"},
                                   {"path", "string", "where the log is"},
                                   {"text", "string", "the log"}},
                                  {}};
  return kDocument;
}

class ProcessLog : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"STEP", Complete::kStep, {}}, step_, Options::Need::kRequired,
                     "id of a step, or its beginning; amphi history and process name them");
  }

  int run(Context& context) override {
    const auto attempt = context.catalog_to_read().last_attempt(*step_);
    if (!attempt) throw Error(ErrorKind::kNotFound, fmt::format("no step {} was ever tried", *step_), "amphi history");
    const auto text = to_valid_utf8(read_text(attempt->log_path));
    if (context.json()) {
      print_document(context, process_log_document(),
                     {{"step_id", attempt->step_id},
                      {"outcome", to_string(attempt->outcome)},
                      {"path", attempt->log_path},
                      {"text", text}});
      return 0;
    }
    if (!context.appearance().terminal) {
      context.out().write(text);
      return 0;
    }
    for (const auto& line : split(text, '\n')) context.out().line(escape_controls(line));
    return 0;
  }

 private:
  std::optional<std::string> step_;
};

const Verb kProcessLogVerb({"process log", "the tools' own output of a step", "amphi process log 3f0a9c"},
                           &make_command<ProcessLog>, &process_log_document);

}  // namespace

}  // namespace amphi::cmd
