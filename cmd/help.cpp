#include "help.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "command_line.hpp"
#include "exit_code.hpp"

namespace amphi::cmd {

namespace {

constexpr int kLeftColumn = 28;
constexpr std::size_t kLineWidth = 96;

// Two columns; the right one wrapped.
std::string entry(const std::string& left, std::string_view right) {
  auto out = fmt::format("  {:<{}}", left, kLeftColumn);
  if (terminal_width(left) >= kLeftColumn) out += fmt::format("\n  {:<{}}", "", kLeftColumn);
  std::size_t column = 0;
  for (const auto& word : split(right, ' ')) {
    if (column > 0 && column + word.size() + 1 > kLineWidth - kLeftColumn - 2) {
      out += fmt::format("\n  {:<{}}", "", kLeftColumn);
      column = 0;
    }
    if (column > 0) out += " ";
    out += word;
    column += word.size() + 1;
  }
  out += "\n";
  return out;
}

std::string left_side(const OptionInfo& info) {
  if (info.argument) return info.names.back();
  auto left = join(info.names, ", ");
  // Long lists of choices are for the text beside it and for completion.
  constexpr std::size_t kShortChoice = 24;
  if (info.value) {
    const bool short_name = info.value->name.size() <= kShortChoice;
    left += fmt::format(" {}", short_name ? info.value->name : std::string("WORD"));
  }
  return left;
}

std::string right_side(const OptionInfo& info) {
  constexpr std::size_t kShortChoice = 24;
  if (!info.value || info.value->choices.empty() || info.value->name.size() <= kShortChoice) return info.help;
  return fmt::format("{}: {}", info.help, join(info.value->choices, ", "));
}

std::string usage_word(const OptionInfo& info) {
  const auto name = info.names.back() + (info.repeats ? "..." : "");
  return info.required ? name : fmt::format("[{}]", name);
}

std::string options_part(const std::vector<OptionInfo>& infos) {
  std::string out;
  for (const auto& info : infos) out += entry(left_side(info), right_side(info));
  return out;
}

std::string global_part() {
  Options options;
  GlobalFlags flags;
  flags.describe(options);
  return options_part(options.infos()) + entry("-h, --help", "this page; 'amphi VERB --help' for a verb") +
         entry("--version", "the version");
}

}  // namespace

std::string root_help() {
  std::string out = "amphi digitises your own discs into a Plex or Jellyfin library, and loses nothing on the way.\n\n";
  out += "amphi [OPTIONS] VERB ...\n\n";
  for (const auto* verb : all_verbs()) {
    if (!verb->hidden()) out += entry(std::string(verb->path()), verb->summary());
  }
  out += fmt::format("\nOptions, before or after the verb:\n{}", global_part());
  out += "\nExit codes:\n";
  for (const auto& [code, meaning] : exit_meanings()) out += entry(std::to_string(code), meaning);
  out += "\nA disc from the drive into the library:\n  amphi disc scan && amphi process\n";
  return out;
}

std::string noun_help(std::string_view noun) {
  std::string out;
  for (const auto* verb : all_verbs()) {
    if (verb->noun() == noun && !verb->hidden()) out += entry(fmt::format("amphi {}", verb->path()), verb->summary());
  }
  if (out.empty()) throw Error(ErrorKind::kUsage, fmt::format("there is no command '{}'", noun), "see amphi --help");
  return out + fmt::format("\nMore of each: amphi {} VERB --help\n", noun);
}

std::string verb_help(const Verb& verb) {
  const auto command = verb.make();
  Options options;
  command->describe(options);
  std::vector<OptionInfo> arguments, others;
  for (const auto& info : options.infos()) (info.argument ? arguments : others).push_back(info);

  auto out = fmt::format("amphi {}", verb.path());
  for (const auto& info : arguments) out += fmt::format(" {}", usage_word(info));
  if (!others.empty()) out += " [OPTIONS]";
  out += fmt::format("\n  {}\n", verb.summary());
  if (!arguments.empty()) out += fmt::format("\n{}", options_part(arguments));
  if (!others.empty()) out += fmt::format("\n{}", options_part(others));
  if (!verb.example().empty()) out += fmt::format("\nExample:\n  {}\n", verb.example());
  return out + "\nOptions that every verb takes: amphi --help\n";
}

}  // namespace amphi::cmd
