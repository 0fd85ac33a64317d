#include "documents.hpp"

#include <algorithm>

#include "verb.hpp"

namespace amphi::cmd {

const Document& error_document() {
  static const Document kDocument{
      "amphi.error/1",
      "what stderr holds when a command with --json fails",
      {{"kind", "unexpected|usage|not_found|ambiguous|unfinished|unavailable|busy|catalog", "what failed"},
       {"message", "string", "what failed and why"},
       {"hint", "string?", "what to do"},
       {"exit", "integer", "the exit code"},
       {"candidates", "string[]", "what an ambiguous selector fits"}},
      {}};
  return kDocument;
}

std::vector<const Document*> all_documents() {
  std::vector<const Document*> out;
  for (const auto* verb : all_verbs()) {
    if (const auto* document = verb->document()) out.push_back(document);
  }
  out.push_back(&error_document());
  std::sort(out.begin(), out.end(), [](const auto* left, const auto* right) { return left->schema < right->schema; });
  return out;
}

std::string short_schema_name(const Document& document) {
  auto name = document.schema;
  name.remove_prefix(std::string_view("amphi.").size());
  return std::string(name.substr(0, name.find('/')));
}

}  // namespace amphi::cmd
