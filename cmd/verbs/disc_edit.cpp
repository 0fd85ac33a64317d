// amphi disc edit
#include "amphi/edit.hpp"
#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "context.hpp"
#include "disc_page.hpp"
#include "edit_options.hpp"

namespace amphi::cmd {

namespace {

const Document& disc_edit_document() {
  static const Document kDocument = disc_page_document("amphi.disc.edit/1", "the disc as it is now");
  return kDocument;
}

class DiscEdit : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC", Complete::kDisc, {}}, disc_, Options::Need::kRequired, "the disc");
    fields_.describe(options);
    options.value("--patch", patch_, {"FILE", Complete::kFile, {}},
                  R"(JSON from FILE, or - for stdin: {"disc": {...}, "tracks": [{"id": 3, ...}]})");
  }

  int run(Context& context) override {
    if (!fields_.given() && !patch_) {
      throw Error(ErrorKind::kUsage, "nothing to edit", "give a field: amphi disc edit DISC --title TITLE --year YEAR");
    }
    auto edit = patch_ ? parse_patch(read_text(*patch_)) : Edit{};
    fields_.apply(edit.disc);
    auto& catalog = context.catalog_to_write();
    const auto disc = resolve_disc(catalog, context.config(), disc_);
    save_edit(context, catalog, disc, edit);
    print_changed_disc(context, catalog, disc, "saved");
    return 0;
  }

 private:
  std::optional<std::string> disc_, patch_;
  FieldOptions fields_{FieldOptions::Noun::kDisc};
};

const Verb kDiscEditVerb({"disc edit", "say what the disc is: title, year ...",
                          "amphi disc edit dvd-a1b2c3d --title 'Sita Sings the Blues' --year 2008"},
                         &make_command<DiscEdit>, &disc_edit_document);

}  // namespace

}  // namespace amphi::cmd
