// amphi disc identify
#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "disc_page.hpp"
#include "exit_code.hpp"
#include "identify_page.hpp"
#include "printer.hpp"
#include "views/identify_view.hpp"

namespace amphi::cmd {

namespace {

class DiscIdentify : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC", Complete::kDisc, {}}, disc_, Options::Need::kOptional,
                     "id, fingerprint or its beginning, or a source; left out: the disc in the drive");
    options.flag("--all", all_, "every disc of the catalog");
    options.value("--from", from_, {"FOLDER", Complete::kFile, {}},
                  "a copy of TheDiscDB's data (git clone https://github.com/TheDiscDb/data); left out: "
                  "identify.thediscdb");
    options.value("--release", release_, {"SLUG", Complete::kNothing, {}},
                  "the release to believe, where several have the disc and do not agree");
    options.flag("--preview", preview_, "show the names that the library would get, write nothing");
    options.flag("--force", force_, "overwrite what was edited by hand, too");
    options.list("--columns", columns_, {"NAMES", Complete::kColumns, {}}, "columns of the preview's table");
  }

  int run(Context& context) override {
    if (all_ && (disc_ || release_))
      throw Error(ErrorKind::kUsage, "--all excludes DISC and --release", "give one of them");
    chosen_columns(identified_track_view().info(), columns_);
    IdentifyOptions options;
    options.folder = folder(context);
    options.release = release_;
    options.hand_edits = force_ ? HandEdits::kOverwrite : HandEdits::kKeep;
    options.preview = preview_;
    auto& catalog = preview_ ? context.catalog_to_read() : context.catalog_to_write();
    const auto discs = all_ ? catalog.all_discs() : std::vector{resolve_disc(catalog, context.config(), disc_)};
    DiscdbIdentifier identifier(catalog, context.config(), discs, options);
    if (context.json()) return print_json(context, identifier, discs);
    for (const auto& warning : identifier.warnings()) context.tell("warning: " + warning);
    const int code = print_text(context, identifier, discs);
    if (all_) return code;
    const auto name = short_fingerprint(catalog.load_disc(discs.front(), Catalog::Detail::kListing).disc.fingerprint);
    context.next_step(fmt::format("amphi {} {}", preview_ ? "disc identify" : "process", name));
    return code;
  }

 private:
  std::string folder(Context& context) const {
    const auto& given = from_ ? *from_ : context.config().thediscdb;
    if (!given.empty()) return given;
    throw Error(ErrorKind::kUsage, "no copy of TheDiscDB's data is named",
                "give --from FOLDER or identify.thediscdb in the configuration; git clone "
                "https://github.com/TheDiscDb/data makes one");
  }

  // Among many a disc that is not in the copy is no fault; one that was asked for is an error.
  int code_of(const Identification& disc) const {
    if (disc.trouble && !all_) throw Error(*disc.trouble);
    const bool fine = disc.trouble ? disc.trouble->kind() == ErrorKind::kNotFound : !disc.is_partial();
    return fine ? kExitDone : kExitNotAsItShouldBe;
  }

  int print_json(Context& context, DiscdbIdentifier& identifier, const std::vector<DiscId>& discs) const {
    int code = kExitDone;
    JsonDocument json(context, identify_document());
    json.add("preview", preview_);
    json.add("data", identifier.data());
    json.add("warnings", identifier.warnings());
    json.begin_list("discs");
    for (const auto id : discs) {
      const auto disc = identifier.identify(id);
      code = std::max(code, code_of(disc));
      json.add_item(json_of(identification_view(), disc));
    }
    json.end_list();
    json.finish();
    return code;
  }

  int print_text(Context& context, DiscdbIdentifier& identifier, const std::vector<DiscId>& discs) const {
    int code = kExitDone;
    for (const auto id : discs) {
      const auto disc = identifier.identify(id);
      code = std::max(code, code_of(disc));
      if (disc.trouble) {
        const auto releases = join(disc.trouble->candidates(), ", ");
        const auto told = disc.trouble->told();
        context.out().line(escape_controls(releases.empty() ? told : fmt::format("{}: {}", told, releases)));
        continue;
      }
      if (preview_) {
        print_identify_preview(context, disc, columns_);
      } else {
        print_identified(context, disc);
      }
      tell_identify_doubts(context, disc);
    }
    return code;
  }

  std::optional<std::string> disc_, from_, release_;
  std::vector<std::string> columns_;
  bool all_ = false;
  bool preview_ = false;
  bool force_ = false;
};

const Verb kDiscIdentifyVerb({"disc identify", "name a disc and its tracks by a local copy of TheDiscDB",
                              "amphi disc identify dvd-a1b2c3d --preview"},
                             &make_command<DiscIdentify>, &identify_document);

}  // namespace

}  // namespace amphi::cmd
