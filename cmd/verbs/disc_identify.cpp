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
    const auto report = identify_discs(catalog, context.config(), discs, options);
    if (!all_ && report.discs.front().trouble) {
      tell_warnings(context, report);
      throw Error(*report.discs.front().trouble);
    }
    print(context, report);
    return code_of(report);
  }

 private:
  std::string folder(Context& context) const {
    const auto& given = from_ ? *from_ : context.config().thediscdb;
    if (!given.empty()) return given;
    throw Error(ErrorKind::kUsage, "no copy of TheDiscDB's data is named",
                "give --from FOLDER or identify.thediscdb in the configuration; git clone "
                "https://github.com/TheDiscDb/data makes one");
  }

  // What a disc that was found lacks in the copy. One that is not there at all is no fault among many.
  static bool is_as_it_should_be(const Identification& disc) {
    return disc.trouble ? disc.trouble->kind() == ErrorKind::kNotFound : !disc.is_partial();
  }

  static int code_of(const IdentifyReport& report) {
    return std::all_of(report.discs.begin(), report.discs.end(), is_as_it_should_be) ? kExitDone : kExitNotAsItShouldBe;
  }

  // Under --json an error is all that stderr holds.
  static void tell_warnings(Context& context, const IdentifyReport& report) {
    if (context.json()) return;
    for (const auto& warning : report.warnings) context.tell("warning: " + warning);
  }

  void print(Context& context, const IdentifyReport& report) const {
    if (context.json()) {
      return print_document(context, identify_document(),
                            {{"preview", preview_},
                             {"data", report.data},
                             {"warnings", report.warnings},
                             {"discs", json_array_of(identification_view(), report.discs)}});
    }
    tell_warnings(context, report);
    for (const auto& disc : report.discs) {
      if (disc.trouble) {
        context.out().line(escape_controls(disc.trouble->told()));
        continue;
      }
      if (preview_)
        print_identify_preview(context, disc, columns_);
      else
        print_identified(context, disc);
      tell_identify_doubts(context, disc);
    }
    if (all_ || report.discs.empty()) return;
    const auto name = short_fingerprint(report.discs.front().decisions.disc.fingerprint);
    context.next_step(fmt::format("amphi {} {}", preview_ ? "disc identify" : "process", name));
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
