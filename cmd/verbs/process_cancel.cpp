// amphi process cancel
#include <fmt/format.h>

#include "amphi/process.hpp"
#include "context.hpp"
#include "printer.hpp"

namespace amphi::cmd {

namespace {

const Document& process_cancel_document() {
  static const Document kDocument{
      "amphi.process.cancel/1", "what was stopped", {{"cancelled", "integer", "requests that were ended"}}, {}};
  return kDocument;
}

class ProcessCancel : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC", Complete::kDisc, {}}, disc_, Options::Need::kOptional, "of this disc only");
  }

  int run(Context& context) override {
    auto& catalog = context.catalog_to_write();
    std::optional<DiscId> disc;
    if (disc_) disc = resolve_disc(catalog, context.config(), disc_);
    const int count = cancel_requests(catalog, disc);
    if (context.json()) {
      print_document(context, process_cancel_document(), {{"cancelled", count}});
    } else {
      context.out().line(count == 0 ? "nothing to cancel"
                                    : fmt::format("{} request{} cancelled", count, count == 1 ? "" : "s"));
    }
    return 0;
  }

 private:
  std::optional<std::string> disc_;
};

const Verb kProcessCancelVerb({"process cancel", "stop what runs, from any shell", "amphi process cancel dvd-a1b2c3d"},
                              &make_command<ProcessCancel>, &process_cancel_document);

}  // namespace

}  // namespace amphi::cmd
