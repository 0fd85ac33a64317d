// amphi catalog import
#include <cerrno>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "amphi/care.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "exit_code.hpp"
#include "printer.hpp"
#include "views/care_view.hpp"

namespace amphi::cmd {

namespace {

std::string counted(std::int64_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

class CatalogImport : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"FILE", Complete::kFile, {}}, file_, Options::Need::kRequired,
                     "what amphi catalog export wrote, or - for stdin: the catalog must be new or without discs; or "
                     "amphigory.db, the catalog of amphi's Python ancestor");
  }

  int run(Context& context) override {
    if (*file_ != "-" && is_sqlite_file(*file_)) return take_in_ancestor(context);
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

  int take_in_ancestor(Context& context) const {
    const auto open = [&]() -> Catalog& { return context.catalog_to_write(); };
    const auto imported = import_ancestor(open, *file_, context.when_busy());
    const int code = imported.bad_rows.empty() ? kExitDone : kExitNotAsItShouldBe;
    if (context.json()) {
      print_ancestor_json(context, imported);
      return code;
    }
    for (const auto& bad : imported.bad_rows)
      context.tell(
          fmt::format("{}{}: {}", escape_controls(bad.table), bad.row ? fmt::format(" {}", *bad.row) : "", bad.why));
    context.out().line(fmt::format("{}: {}, {}, {} new; {} read, {} with something that does not fit",
                                   escape_controls(context.catalog_path()), counted(imported.added_discs, "disc"),
                                   counted(imported.added_tracks, "track"), counted(imported.added_paths, "path"),
                                   counted(imported.rows, "row"), imported.bad_rows.size()));
    context.next_step("amphi disc list");
    return code;
  }

  static void print_ancestor_json(Context& context, const AncestorImported& imported) {
    print_document(context, catalog_import_document(),
                   {{"catalog", context.catalog_path()},
                    {"from", "amphigory"},
                    {"export_schema", nullptr},
                    {"catalog_schema", imported.schema},
                    {"discs", imported.discs},
                    {"rows", imported.rows},
                    {"kept", nullptr},
                    {"added_discs", imported.added_discs},
                    {"added_tracks", imported.added_tracks},
                    {"added_paths", imported.added_paths},
                    {"bad_rows", json_array_of(bad_row_view(), imported.bad_rows)}});
  }

  static void print(Context& context, const std::string& path, const Imported& imported) {
    if (context.json()) {
      return print_document(context, catalog_import_document(),
                            {{"catalog", path},
                             {"from", "export"},
                             {"export_schema", imported.from_schema},
                             {"catalog_schema", imported.schema},
                             {"discs", imported.discs},
                             {"rows", imported.rows},
                             {"kept", or_null(imported.kept)},
                             {"added_discs", imported.discs},
                             {"added_tracks", nullptr},
                             {"added_paths", nullptr},
                             {"bad_rows", Json::array()}});
    }
    context.out().line(
        fmt::format("{}: {}, {} rows taken in", escape_controls(path), counted(imported.discs, "disc"), imported.rows));
    if (!imported.kept.empty()) context.out().line("what it was before: " + escape_controls(imported.kept));
  }

  std::optional<std::string> file_;
};

const Verb kCatalogImportVerb({"catalog import",
                               "an export becomes a catalog, or amphigory's catalog becomes part of one",
                               "amphi catalog import amphigory.db"},
                              &make_command<CatalogImport>, &catalog_import_document);

}  // namespace

}  // namespace amphi::cmd
