// amphi catalog restore
#include <fmt/format.h>

#include "amphi/care.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "printer.hpp"
#include "views/care_view.hpp"

namespace amphi::cmd {

namespace {

class CatalogRestore : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"FILE", Complete::kFile, {}}, file_, Options::Need::kRequired,
                     "a backup; verified before anything is changed");
  }

  int run(Context& context) override {
    const auto& path = context.catalog_path_to_write();
    print(context, path, restore_catalog(path, *file_, context.clock(), context.when_busy()));
    context.next_step("amphi catalog check");
    return 0;
  }

 private:
  void print(Context& context, const std::string& path, const Restored& restored) const {
    if (context.json()) {
      return print_document(context, catalog_restore_document(),
                            {{"catalog", path},
                             {"from", *file_},
                             {"catalog_schema", restored.schema},
                             {"discs", restored.discs},
                             {"rows", restored.rows},
                             {"kept", or_null(restored.kept)},
                             {"set_aside", restored.set_aside}});
    }
    context.out().line(fmt::format("{}: {} disc{} restored from {}", escape_controls(path), restored.discs,
                                   restored.discs == 1 ? "" : "s", escape_controls(*file_)));
    if (restored.kept.empty()) return;
    context.out().line(fmt::format("{} {}", restored.set_aside ? "the file before, set aside:" : "what it was before:",
                                   escape_controls(restored.kept)));
  }

  std::optional<std::string> file_;
};

const Verb kCatalogRestoreVerb({"catalog restore", "go back to a backup; what the catalog is now is kept beside it",
                                "amphi catalog restore catalog.db.backup-v3-20261122T200259123Z.saved"},
                               &make_command<CatalogRestore>, &catalog_restore_document);

}  // namespace

}  // namespace amphi::cmd
