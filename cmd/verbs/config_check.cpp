// amphi config check
#include "base/text.hpp"
#include "context.hpp"
#include "exit_code.hpp"
#include "printer.hpp"
#include "views/config_view.hpp"

namespace amphi::cmd {

namespace {

class ConfigCheck : public Command {
 public:
  void describe(Options&) override {}

  int run(Context& context) override {
    const auto faults = check_config(context.config_inputs());
    // The file's name comes with a configuration that could be read.
    const auto file = faults.empty() ? context.config().file : context.options().config.value_or("");
    if (context.json()) {
      print_document(context, config_check_document(), {{"file", or_null(file)}, {"faults", faults}});
    } else if (faults.empty()) {
      context.out().line(file.empty() ? "no configuration file; the defaults are in force"
                                      : escape_controls(file) + ": good");
    }
    if (!context.json()) {
      for (const auto& fault : faults) context.out().line(escape_controls(fault));
    }
    return faults.empty() ? kExitDone : kExitUsage;
  }
};

const Verb kConfigCheckVerb({"config check", "what is wrong with the configuration: file, line, key",
                             "amphi config check"},
                            &make_command<ConfigCheck>, &config_check_document);

}  // namespace

}  // namespace amphi::cmd
