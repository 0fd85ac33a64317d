// A job that could not be done, with the cause that the coordinator decides by: "source" (no DVD, no such title),
// "medium" (unreadable, ends early, not the bytes the disc declares), "key" (encrypted), "space" (no room to write),
// "judge" (a file that is no medium), "other".
#pragma once

#include <string>
#include <utility>

#include "amphi/error.hpp"

namespace amphi {

class WorkerFault : public Error {
 public:
  WorkerFault(std::string cause, std::string message, std::string hint = {})
      : Error(ErrorKind::kUnavailable, std::move(message), std::move(hint)), cause_(std::move(cause)) {}
  const std::string& cause() const { return cause_; }

 private:
  std::string cause_;
};

// Thrown where a long job notices SIGINT, SIGTERM or SIGHUP; what is safe by then has been recorded.
struct Interrupted {};
void throw_if_interrupted();

// For a failed system call: ENOSPC, EDQUOT and EFBIG are "space", everything else `cause`.
[[noreturn]] void throw_errno(int error, const std::string& what, const std::string& cause = "other");

}  // namespace amphi
