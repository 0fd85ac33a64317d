// amphi schema
#include <map>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "documents.hpp"
#include "printer.hpp"

namespace amphi::cmd {

namespace {

const View<const Document*>& name_view() {
  using D = const Document* const&;
  static const View<const Document*> kView(
      "schema_name", "a JSON Schema that amphi schema prints",
      {{{"name", "string", "name", "NAME", Column::kShown}, [](D d) { return Json(short_schema_name(*d)); }},
       {{"schema", "string", "what the documents say in their field schema", "SCHEMA", Column::kShown},
        [](D d) { return Json(d->schema); }},
       {{"summary", "string", "what it describes", "SUMMARY", Column::kShown, Align::kLeft, Fit::kFlexible},
        [](D d) { return Json(d->summary); }}});
  return kView;
}

const Document& schema_document() {
  static const Document kDocument{
      "amphi.schema/1",
      "the schemas",
      {{"schemas", "object[]", "one each", []() -> const ViewInfo& { return name_view().info(); }}},
      "schemas"};
  return kDocument;
}

class Schema : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"NAME", Complete::kSchema, {}}, name_, Options::Need::kOptional,
                     "disc.show ...; left out: lists them");
  }

  int run(Context& context) override {
    const auto documents = all_documents();
    if (!name_) {
      print_range(context, schema_document(), name_view(), {}, documents);
      return 0;
    }
    std::vector<std::string> names;
    for (const auto* candidate : documents) {
      names.push_back(short_schema_name(*candidate));
      if (*name_ == names.back() || *name_ == candidate->schema) {
        context.out().line(schema_of(*candidate).dump(2));
        return 0;
      }
    }
    const auto near = nearest(*name_, names);
    throw Error(ErrorKind::kUsage, fmt::format("there is no schema '{}'", *name_),
                near.empty() ? "amphi schema lists them" : fmt::format("did you mean {}?", near));
  }

 private:
  std::optional<std::string> name_;
};

const Verb kSchemaVerb({"schema", "JSON Schemas of what --json prints", "amphi schema disc.show"},
                       &make_command<Schema>, &schema_document);

}  // namespace

}  // namespace amphi::cmd
