// amphi catalog rebuild
#include <fmt/format.h>

#include "amphi/care.hpp"
#include "context.hpp"
#include "exit_code.hpp"
#include "printer.hpp"

namespace amphi::cmd {

namespace {

const Document& catalog_rebuild_document() {
  static const Document kDocument{"amphi.catalog.rebuild/1",
                                  "what was found in the folders and recorded",
                                  {{"discs", "integer", "discs that the catalog did not know"},
                                   {"artifacts", "integer", "files recorded by their receipts"},
                                   {"unverified", "integer", "files recorded by their tags; process probes them"},
                                   {"oddities", "string[]", "receipts and files that were left"}},
                                  {}};
  return kDocument;
}

std::string counted(int count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

class CatalogRebuild : public Command {
 public:
  void describe(Options&) override {}

  int run(Context& context) override {
    Json oddities = Json::array();
    const auto take = [&](const std::string& oddity) {
      oddities.push_back(oddity);
      if (!context.json()) context.tell(oddity);
    };
    const auto summary = rebuild_catalog(context.catalog_to_write(), context.config(), take, context.when_busy());
    const int code = oddities.empty() ? kExitDone : kExitNotAsItShouldBe;
    if (context.json()) {
      print_document(context, context.document(),
                     {{"discs", summary.discs},
                      {"artifacts", summary.artifacts},
                      {"unverified", summary.unverified},
                      {"oddities", oddities}});
      return code;
    }
    context.out().line(fmt::format("{}, {} with a receipt, {} by tags alone", counted(summary.discs, "new disc"),
                                   counted(summary.artifacts, "file"), counted(summary.unverified, "file")));
    context.next_step("amphi disc list");
    return code;
  }
};

const Verb kCatalogRebuildVerb({"catalog rebuild", "record what the folders hold and the catalog does not know",
                                "amphi catalog rebuild"},
                               &make_command<CatalogRebuild>, &catalog_rebuild_document);

}  // namespace

}  // namespace amphi::cmd
