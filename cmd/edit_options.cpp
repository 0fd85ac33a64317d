#include "edit_options.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <type_traits>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "model/edit_fields.hpp"
#include "model/words.hpp"
#include "tools/tool.hpp"

namespace amphi::cmd {

namespace {

constexpr std::streamsize kBlock = 64 << 10;

std::string dashed(std::string_view field) {
  std::string out(field);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

template <class Word>
Value words_of(const std::vector<Word>& words) {
  std::vector<std::string> out;
  for (const auto word : words) out.emplace_back(to_string(word));
  return one_of(std::move(out));
}

template <class Field>
Value value_of(const Field&) {
  using Takes = typename Field::Takes;
  if constexpr (std::is_same_v<Takes, WordOfSet>) {
    return words_of(all_words<typename Field::Value::value_type>());
  } else if constexpr (std::is_same_v<Takes, PresetName>) {
    return {"PRESET", Complete::kPreset, {}};
  } else {
    return {std::is_same_v<Takes, NumberWithin> ? "N" : "TEXT", Complete::kNothing, {}};
  }
}

void check_preset(const std::string& name, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  const auto near = nearest(name, known);
  throw Error(ErrorKind::kUsage, fmt::format("there is no preset '{}'", name),
              near.empty() ? "HandBrakeCLI --preset-list shows its own; transcode.preset_files names yours"
                           : fmt::format("did you mean '{}'?", near));
}

}  // namespace

void FieldOptions::describe(Options& options) {
  noun_ == Noun::kDisc ? describe_fields<DiscEdits>(options) : describe_fields<TrackEdits>(options);
}

template <class Edits>
void FieldOptions::describe_fields(Options& options) {
  Value names;
  names.name = "FIELD";
  for_each_field<Edits>([&](const auto& field) {
    if (field.words.option.empty()) return;
    options.value("--" + dashed(field.name), values_[std::string(field.name)], value_of(field),
                  std::string(field.words.option));
    names.choices.push_back(dashed(field.name));
  });
  options.list("--clear", cleared_, names, "forget what was said of these fields");
}

bool FieldOptions::given() const {
  return !cleared_.empty() ||
         std::any_of(values_.begin(), values_.end(), [](const auto& value) { return value.second; });
}

template <class Change, class Set>
void FieldOptions::apply_with(Change& change, Set set) const {
  for (const auto& [field, value] : values_) {
    if (value) set(change, field, std::optional<std::string_view>(*value));
  }
  for (auto field : cleared_) {
    std::replace(field.begin(), field.end(), '-', '_');
    const auto given = values_.find(field);
    if (given != values_.end() && given->second) {
      throw Error(ErrorKind::kUsage, fmt::format("{} is both given and cleared", dashed(field)));
    }
    set(change, field, std::nullopt);
  }
}

void FieldOptions::apply(DiscChange& change) const {
  apply_with(change, set_disc_field);
}
void FieldOptions::apply(TrackChange& change) const {
  apply_with(change, set_track_field);
}

std::string read_text(const std::string& path) {
  if (path == "-") return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::kUnavailable, fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  std::string text, block(kBlock, '\0');
  while (file.read(block.data(), kBlock) || file.gcount() > 0)
    text.append(block, 0, static_cast<std::size_t>(file.gcount()));
  // A folder opens, and then cannot be read; iterators of the stream would throw.
  if (file.bad()) throw Error(ErrorKind::kUnavailable, fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  return text;
}

void check_presets(Context& context, const Edit& edit) {
  std::vector<std::string> names;
  for (const auto& track : edit.tracks) {
    if (track.preset_name && *track.preset_name) names.push_back(**track.preset_name);
  }
  std::erase(names, kCopyPreset);
  if (names.empty()) return;
  const auto known = known_presets(context.config());
  for (const auto& name : names) check_preset(name, known);
}

void save_edit(Context& context, Catalog& catalog, DiscId disc, const Edit& edit) {
  check_presets(context, edit);
  catalog.apply_edit(disc, edit);
}

}  // namespace amphi::cmd
