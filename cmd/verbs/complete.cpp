// amphi __complete -- WORDS...: what the shells' completions ask.
#include <string>
#include <vector>

#include "base/text.hpp"
#include "completion/catalog_source.hpp"
#include "completion/engine.hpp"
#include "context.hpp"

namespace amphi::cmd {

namespace {

// The catalog and the configuration that the command line at the prompt names are those to look into.
GlobalOptions options_in(const std::vector<std::string>& words, GlobalOptions options) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] == "--catalog") options.catalog = words[i + 1];
    if (words[i] == "--config") options.config = words[i + 1];
  }
  return options;
}

class CompleteVerb : public Command {
 public:
  void describe(Options& options) override {
    options.arguments({"WORDS", Complete::kNothing, {}}, words_, Options::Need::kOptional,
                      "the command line so far, 'amphi' first, the word at the cursor last");
  }

  // A line for each suggestion, "VALUE<tab>DESCRIPTION"; a last line ":files" where file names fit too.
  int run(Context& context) override {
    const std::vector<std::string> words(words_.begin() + (words_.empty() ? 0 : 1), words_.end());
    Context about(options_in(words, context.options()), nullptr);
    CatalogSource source(about);
    const auto suggestions = complete(words, source);
    for (const auto& [value, description] : suggestions.values) {
      context.out().line(escape_controls(value) + "\t" + escape_controls(description));
    }
    if (suggestions.files) context.out().line(":files");
    return 0;
  }

 private:
  std::vector<std::string> words_;
};

const Verb kCompleteVerb({"__complete", "answers the shells' completions", "", VerbText::Audience::kMachines},
                         &make_command<CompleteVerb>);

}  // namespace

}  // namespace amphi::cmd
