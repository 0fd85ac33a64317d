// amphi disc forget
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "disc_page.hpp"
#include "exit_code.hpp"
#include "printer.hpp"
#include "views/verify_view.hpp"

namespace amphi::cmd {

namespace {

const Document& disc_forget_document() {
  static const Document kDocument{"amphi.disc.forget/1",
                                  "what is gone",
                                  {{"fingerprint", "string", "the disc"},
                                   {"forgotten", "boolean", "out of the catalog"},
                                   {"deleted", "string[]", "files that are gone now"},
                                   {"left", "object[]", "files that could not be deleted", &left_info}},
                                  {}};
  return kDocument;
}

class DiscForget : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC", Complete::kDisc, {}}, disc_, Options::Need::kRequired, "the disc");
    options.flag("--delete-files", delete_files_, "delete what amphi made of it, too");
    options.flag("-y,--yes", yes_, "do not ask");
  }

  int run(Context& context) override {
    auto& catalog = context.catalog_to_write();
    const auto disc = resolve_disc(catalog, context.config(), disc_);
    const auto known = catalog.load_disc(disc).disc;
    confirm(known);
    const auto answer = forget_disc(catalog, context.config(), disc, delete_files_);
    print(context, known, answer);
    return answer.left.empty() ? kExitDone : kExitUnavailable;
  }

 private:
  void confirm(const Disc& disc) const {
    if (yes_) return;
    const auto files = delete_files_ ? " and delete its files" : "";
    const auto answer = ask(fmt::format("Forget {}{}?", escape_controls(disc_name(disc)), files));
    if (!answer && !delete_files_) return;  // a script that forgets loses no file
    if (!answer) throw Error(ErrorKind::kUsage, "deleting files needs --yes where nobody can be asked");
    if (!*answer) throw Error(ErrorKind::kUnfinished, "not confirmed; nothing was changed");
  }

  static void print(Context& context, const Disc& disc, const ResetAnswer& answer) {
    if (context.json()) {
      return print_document(context, disc_forget_document(),
                            {{"fingerprint", disc.fingerprint},
                             {"forgotten", answer.left.empty()},
                             {"deleted", answer.deleted},
                             {"left", left_json(answer)}});
    }
    for (const auto& path : answer.deleted) context.out().line("deleted " + escape_controls(path));
    for (const auto& [path, why] : answer.left) context.tell(fmt::format("could not delete {}: {}", path, why));
    if (answer.left.empty()) context.out().line(escape_controls(disc_name(disc)) + ": forgotten");
  }

  std::optional<std::string> disc_;
  bool delete_files_ = false;
  bool yes_ = false;
};

const Verb kDiscForgetVerb({"disc forget", "take a disc out of the catalog; files stay",
                            "amphi disc forget dvd-a1b2c3d"},
                           &make_command<DiscForget>, &disc_forget_document);

}  // namespace

}  // namespace amphi::cmd
