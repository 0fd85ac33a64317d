// amphi cleanup
#include <set>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "exit_code.hpp"
#include "printer.hpp"
#include "views/cleanup_view.hpp"

namespace amphi::cmd {

namespace {

constexpr std::int64_t kGigabyte = 1'000'000'000;

CleanupOptions::Proof proof_of(const std::string& word) {
  if (word == "checksum") return CleanupOptions::Proof::kChecksum;
  return word == "probe" ? CleanupOptions::Proof::kProbe : CleanupOptions::Proof::kLook;
}

struct Totals {
  int files = 0, left = 0;
  std::int64_t freed = 0;
  void count(const CleanupItem& item) {
    ++(item.left.empty() ? files : left);
    freed += item.freed_bytes;
  }
  std::string text(const char* verb) const {
    return fmt::format("{} {} file{}, {}", verb, files, files == 1 ? "" : "s", human_size(freed));
  }
};

class Cleanup : public Command {
 public:
  void describe(Options& options) override {
    options.arguments({"DISC", Complete::kDisc, {}}, discs_, Options::Need::kOptional,
                      "discs; left out: every disc of the catalog");
    options.value("--stage", stage_, one_of({"rip", "transcode"}), "this stage only; both when left out");
    options.number("--older-than", older_than_, "DAYS", "only where the library file is that old",
                   CleanupConfig::kMostDays);
    options.number("--keep", keep_, "GB", "as many gigabytes stay, the newest", CleanupConfig::kMostGb);
    options.value("--verify", verify_, one_of({"look", "checksum", "probe"}), "what the library file must pass before");
    options.flag("--dry-run", dry_run_, "say what would be deleted, change nothing");
    options.flag("-y,--yes", yes_, "do not ask");
  }

  int run(Context& context) override {
    auto& catalog = dry_run_ ? context.catalog_to_read() : context.catalog_to_write();
    auto options = options_of(context, catalog);
    if (!dry_run_ && !yes_) options.agreed = confirm(context, catalog, options);
    return clean(context, catalog, options);
  }

 private:
  CleanupOptions options_of(Context& context, Catalog& catalog) const {
    const auto& configured = context.config().cleanup;
    CleanupOptions options;
    options.policy.rips = stage_ != "transcode";
    options.policy.transcodes = stage_ != "rip";
    options.policy.older_than_days = older_than_.value_or(configured.older_than_days);
    options.policy.keep_bytes = keep_.value_or(configured.keep_gb) * kGigabyte;
    options.proof = proof_of(verify_.value_or(configured.verify));
    options.dry_run = dry_run_;
    for (const auto& selector : discs_) options.discs.push_back(resolve_disc(catalog, context.config(), selector));
    if (discs_.empty()) options.discs = catalog.all_discs();
    return options;
  }

  // The files that may go now.
  static std::set<std::string> confirm(Context& context, Catalog& catalog, CleanupOptions options) {
    options.dry_run = true;
    Totals totals;
    std::set<std::string> files;
    cleanup(catalog, context.config(), options, [&](const CleanupItem& item) {
      totals.count(item);
      if (item.left.empty()) files.insert(item.path);
    });
    if (files.empty()) return files;
    const auto answer = ask(totals.text("Delete") + "?");
    if (!answer) throw Error(ErrorKind::kUsage, "cleanup deletes files; it needs --yes where nobody can be asked");
    if (!*answer) throw Error(ErrorKind::kUnfinished, "not confirmed; nothing was changed");
    return files;
  }

  int clean(Context& context, Catalog& catalog, const CleanupOptions& options) const {
    Totals totals;
    const auto each = [&](const std::function<void(const CleanupItem&)>& take) {
      cleanup(catalog, context.config(), options, [&](const CleanupItem& item) {
        totals.count(item);
        take(item);
      });
    };
    context.json() ? print_json(context, each, totals) : print_text(context, each, totals);
    return totals.left > 0 ? kExitNotAsItShouldBe : kExitDone;
  }

  using Each = std::function<void(const std::function<void(const CleanupItem&)>&)>;

  void print_json(Context& context, const Each& each, const Totals& totals) const {
    JsonDocument json(context, cleanup_document());
    json.add("dry_run", dry_run_);
    json.begin_list("files");
    each([&](const CleanupItem& item) { json.add_item(json_of(cleanup_view(), item)); });
    json.end_list();
    json.add("freed_bytes", totals.freed);
    json.finish();
  }

  void print_text(Context& context, const Each& each, const Totals& totals) const {
    print_list<CleanupItem>(context, cleanup_document(), cleanup_view(), {}, each);
    context.out().line(totals.text(dry_run_ ? "would delete" : "deleted"));
  }

  std::vector<std::string> discs_;
  std::optional<std::string> stage_, verify_;
  std::optional<int> older_than_, keep_;
  bool dry_run_ = false;
  bool yes_ = false;
};

const Verb kCleanupVerb({"cleanup", "delete rips and transcodes that finished work no longer needs",
                         "amphi cleanup --older-than 14 --verify probe --dry-run"},
                        &make_command<Cleanup>, &cleanup_document);

}  // namespace

}  // namespace amphi::cmd
