// amphi catalog import
#include <cerrno>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "amphi/care.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "printer.hpp"
#include "views/care_view.hpp"

namespace amphi::cmd {

namespace {

class CatalogImport : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"FILE", Complete::kFile, {}}, file_, Options::Need::kRequired,
                     "what amphi catalog export wrote, or - for stdin; the catalog must be new or without discs");
  }

  int run(Context& context) override {
    const auto& path = context.catalog_path_to_write();
    print(context, path, *file_ == "-" ? import(context, path, std::cin, "standard input") : from_file(context, path));
    return 0;
  }

 private:
  static Imported import(Context& context, const std::string& path, std::istream& lines, const std::string& name) {
    return import_catalog(path, lines, name, context.clock(), context.when_busy());
  }

  Imported from_file(Context& context, const std::string& path) const {
    std::ifstream lines(*file_, std::ios::binary);
    if (!lines) fail_system(errno, fmt::format("cannot open {}", *file_));
    return import(context, path, lines, *file_);
  }

  static void print(Context& context, const std::string& path, const Imported& imported) {
    if (context.json()) {
      return print_document(context, catalog_import_document(),
                            {{"catalog", path},
                             {"export_schema", imported.from_schema},
                             {"catalog_schema", imported.schema},
                             {"discs", imported.discs},
                             {"rows", imported.rows},
                             {"kept", or_null(imported.kept)}});
    }
    context.out().line(fmt::format("{}: {} disc{}, {} rows taken in", escape_controls(path), imported.discs,
                                   imported.discs == 1 ? "" : "s", imported.rows));
    if (!imported.kept.empty()) context.out().line("what it was before: " + escape_controls(imported.kept));
  }

  std::optional<std::string> file_;
};

const Verb kCatalogImportVerb({"catalog import", "an export becomes a catalog; all of it or nothing",
                               "amphi catalog import dump.jsonl --catalog new.db"},
                              &make_command<CatalogImport>, &catalog_import_document);

}  // namespace

}  // namespace amphi::cmd
