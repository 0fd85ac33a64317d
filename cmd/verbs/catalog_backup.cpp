// amphi catalog backup
#include <fmt/format.h>

#include "amphi/care.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "printer.hpp"
#include "views/care_view.hpp"

namespace amphi::cmd {

namespace {

class CatalogBackup : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"FILE", Complete::kFile, {}}, file_, Options::Need::kOptional,
                     "where to; left out: beside the catalog, with the time in its name. Never written over");
    options.number("--keep", keep_, "N",
                   "afterwards delete all but the newest N backups that this verb made beside the catalog");
  }

  int run(Context& context) override {
    if (keep_ && *keep_ < 1) {
      throw Error(ErrorKind::kUsage, "--keep keeps at least 1 backup", "amphi catalog backup --keep 7");
    }
    const auto& path = context.catalog_path();
    print(context, path, back_up_catalog(path, file_, keep_, context.clock(), context.when_busy()));
    return 0;
  }

 private:
  static void print(Context& context, const std::string& path, const SavedCopy& saved) {
    if (context.json()) {
      return print_document(context, catalog_backup_document(),
                            {{"catalog", path},
                             {"backup", saved.path},
                             {"catalog_schema", saved.schema},
                             {"size_bytes", saved.size_bytes},
                             {"rows", saved.rows},
                             {"deleted", saved.deleted}});
    }
    context.out().line(fmt::format("{}: {} rows, {}, verified", escape_controls(saved.path), saved.rows,
                                   human_size(saved.size_bytes)));
    for (const auto& path_gone : saved.deleted) context.out().line("deleted " + escape_controls(path_gone));
  }

  std::optional<std::string> file_;
  std::optional<int> keep_;
};

const Verb kCatalogBackupVerb({"catalog backup", "a verified copy of the catalog, also while amphi works",
                               "amphi catalog backup --keep 7"},
                              &make_command<CatalogBackup>, &catalog_backup_document);

}  // namespace

}  // namespace amphi::cmd
