// amphi config show
#include "context.hpp"
#include "printer.hpp"
#include "views/config_view.hpp"

namespace amphi::cmd {

namespace {

class ConfigShow : public Command {
 public:
  void describe(Options&) override {}

  int run(Context& context) override {
    const auto& config = context.config();
    const auto rows = config_rows(config);
    if (context.json()) {
      print_document(context, config_show_document(),
                     {{"file", or_null(config.file)}, {"settings", json_array_of(config_view(), rows)}});
      return 0;
    }
    print_range(context, config_show_document(), config_view(), {}, rows);
    if (config.file.empty()) context.next_step("amphi config init");
    return 0;
  }
};

const Verb kConfigShowVerb({"config show", "the configuration in force, and where each value comes from",
                            "amphi config show"},
                           &make_command<ConfigShow>, &config_show_document);

}  // namespace

}  // namespace amphi::cmd
