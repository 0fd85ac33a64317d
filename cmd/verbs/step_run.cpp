// amphi step run
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "base/signals.hpp"
#include "context.hpp"
#include "edit_options.hpp"

namespace amphi::cmd {

namespace {

StepSpec parse_spec(const std::string& path) {
  const auto document = nlohmann::json::parse(read_text(path), nullptr, false);
  if (document.is_discarded()) throw Error(ErrorKind::kUsage, fmt::format("{} is not JSON", path));
  StepSpec spec;
  from_json(document, spec);
  return spec;
}

class StepRun : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"SPEC", Complete::kFile, {}}, spec_, Options::Need::kRequired,
                     "a file amphi.step.spec/1, or - for stdin");
  }

  int run(Context& context) override {
    const auto spec = parse_spec(*spec_);
    install_signal_handlers();
    auto& out = context.out();
    out.set_when_closed(Output::WhenClosed::kMute);
    const int code = run_step(spec, [&out](const StepEvent& event) {
      nlohmann::json line;
      to_json(line, event);
      out.line(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
      out.flush();
    });
    if (code != 0 && last_signal() != 0) end_by_signal(last_signal());
    return code;
  }

 private:
  std::optional<std::string> spec_;
};

const Verb kStepRunVerb({"step run", "one step, as engines start it; reports JSON Lines", "amphi step run spec.json",
                         VerbText::Audience::kMachines},
                        &make_command<StepRun>);

}  // namespace

}  // namespace amphi::cmd
