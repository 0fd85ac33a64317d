#include "completion/engine.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "command_line.hpp"
#include "documents.hpp"
#include "verb.hpp"
#include "view.hpp"

namespace amphi::cmd {

namespace {

// The columns of the view that the verb's document lists.
std::vector<Suggestion> columns_of(const Verb* verb) {
  std::vector<Suggestion> out;
  const auto* document = verb != nullptr ? verb->document() : nullptr;
  if (document == nullptr) return out;
  for (const auto& part : document->parts) {
    // A page of one thing and its list (disc show): the table is that of the list.
    if (part.nested == nullptr || !part.type.ends_with("[]")) continue;
    for (const auto& field : part.nested().fields) {
      if (field.column != Column::kNone) out.push_back({std::string(field.name), std::string(field.help)});
    }
  }
  return out;
}

std::vector<Suggestion> schemas() {
  std::vector<Suggestion> out;
  for (const auto* document : all_documents()) {
    out.push_back({short_schema_name(*document), std::string(document->summary)});
  }
  return out;
}

void keep_beginning_with(std::vector<Suggestion>& values, const std::string& word) {
  std::erase_if(values, [&](const Suggestion& value) { return !value.value.starts_with(word); });
}

// The values of `option` that begin with `word`.
Suggestions values_of(const OptionInfo& option, const Verb* verb, const std::string& word, CompletionSource& source) {
  Suggestions out;
  if (!option.value) return out;
  for (const auto& choice : option.value->choices) out.values.push_back({choice, {}});
  switch (option.value->complete) {
    case Complete::kNothing:
      break;
    case Complete::kFile:
      out.files = true;
      break;
    case Complete::kDisc:
      out.values = source.discs(word);
      out.files = word.find('/') != std::string::npos || word.starts_with('.');
      break;
    case Complete::kSource:
      out.values = source.drives();
      out.files = true;
      break;
    case Complete::kTrack:
      out.values = source.tracks(word);
      break;
    case Complete::kPreset:
      out.values = source.presets();
      break;
    case Complete::kDrive:
      out.values = source.drives();
      break;
    case Complete::kColumns:
      out.values = columns_of(verb);
      break;
    case Complete::kSchema:
      out.values = schemas();
      break;
    case Complete::kStep:
      out.values = source.steps();
      break;
  }
  return out;
}

// The part of a comma-separated list before the word at the cursor, put before each suggestion again.
Suggestions list_values(const OptionInfo& option, const Verb* verb, const std::string& word, CompletionSource& source) {
  const auto comma = option.repeats && !option.argument ? word.rfind(',') : std::string::npos;
  const auto before = comma == std::string::npos ? std::string() : word.substr(0, comma + 1);
  const auto rest = word.substr(before.size());
  auto out = values_of(option, verb, rest, source);
  keep_beginning_with(out.values, rest);
  for (auto& value : out.values) value.value = before + value.value;
  return out;
}

bool has_name(const OptionInfo& option, const std::string& word) {
  return std::find(option.names.begin(), option.names.end(), word) != option.names.end();
}

const OptionInfo* option_named(const std::vector<OptionInfo>& options, const std::string& word) {
  for (const auto& option : options) {
    if (!option.argument && has_name(option, word)) return &option;
  }
  return nullptr;
}

Suggestions option_names(const std::vector<OptionInfo>& options, const std::string& word) {
  Suggestions out;
  for (const auto& option : options) {
    if (option.argument) continue;
    out.values.push_back({option.names.back(), option.help});
  }
  out.values.push_back({"--help", "help on this"});
  keep_beginning_with(out.values, word);
  return out;
}

// The argument that the word at the cursor is, counted among the words that are neither options nor their values.
const OptionInfo* argument_at(const std::vector<OptionInfo>& options, std::size_t place) {
  const OptionInfo* last = nullptr;
  std::size_t count = 0;
  for (const auto& option : options) {
    if (!option.argument) continue;
    last = &option;
    if (count++ == place) return last;
  }
  return last != nullptr && last->repeats ? last : nullptr;
}

Suggestions verb_words(const std::vector<std::string>& before, const std::string& word) {
  Suggestions out;
  for (const auto* verb : all_verbs()) {
    if (verb->hidden()) continue;
    const auto parts = split(verb->path(), ' ');
    if (before.empty()) {
      const bool listed =
          std::any_of(out.values.begin(), out.values.end(), [&](const auto& v) { return v.value == parts[0]; });
      if (!listed) out.values.push_back({parts[0], parts.size() == 1 ? std::string(verb->summary()) : std::string()});
    } else if (parts.size() == 2 && parts[0] == before[0] && before.size() == 1) {
      out.values.push_back({parts[1], std::string(verb->summary())});
    }
  }
  keep_beginning_with(out.values, word);
  return out;
}

void append(Suggestions& into, const Suggestions& more) {
  into.values.insert(into.values.end(), more.values.begin(), more.values.end());
  into.files = into.files || more.files;
}

}  // namespace

Suggestions complete(const std::vector<std::string>& words, CompletionSource& source) {
  const auto word = words.empty() ? std::string() : words.back();
  const std::vector<std::string> before(words.begin(), words.empty() ? words.end() : words.end() - 1);
  const auto plain = plain_words(before);
  const auto found = find_verb(plain.words);

  Options options;
  GlobalFlags flags;
  const auto command = found.verb != nullptr ? found.verb->make() : nullptr;
  if (command) command->describe(options);
  flags.describe(options);
  const auto& infos = options.infos();
  const auto* verb = found.verb;

  if (!before.empty()) {
    const auto* option = option_named(infos, before.back());
    if (option != nullptr && option->value) return list_values(*option, verb, word, source);
  }
  if (word.starts_with('-')) return option_names(infos, word);
  if (verb == nullptr) return verb_words(plain.words, word);

  // Words that are values of the verb's own options are no arguments.
  std::size_t place = 0;
  for (std::size_t i = found.words; i < plain.words.size(); ++i) {
    const auto position = plain.positions[i];
    const auto* option = position > 0 ? option_named(infos, before[position - 1]) : nullptr;
    if (option == nullptr || !option->value) ++place;
  }
  Suggestions out;
  if (found.words == 1 && place == 0) append(out, verb_words(plain.words, word));
  if (const auto* argument = argument_at(infos, place)) append(out, list_values(*argument, verb, word, source));
  return out;
}

}  // namespace amphi::cmd
