// amphi catalog export
#include <fmt/format.h>

#include "amphi/care.hpp"
#include "base/text.hpp"
#include "catalog/patiently.hpp"
#include "context.hpp"
#include "printer.hpp"
#include "views/care_view.hpp"

namespace amphi::cmd {

namespace {

class CatalogExport : public Command {
 public:
  void describe(Options& options) override {
    options.value("--output", output_, {"FILE", Complete::kFile, {}},
                  "a new file, durable before it has its name; left out: stdout");
  }

  // JSON Lines with or without --json: there is no other form of it.
  int run(Context& context) override {
    const auto& path = context.catalog_path();
    if (!output_) {
      export_catalog(path, [&](std::string_view line) { context.out().line(line); });
      return 0;
    }
    const auto counts = patiently(context.when_busy(), [&] { return export_catalog_to(path, *output_); });
    if (context.json()) {
      print_document(context, catalog_export_document(), {{"catalog", path}, {"output", *output_}, {"rows", counts}});
      return 0;
    }
    std::int64_t rows = 0;
    for (const auto& [table, count] : counts) rows += count;
    context.out().line(fmt::format("{}: {} rows", escape_controls(*output_), rows));
    return 0;
  }

 private:
  std::optional<std::string> output_;
};

const Verb kCatalogExportVerb({"catalog export", "the whole catalog as JSON Lines, without loss",
                               "amphi catalog export | jq -r 'select(.table == \"disc_edit\") | .row.title'"},
                              &make_command<CatalogExport>, &catalog_export_document);

}  // namespace

}  // namespace amphi::cmd
