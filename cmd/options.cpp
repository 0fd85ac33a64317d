#include "options.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "amphi/error.hpp"
#include "base/text.hpp"

namespace amphi::cmd {

struct Options::Impl {
  CLI::App app;
  std::vector<OptionInfo> infos;

  std::vector<std::string> long_names() const;
  Error wrong_word(const std::string& word, const std::string& help_command) const;
};

namespace {

std::string display_name(const OptionInfo& info) {
  return info.names.back();
}

void check_choice(const OptionInfo& info, const std::string& text) {
  const auto& choices = info.value->choices;
  if (choices.empty() || std::find(choices.begin(), choices.end(), text) != choices.end()) return;
  const auto near = nearest(text, choices);
  throw Error(ErrorKind::kUsage, fmt::format("{} cannot be '{}'", display_name(info), text),
              near.empty() ? fmt::format("one of: {}", join(choices, ", ")) : fmt::format("did you mean {}?", near));
}

OptionInfo option_info(const std::string& names, const std::string& help, std::optional<Value> value) {
  OptionInfo info;
  info.names = split(names, ',');
  info.help = help;
  info.value = std::move(value);
  return info;
}

int number_in(const OptionInfo& info, const std::string& text, int most) {
  const auto number = parse_int(text);
  if (!number || *number < 0 || *number > most) {
    const auto range = most < std::numeric_limits<int>::max() ? fmt::format(" up to {}", most) : "";
    throw Error(ErrorKind::kUsage, fmt::format("{} takes a whole number{}, not '{}'", display_name(info), range, text));
  }
  return static_cast<int>(*number);
}

// CLI11 takes the next word for the value of "--title="; an empty value is what was written.
std::vector<std::string> reversed_words(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const auto& word : words) {
    const bool empty_value = word.size() > 3 && word.starts_with("--") && word.find('=') == word.size() - 1;
    out.push_back(empty_value ? word.substr(0, word.size() - 1) : word);
    if (empty_value) out.emplace_back();
  }
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace

Value one_of(std::vector<std::string> choices) {
  Value value;
  value.name = join(choices, "|");
  value.choices = std::move(choices);
  return value;
}

Options::Options() : impl_(std::make_unique<Impl>()) {
  impl_->app.set_help_flag("-h,--help", "");
}
Options::~Options() = default;

const std::vector<OptionInfo>& Options::infos() const {
  return impl_->infos;
}

void Options::flag(const std::string& names, bool& into, const std::string& help) {
  impl_->infos.push_back(option_info(names, help, std::nullopt));
  impl_->app.add_flag_function(
      names, [&into](std::int64_t count) { into = count > 0; }, help);
}

void Options::act(const std::string& names, Value value, const std::string& help,
                  const std::function<void(const std::string&)>& take) {
  const auto info = option_info(names, help, std::move(value));
  impl_->infos.push_back(info);
  auto* option = impl_->app.add_option(names, [info, take](const CLI::results_t& results) {
    check_choice(info, results.back());
    take(results.back());
    return true;
  });
  option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

void Options::value(const std::string& names, std::optional<std::string>& into, Value value, const std::string& help) {
  act(names, std::move(value), help, [&into](const std::string& text) { into = text; });
}

void Options::number(const std::string& names, std::optional<int>& into, const std::string& value_name,
                     const std::string& help, int most) {
  Value value;
  value.name = value_name;
  const auto info = option_info(names, help, value);
  act(names, value, help, [info, most, &into](const std::string& text) { into = number_in(info, text, most); });
}

void Options::list(const std::string& names, std::vector<std::string>& into, Value value, const std::string& help) {
  auto info = option_info(names, help, std::move(value));
  info.repeats = true;
  impl_->infos.push_back(info);
  auto* option = impl_->app.add_option(names, [info, &into](const CLI::results_t& results) {
    for (const auto& result : results) {
      for (const auto& part : split(result, ',')) {
        check_choice(info, std::string(trim(part)));
        into.emplace_back(trim(part));
      }
    }
    return true;
  });
  option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Options::argument(Value value, std::optional<std::string>& into, Need need, const std::string& help) {
  OptionInfo info;
  info.names = {value.name};
  info.help = help;
  info.argument = true;
  info.required = need == Need::kRequired;
  info.value = std::move(value);
  impl_->infos.push_back(info);
  // CLI11 wants a plain word for the name of an argument; ours may be "yes|no|auto".
  auto* option = impl_->app.add_option(fmt::format("argument{}", impl_->infos.size()),
                                       [info, &into](const CLI::results_t& results) {
                                         check_choice(info, results.back());
                                         into = results.back();
                                         return true;
                                       });
  option->expected(1);
}

void Options::arguments(Value value, std::vector<std::string>& into, Need need, const std::string& help) {
  OptionInfo info;
  info.names = {value.name};
  info.help = help;
  info.argument = info.repeats = true;
  info.required = need == Need::kRequired;
  info.value = std::move(value);
  impl_->infos.push_back(info);
  auto* option = impl_->app.add_option(fmt::format("argument{}", impl_->infos.size()),
                                       [info, &into](const CLI::results_t& results) {
                                         for (const auto& result : results) check_choice(info, result);
                                         into = results;
                                         return true;
                                       });
  option->expected(1, -1)->allow_extra_args();
}

std::vector<std::string> Options::Impl::long_names() const {
  std::vector<std::string> out{"--help"};
  for (const auto& info : infos) {
    if (!info.argument) out.push_back(info.names.back());
  }
  return out;
}

Error Options::Impl::wrong_word(const std::string& word, const std::string& help_command) const {
  const bool option = word.size() > 1 && word.front() == '-';
  const auto bare = word.substr(0, word.find('='));
  const auto near = option ? nearest(bare, long_names()) : std::string();
  return {ErrorKind::kUsage,
          option ? fmt::format("unknown option {}", bare) : fmt::format("unexpected argument '{}'", word),
          near.empty() ? fmt::format("see {}", help_command) : fmt::format("did you mean {}?", near)};
}

Options::Outcome Options::parse(std::vector<std::string> words, const std::string& help_command) {
  auto reversed = reversed_words(words);
  const auto see = fmt::format("see {}", help_command);
  try {
    impl_->app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return Outcome::kHelp;
  } catch (const CLI::ExtrasError&) {
    throw impl_->wrong_word(reversed.empty() ? "?" : reversed.front(), help_command);
  } catch (const CLI::ArgumentMismatch& mismatch) {
    const std::string text = mismatch.what();
    throw Error(ErrorKind::kUsage, fmt::format("{} needs a value", text.substr(0, text.find(':'))), see);
  } catch (const CLI::Error& error) {
    throw Error(ErrorKind::kUsage, error.what(), see);
  }
  std::size_t index = 0;
  for (const auto& info : impl_->infos) {
    ++index;
    if (!info.argument || !info.required) continue;
    if (impl_->app.get_option(fmt::format("argument{}", index))->count() == 0) {
      throw Error(ErrorKind::kUsage, fmt::format("{} is missing", info.names.back()), see);
    }
  }
  return Outcome::kRun;
}

}  // namespace amphi::cmd
