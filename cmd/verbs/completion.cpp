// amphi completion
#include "completion/scripts.hpp"
#include "context.hpp"

namespace amphi::cmd {

namespace {

class Completion : public Command {
 public:
  void describe(Options& options) override {
    options.argument(one_of({"bash", "zsh", "fish"}), shell_, Options::Need::kRequired, "the shell");
  }

  int run(Context& context) override {
    context.out().write(*shell_ == "bash" ? kBashCompletion : *shell_ == "zsh" ? kZshCompletion : kFishCompletion);
    return 0;
  }

 private:
  std::optional<std::string> shell_;
};

const Verb kCompletionVerb({"completion", "the completion script of a shell", "source <(amphi completion bash)"},
                           &make_command<Completion>);

}  // namespace

}  // namespace amphi::cmd
