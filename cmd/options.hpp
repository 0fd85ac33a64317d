// The options of one verb: described once, parsed by CLI11, listed in the help page and offered by completion.
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace amphi::cmd {

// What a value can be, for completion.
enum class Complete { kNothing, kFile, kDisc, kSource, kTrack, kPreset, kDrive, kColumns, kSchema, kStep };

// The value of an option: how the help calls it, and what it may be.
struct Value {
  std::string name;  // "FILE"
  Complete complete = Complete::kNothing;
  std::vector<std::string> choices;  // not empty: one of these; checked
};

Value one_of(std::vector<std::string> choices);

struct OptionInfo {
  std::vector<std::string> names;  // "-q", "--quiet"; for an argument its name: "DISC"
  std::string help;
  std::optional<Value> value;  // absent: a flag
  bool argument = false;       // by position
  bool required = false;
  bool repeats = false;
};

class Options {
 public:
  Options();
  ~Options();
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  // The variables outlive parse(). Names as "-q,--quiet".
  void flag(const std::string& names, bool& into, const std::string& help);
  void value(const std::string& names, std::optional<std::string>& into, Value value, const std::string& help);
  // From 0 to `most`.
  void number(const std::string& names, std::optional<int>& into, const std::string& value_name,
              const std::string& help, int most = std::numeric_limits<int>::max());
  // May be given several times, and several at once with commas.
  void list(const std::string& names, std::vector<std::string>& into, Value value, const std::string& help);
  // Calls `take` with the text.
  void act(const std::string& names, Value value, const std::string& help,
           const std::function<void(const std::string&)>& take);

  enum class Need { kOptional, kRequired };
  void argument(Value value, std::optional<std::string>& into, Need need, const std::string& help);
  void arguments(Value value, std::vector<std::string>& into, Need need, const std::string& help);

  const std::vector<OptionInfo>& infos() const;

  // Throws kUsage, one line, with `help_command` in its hint. True when --help was among them.
  enum class Outcome { kRun, kHelp };
  Outcome parse(std::vector<std::string> words, const std::string& help_command);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace amphi::cmd
