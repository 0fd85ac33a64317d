// A job that could not be done, with the cause that the coordinator decides by. kJudge: a file that is no medium.
#pragma once

#include <string>
#include <utility>

#include "amphi/cause.hpp"
#include "amphi/error.hpp"

namespace amphi {

class WorkerFault : public Error {
 public:
  WorkerFault(Cause cause, std::string message, std::string hint = {})
      : Error(ErrorKind::kUnavailable, std::move(message), std::move(hint)), cause_(cause) {}
  Cause cause() const { return cause_; }

 private:
  Cause cause_;
};

// Thrown where a long job notices SIGINT, SIGTERM or SIGHUP; what is safe by then has been recorded.
struct Interrupted {};
void throw_if_interrupted();

// For a failed system call: ENOSPC, EDQUOT and EFBIG are "space", everything else `cause`.
[[noreturn]] void throw_errno(int error, const std::string& what, Cause cause = Cause::kOther);

}  // namespace amphi
