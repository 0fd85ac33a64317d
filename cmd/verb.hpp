// A verb: one file in cmd/verbs that ends with one `const Verb`. Making the object is what enters it into the command
// tree.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "options.hpp"

namespace amphi::cmd {

class Context;
struct Document;

class Command {
 public:
  virtual ~Command() = default;
  virtual void describe(Options& options) = 0;
  virtual int run(Context& context) = 0;  // the exit code; throws amphi::Error
};

struct VerbText {
  std::string_view path;     // "disc show"
  std::string_view summary;  // one line
  std::string_view example;  // one command, with what it is for: "amphi disc list --state ripped"
  enum class Audience { kPeople, kMachines } audience = Audience::kPeople;  // kMachines: not in the help
};

class Verb {
 public:
  using Make = std::unique_ptr<Command> (*)();
  using Describe = const Document& (*)();

  Verb(VerbText text, Make make, Describe document = nullptr);
  Verb(const Verb&) = delete;
  Verb& operator=(const Verb&) = delete;

  std::string_view path() const { return text_.path; }
  std::string_view noun() const { return text_.path.substr(0, text_.path.find(' ')); }
  std::string_view summary() const { return text_.summary; }
  std::string_view example() const { return text_.example; }
  bool hidden() const { return text_.audience == VerbText::Audience::kMachines; }
  std::unique_ptr<Command> make() const { return make_(); }
  const Document* document() const { return document_ == nullptr ? nullptr : &document_(); }

 private:
  VerbText text_;
  Make make_;
  Describe document_;
};

template <class T>
std::unique_ptr<Command> make_command() {
  return std::make_unique<T>();
}

// Sorted: nouns in the order in which people meet them, verbs by path.
const std::vector<const Verb*>& all_verbs();

// The verb that the words name ("disc", "show"), and how many of the words did; nullptr when none.
struct FoundVerb {
  const Verb* verb = nullptr;
  std::size_t words = 0;
};
FoundVerb find_verb(const std::vector<std::string>& words);

}  // namespace amphi::cmd
