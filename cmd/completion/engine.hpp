// Completion, answered by the program itself from its command tree and its catalog: read-only, quick, silent on error.
#pragma once

#include <string>
#include <vector>

#include "options.hpp"

namespace amphi::cmd {

struct Suggestion {
  std::string value;
  std::string description;
  bool operator==(const Suggestion&) const = default;
};

// What a shell is to offer; with `files` its own file names too.
struct Suggestions {
  std::vector<Suggestion> values;
  bool files = false;
};

// Answers what hangs on the catalog and the machine.
class CompletionSource {
 public:
  virtual ~CompletionSource() = default;
  virtual std::vector<Suggestion> discs(const std::string& word) = 0;
  virtual std::vector<Suggestion> tracks(const std::string& word) = 0;
  virtual std::vector<Suggestion> presets() = 0;
  virtual std::vector<Suggestion> drives() = 0;
  virtual std::vector<Suggestion> steps() = 0;
};

// `words`: what follows "amphi", the last one the word at the cursor, possibly "".
Suggestions complete(const std::vector<std::string>& words, CompletionSource& source);

}  // namespace amphi::cmd
