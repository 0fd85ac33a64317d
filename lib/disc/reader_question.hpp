// Questions to amphi-reader that are waited for. A library that dies of a damaged disc dies there.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "amphi/error.hpp"
#include "amphi/source.hpp"

namespace amphi {

// The worker ended without an answer: a library did not survive what it read. kUnavailable.
class WorkerDied : public Error {
 public:
  using Error::Error;
};

// The result's document. Throws WorkerDied, or else kUnavailable naming the source: nothing came, or why it could not
// be read.
nlohmann::json ask_reader(const std::string& verb, const nlohmann::json& job, const Source& source);

}  // namespace amphi
