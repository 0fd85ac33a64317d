// amphi disc merge
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "disc_page.hpp"
#include "printer.hpp"

namespace amphi::cmd {

namespace {

const Document& disc_merge_document() {
  static const Document kDocument = [] {
    auto document = disc_page_document("amphi.disc.merge/1", "the disc that both are now");
    document.parts.push_back({"merged", "boolean", "false with --dry-run"});
    document.parts.push_back({"notes", "string[]", "what became of tracks that are not the same in both"});
    return document;
  }();
  return kDocument;
}

class DiscMerge : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC", Complete::kDisc, {}}, disc_, Options::Need::kRequired, "the disc that stays");
    options.argument({"OTHER", Complete::kDisc, {}}, other_, Options::Need::kRequired,
                     "the one that it is too: its identifiers, edits, files and history go over");
    options.flag("--dry-run", dry_run_, "only tell what would become of the tracks");
    options.flag("-y,--yes", yes_, "do not ask");
  }

  int run(Context& context) override {
    auto& catalog = context.catalog_to_write();
    const auto disc = resolve_disc(catalog, context.config(), disc_);
    const auto other = resolve_disc(catalog, context.config(), other_);
    const auto gone = catalog.load_disc(other, Catalog::Detail::kListing).disc;
    const auto preview = merge_discs(catalog, disc, other, Catalog::Merging::kPreview);
    if (dry_run_) return print(context, catalog, preview, "would become one; nothing was changed");
    confirm(catalog.load_disc(disc, Catalog::Detail::kListing).disc, gone, preview);
    const auto merged = merge_discs(catalog, disc, other, Catalog::Merging::kDo);
    return print(context, catalog, merged, fmt::format("{} is this disc now", escape_controls(disc_name(gone))));
  }

 private:
  void confirm(const Disc& disc, const Disc& gone, const MergeResult& preview) const {
    if (yes_) return;
    const auto answer =
        ask(fmt::format("Merge {} into {}{}?", escape_controls(disc_name(gone)), escape_controls(disc_name(disc)),
                        preview.notes.empty() ? "" : " (" + join(preview.notes, "; ") + ")"));
    if (!answer) throw Error(ErrorKind::kUsage, "merging cannot be undone: it needs --yes where nobody can be asked");
    if (!*answer) throw Error(ErrorKind::kUnfinished, "not confirmed; nothing was changed");
  }

  int print(Context& context, Catalog& catalog, const MergeResult& result, const std::string& sentence) const {
    const auto report = survey_disc(catalog, context.config(), result.disc_id, Look::kStored);
    if (context.json()) {
      JsonDocument json(context, disc_merge_document());
      json.add("merged", !dry_run_);
      json.add("notes", result.notes);
      add_disc_and_tracks(json, report);
      json.finish();
      return 0;
    }
    for (const auto& note : result.notes) context.tell(note);
    context.out().line(fmt::format("{}: {}", escape_controls(disc_name(report.record.disc)), sentence));
    return 0;
  }

  std::optional<std::string> disc_, other_;
  bool dry_run_ = false;
  bool yes_ = false;
};

const Verb kDiscMergeVerb({"disc merge", "two discs of the catalog that are one: what only a person knows",
                           "amphi disc merge dvd-a1b2c3d 12 --dry-run"},
                          &make_command<DiscMerge>, &disc_merge_document);

}  // namespace

}  // namespace amphi::cmd
