// amphi disc list
#include "amphi/catalog.hpp"
#include "context.hpp"
#include "printer.hpp"
#include "views/disc_view.hpp"

namespace amphi::cmd {

namespace {

const Document& disc_list_document() {
  static const Document kDocument{"amphi.disc.list/1",
                                  "the catalog, from what was last seen",
                                  {{"discs", "object[]", "one each", &disc_info}},
                                  "discs"};
  return kDocument;
}

std::vector<std::string> type_words() {
  std::vector<std::string> out;
  for (const auto type : all_track_types()) out.emplace_back(to_string(type));
  return out;
}

class DiscList : public Command {
 public:
  void describe(Options& options) override {
    options.value("--state", filter_.state, one_of({"discovered", "ripped", "transcoded", "complete"}),
                  "discs in this state");
    options.value("--kind", kind_, one_of({"dvd", "bluray", "uhd", "cd"}), "discs of this kind");
    options.value("--type", type_, one_of(type_words()), "discs with a track of this type");
    options.value("--title", filter_.title, {"TEXT", Complete::kNothing, {}}, "discs whose title or label holds TEXT");
    options.flag("--needs-attention", filter_.needs_attention, "flagged, failed, or with files missing or changed");
    options.value("--sort", sort_, one_of({"title", "year", "id", "scanned", "state"}), "order; title when left out");
    options.flag("--reverse", filter_.descending, "the other way round");
    options.list("--columns", columns_, {"NAMES", Complete::kColumns, {}}, "columns of the table");
  }

  int run(Context& context) override {
    if (kind_) filter_.kind = parse_disc_kind(*kind_);
    if (type_) filter_.type = parse_track_type(*type_);
    filter_.sort = sort_.value_or("title");
    auto& catalog = context.catalog_to_read();
    const auto count = print_list<DiscRow>(context, disc_list_document(), disc_view(), columns_, [&](const auto& take) {
      catalog.for_each_summary(filter_, [&](const DiscSummary& summary) { take(disc_row(summary)); });
    });
    if (count == 0 && !context.json()) context.tell("no discs");
    return 0;
  }

 private:
  DiscFilter filter_;
  std::optional<std::string> kind_, type_, sort_;
  std::vector<std::string> columns_;
};

const Verb kDiscListVerb({"disc list", "the discs of the catalog",
                          "amphi disc list --state ripped --json | jq '.discs[].title'"},
                         &make_command<DiscList>, &disc_list_document);

}  // namespace

}  // namespace amphi::cmd
