// amphi catalog check
#include <fmt/format.h>

#include "amphi/care.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "exit_code.hpp"
#include "printer.hpp"
#include "views/care_view.hpp"

namespace amphi::cmd {

namespace {

struct Findings {
  CatalogCheck catalog;
  std::vector<Interrupted> abandoned;
  std::optional<FilesCheck> files;

  int exit() const {
    if (catalog.damaged()) return kExitCatalog;
    return files && !files->faults.empty() ? kExitNotAsItShouldBe : kExitDone;
  }
};

class CatalogCheckVerb : public Command {
 public:
  void describe(Options& options) override {
    options.flag("--full", full_, "compare indexes with their tables and read every row, too; takes longer");
    options.flag("--no-files", no_files_, "leave out the files that the catalog tells of");
  }

  int run(Context& context) override {
    Findings found;
    found.catalog = check_catalog(context.catalog_path(), full_ ? CheckDepth::kFull : CheckDepth::kQuick);
    if (!found.catalog.damaged()) look_further(context, found);
    context.json() ? print_json(context, found) : print_text(context, found);
    return found.exit();
  }

 private:
  // What needs a catalog that can be used. One of an older schema is read only: a look upgrades nothing.
  void look_further(Context& context, Findings& found) const {
    const bool older = found.catalog.schema < found.catalog.newest_schema;
    auto& catalog = older ? context.catalog_to_read() : context.catalog_to_observe();
    for (auto& work : interrupted_work(catalog)) {
      if (!work.alive) found.abandoned.push_back(std::move(work));
    }
    if (!no_files_) found.files = check_files(catalog, context.config());
  }

  void print_json(Context& context, const Findings& found) const {
    const auto& catalog = found.catalog;
    print_document(
        context, catalog_check_document(),
        {{"path", catalog.path},
         {"catalog_schema", catalog.schema},
         {"newest_schema", catalog.newest_schema},
         {"size_bytes", catalog.size_bytes},
         {"depth", full_ ? "full" : "quick"},
         {"damaged", catalog.damaged()},
         {"problems", catalog.problems},
         {"broken_references", json_array_of(broken_reference_view(), catalog.broken_references)},
         {"schema_differences", json_array_of(schema_difference_view(), catalog.schema_differences)},
         {"orphans", json_array_of(orphans_view(), catalog.orphans)},
         {"abandoned", json_array_of(abandoned_view(), found.abandoned)},
         {"files", found.files ? json_of(files_view(), *found.files) : Json()},
         {"file_faults", found.files ? json_array_of(file_fault_view(), found.files->faults) : Json::array()},
         {"newest_backup", or_null(catalog.newest_backup)},
         {"hint", or_null(catalog.hint)}});
  }

  template <class T>
  static void section(Context& context, std::string_view title, const View<T>& view, const std::vector<T>& rows) {
    if (rows.empty()) return;
    context.out().line("");
    context.out().line(styled(title, Style::kBold, context.appearance()));
    print_range(context, catalog_check_document(), view, {}, rows);
  }

  static void print_text(Context& context, const Findings& found) {
    const auto& catalog = found.catalog;
    auto& out = context.out();
    const auto word = catalog.damaged() ? styled("damaged", Style::kRed, context.appearance()) : std::string("sound");
    out.line(fmt::format("{}: {} (schema {}, {})", escape_controls(catalog.path), word, catalog.schema,
                         human_size(catalog.size_bytes)));
    for (const auto& problem : catalog.problems) out.line("  " + escape_controls(problem));
    section(context, "Rows that refer to nothing", broken_reference_view(), catalog.broken_references);
    section(context, "Not as in a newly made catalog", schema_difference_view(), catalog.schema_differences);
    section(context, "Rows that nothing uses", orphans_view(), catalog.orphans);
    section(context, "Begun, and nobody works on it", abandoned_view(), found.abandoned);
    if (found.files) print_files(context, *found.files);
    if (!catalog.hint.empty()) out.line(escape_controls(catalog.hint));
  }

  static void print_files(Context& context, const FilesCheck& files) {
    std::vector<std::string> counts;
    for (const auto& [verdict, count] : files.counts) counts.push_back(fmt::format("{} {}", count, to_string(verdict)));
    context.out().line("files: " + (counts.empty() ? "none recorded" : join(counts, ", ")));
    section(context, "Not as recorded", file_fault_view(), files.faults);
  }

  bool full_ = false;
  bool no_files_ = false;
};

const Verb kCatalogCheckVerb({"catalog check", "is the catalog sound, and does every recorded file stand",
                              "amphi catalog check --full --no-files"},
                             &make_command<CatalogCheckVerb>, &catalog_check_document);

}  // namespace

}  // namespace amphi::cmd
