// argv as amphi understands it: global options before and after the verb, the verb, its options.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "terminal.hpp"
#include "verb.hpp"

namespace amphi::cmd {

enum class DataFormat { kText, kJson, kJsonLines };

struct GlobalOptions {
  std::optional<std::string> catalog, config;
  DataFormat format = DataFormat::kText;
  bool quiet = false;
  bool verbose = false;
  bool wait = false;
  bool ascii = false;
  ColorChoice color = ColorChoice::kAuto;
};

// "amphi NOUN VERB ..." with the catalog and the configuration that were given to this run.
std::string command_as_here(const GlobalOptions& options, std::string_view command);

// Enters the global options among those of a verb.
struct GlobalFlags {
  GlobalOptions options;
  bool json = false;
  bool json_lines = false;
  void describe(Options& into);
  GlobalOptions finished() const;
};

// The words that are no global options; where each stood in argv, so that they can be taken out.
struct PlainWords {
  std::vector<std::string> words;
  std::vector<std::size_t> positions;
};
PlainWords plain_words(const std::vector<std::string>& arguments);

// A parsed command line: ready to run, or help that was asked for.
struct CommandLine {
  const Verb* verb = nullptr;
  std::unique_ptr<Command> command;
  GlobalOptions options;
  std::optional<std::string> help;  // the page to print instead of running
};

// Throws kUsage, one line.
CommandLine parse_command_line(const std::vector<std::string>& arguments);

// Was JSON asked for? For errors of command lines that cannot be parsed.
bool asks_for_json(const std::vector<std::string>& arguments);

}  // namespace amphi::cmd
