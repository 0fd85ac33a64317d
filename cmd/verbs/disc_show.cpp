// amphi disc show
#include "amphi/process.hpp"
#include "context.hpp"
#include "disc_page.hpp"

namespace amphi::cmd {

namespace {

const Document& disc_show_document() {
  static const Document kDocument = disc_page_document("amphi.disc.show/1", "a disc and its tracks");
  return kDocument;
}

class DiscShow : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC", Complete::kDisc, {}}, disc_, Options::Need::kOptional,
                     "id, fingerprint or its beginning, or a source; left out: the disc in the drive");
    options.flag("--no-verify", no_verify_, "as last seen: no file is looked at");
    options.list("--columns", columns_, {"NAMES", Complete::kColumns, {}}, "columns of the table");
  }

  int run(Context& context) override {
    auto& catalog = no_verify_ ? context.catalog_to_read() : context.catalog_to_observe();
    const auto disc = resolve_disc(catalog, context.config(), disc_);
    const auto look = no_verify_ ? Look::kStored : Look::kDisk;
    print_disc_page(context, survey_disc(catalog, context.config(), disc, look), columns_);
    return 0;
  }

 private:
  std::optional<std::string> disc_;
  bool no_verify_ = false;
  std::vector<std::string> columns_;
};

const Verb kDiscShowVerb({"disc show", "a disc and its tracks, every file looked at", "amphi disc show dvd-a1b2c3d"},
                         &make_command<DiscShow>, &disc_show_document);

}  // namespace

}  // namespace amphi::cmd
