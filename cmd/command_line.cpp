#include "command_line.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "help.hpp"

namespace amphi::cmd {

namespace {

bool takes_value(std::string_view option) {
  return option == "--catalog" || option == "--config" || option == "--color";
}

bool is_help(const std::string& word) {
  return word == "--help" || word == "-h";
}

// "disc" alone, or a word that is no verb.
Error no_such_verb(const std::vector<std::string>& words) {
  std::vector<std::string> paths;
  std::set<std::string> own;
  for (const auto* verb : all_verbs()) {
    if (verb->hidden()) continue;
    paths.emplace_back(verb->path());
    if (verb->noun() == words[0]) own.emplace(verb->path());
  }
  if (!own.empty()) {
    const auto list = join({own.begin(), own.end()}, ", ");
    if (words.size() == 1) return {ErrorKind::kUsage, fmt::format("'{}' needs a verb", words[0]), "one of: " + list};
    const auto near = nearest(words[0] + " " + words[1], {own.begin(), own.end()});
    return {ErrorKind::kUsage, fmt::format("'{}' has no verb '{}'", words[0], words[1]),
            near.empty() ? "one of: " + list : fmt::format("did you mean 'amphi {}'?", near)};
  }
  for (const auto* verb : all_verbs()) paths.emplace_back(verb->noun());
  const auto near = nearest(words[0], paths);
  return {ErrorKind::kUsage, fmt::format("there is no command '{}'", words[0]),
          near.empty() ? "see amphi --help" : fmt::format("did you mean 'amphi {}'?", near)};
}

std::vector<std::string> without_verb(const std::vector<std::string>& arguments, const PlainWords& plain,
                                      std::size_t count) {
  std::vector<std::string> rest;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto end = plain.positions.begin() + static_cast<std::ptrdiff_t>(count);
    if (std::find(plain.positions.begin(), end, i) == end) rest.push_back(arguments[i]);
  }
  return rest;
}

std::string option_word(const char* name, const std::optional<std::string>& file) {
  return file ? fmt::format(" {} {}", name, shell_word(*file)) : "";
}

CommandLine help_page(std::string text) {
  CommandLine out;
  out.help = std::move(text);
  return out;
}

CommandLine without_words(const std::vector<std::string>& arguments) {
  Options options;
  GlobalFlags flags;
  flags.describe(options);
  options.parse(arguments, "amphi --help");
  return help_page(root_help());
}

}  // namespace

std::string command_as_here(const GlobalOptions& options, std::string_view command) {
  constexpr std::string_view kProgram = "amphi";
  return fmt::format("{}{}{}{}", kProgram, option_word("--catalog", options.catalog),
                     option_word("--config", options.config), command.substr(kProgram.size()));
}

void GlobalFlags::describe(Options& into) {
  into.value("--catalog", options.catalog, {"FILE", Complete::kFile, {}}, "the catalog");
  into.value("--config", options.config, {"FILE", Complete::kFile, {}}, "the configuration");
  into.flag("--json", json, "one JSON document on stdout, errors as JSON on stderr");
  into.flag("--jsonl", json_lines, "JSON Lines: one object a line");
  into.flag("-q,--quiet", options.quiet, "warnings and errors only on stderr");
  into.flag("-v,--verbose", options.verbose, "say more on stderr");
  into.flag("--wait", options.wait, "wait for whoever holds a lock, instead of exit 7");
  into.flag("--ascii", options.ascii, "letters instead of icons");
  into.act("--color", one_of({"auto", "always", "never"}), "colours; auto: on a terminal, unless NO_COLOR is set",
           [this](const std::string& text) {
             options.color = text == "auto"     ? ColorChoice::kAuto
                             : text == "always" ? ColorChoice::kAlways
                                                : ColorChoice::kNever;
           });
}

GlobalOptions GlobalFlags::finished() const {
  if (json && json_lines) throw Error(ErrorKind::kUsage, "--json and --jsonl exclude each other");
  if (options.quiet && options.verbose) throw Error(ErrorKind::kUsage, "-q and -v exclude each other");
  auto out = options;
  if (json) out.format = DataFormat::kJson;
  if (json_lines) out.format = DataFormat::kJsonLines;
  return out;
}

PlainWords plain_words(const std::vector<std::string>& arguments) {
  PlainWords out;
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    if (takes_value(arguments[i])) {
      ++i;
    } else if (arguments[i].empty() || arguments[i].front() != '-') {
      out.words.push_back(arguments[i]);
      out.positions.push_back(i);
    }
  }
  return out;
}

CommandLine parse_command_line(const std::vector<std::string>& arguments) {
  auto plain = plain_words(arguments);
  if (plain.words.empty()) return without_words(arguments);
  if (plain.words[0] == "help") {  // `amphi help disc show` is `amphi disc show --help`
    const std::vector<std::string> about(plain.words.begin() + 1, plain.words.end());
    const auto found = find_verb(about);
    if (about.empty()) return help_page(root_help());
    return help_page(found.verb != nullptr ? verb_help(*found.verb) : noun_help(about[0]));
  }
  const auto found = find_verb(plain.words);
  if (found.verb == nullptr) {
    if (plain.words.size() == 1 && std::any_of(arguments.begin(), arguments.end(), is_help)) {
      return help_page(noun_help(plain.words[0]));
    }
    throw no_such_verb(plain.words);
  }
  CommandLine out;
  out.verb = found.verb;
  out.command = found.verb->make();
  Options options;
  GlobalFlags flags;
  out.command->describe(options);
  flags.describe(options);
  const auto rest = without_verb(arguments, plain, found.words);
  if (options.parse(rest, fmt::format("amphi {} --help", found.verb->path())) == Options::Outcome::kHelp) {
    return help_page(verb_help(*found.verb));
  }
  out.options = flags.finished();
  return out;
}

bool asks_for_json(const std::vector<std::string>& arguments) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  return std::any_of(arguments.begin(), end, [](const auto& word) { return word == "--json" || word == "--jsonl"; });
}

}  // namespace amphi::cmd
