// amphi plan
#include "amphi/process.hpp"
#include "context.hpp"
#include "views/plan_view.hpp"

namespace amphi::cmd {

namespace {

class PlanVerb : public Command {
 public:
  void describe(Options& options) override {
    options.arguments({"DISC", Complete::kDisc, {}}, discs_, Options::Need::kOptional,
                      "discs; left out: every disc of the catalog");
    options.value("--until", until_, one_of({"rip", "transcode", "insert"}), "the last stage; insert when left out");
    options.list("--columns", columns_, {"NAMES", Complete::kColumns, {}}, "columns of the table");
  }

  int run(Context& context) override {
    auto& catalog = context.catalog_to_observe();
    std::vector<DiscId> discs;
    for (const auto& selector : discs_) discs.push_back(resolve_disc(catalog, context.config(), selector));
    if (discs.empty()) discs = catalog.all_discs();
    const auto until = until_ ? *parse_stage(*until_) : Stage::kInsert;
    print_plans(context, columns_, [&](const std::function<void(const Plan&)>& take) {
      plan_discs(catalog, context.config(), discs, until, take);
    });
    return 0;
  }

 private:
  std::vector<std::string> discs_, columns_;
  std::optional<std::string> until_;
};

const Verb kPlanVerb({"plan", "the steps that process would take, with reasons; nothing runs",
                      "amphi plan dvd-a1b2c3d"},
                     &make_command<PlanVerb>, &plan_document);

}  // namespace

}  // namespace amphi::cmd
