// amphi __manual: the manual page, for the build.
#include "manual.hpp"

#include "context.hpp"

namespace amphi::cmd {

namespace {

class Manual : public Command {
 public:
  void describe(Options&) override {}

  int run(Context& context) override {
    context.out().write(manual_page());
    return 0;
  }
};

const Verb kManualVerb({"__manual", "the manual page", "", VerbText::Audience::kMachines}, &make_command<Manual>);

}  // namespace

}  // namespace amphi::cmd
