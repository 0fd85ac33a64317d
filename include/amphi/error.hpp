// Could-not-do-it, as one exception type. Answers of the domain (a missing file, a changed artifact) are values, never
// throws.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace amphi {

enum class ErrorKind {
  kUnexpected,   // exit 1: a bug, or the machine failed in a way nobody foresaw
  kUsage,        // exit 2: wrong options or bad input
  kNotFound,     // exit 4: no such disc or track
  kAmbiguous,    // exit 4: the selector fits several; `candidates` names them
  kUnfinished,   // exit 5: a step failed, waits or is blocked
  kUnavailable,  // exit 6: drive, medium, file, folder or tool not there or not readable
  kBusy,         // exit 7: another amphi holds it
  kCatalog,      // exit 8: the catalog cannot be used
};

std::string_view to_string(ErrorKind kind);  // "not_found" ...: the JSON error's `kind`
int exit_code(ErrorKind kind);               // as above, and as the README's table

class Error : public std::runtime_error {
 public:
  // `message` says what failed and why, `hint` what to do; each one line, no final full stop.
  Error(ErrorKind kind, std::string message, std::string hint = {}, std::vector<std::string> candidates = {});

  ErrorKind kind() const { return kind_; }
  std::string message() const { return what(); }
  const std::string& hint() const { return hint_; }
  std::string told() const;  // both in one line: "message (hint)"
  const std::vector<std::string>& candidates() const { return candidates_; }

 private:
  ErrorKind kind_;
  std::string hint_;
  std::vector<std::string> candidates_;
};

}  // namespace amphi
