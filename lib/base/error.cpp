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

Error::Error(ErrorKind kind, std::string message, std::string hint, std::vector<std::string> candidates)
    : std::runtime_error(message), kind_(kind), hint_(std::move(hint)), candidates_(std::move(candidates)) {}

}  // namespace amphi
