#include "amphi/error.hpp"

#include <utility>

namespace amphi {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUnexpected:
      return "unexpected";
    case ErrorKind::kUsage:
      return "usage";
    case ErrorKind::kNotFound:
      return "not_found";
    case ErrorKind::kAmbiguous:
      return "ambiguous";
    case ErrorKind::kUnfinished:
      return "unfinished";
    case ErrorKind::kUnavailable:
      return "unavailable";
    case ErrorKind::kBusy:
      return "busy";
    case ErrorKind::kCatalog:
      return "catalog";
  }
  return "unexpected";
}

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUnexpected:
      return 1;
    case ErrorKind::kUsage:
      return 2;
    case ErrorKind::kNotFound:
    case ErrorKind::kAmbiguous:
      return 4;
    case ErrorKind::kUnfinished:
      return 5;
    case ErrorKind::kUnavailable:
      return 6;
    case ErrorKind::kBusy:
      return 7;
    case ErrorKind::kCatalog:
      return 8;
  }
  return 1;
}

Error::Error(ErrorKind kind, std::string message, std::string hint, std::vector<std::string> candidates)
    : std::runtime_error(message), kind_(kind), hint_(std::move(hint)), candidates_(std::move(candidates)) {}

std::string Error::told() const {
  return hint_.empty() ? message() : message() + " (" + hint_ + ")";
}

}  // namespace amphi
