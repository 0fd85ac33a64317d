// Locks that die with their holders: open-file-description locks on byte ranges, and flock on device nodes and images.
// A lock survives exec through an inherited descriptor; that is how it outlives a coordinator by the moments its step
// needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

#include "base/handle.hpp"

namespace amphi {

class Lock {
 public:
  // One byte at `offset` of the file `path` (made when missing, mode 0666 less umask). nullopt: somebody holds it.
  // `length`: nullopt where anybody holds any of so many bytes.
  static std::optional<Lock> try_range(const std::string& path, std::int64_t offset, std::int64_t length = 1);
  // The same on a file that is open for writing; `shown` is for messages.
  static std::optional<Lock> try_range(Handle file, const std::string& shown, std::int64_t offset,
                                       std::int64_t length = 1);
  // flock(LOCK_EX) on an existing file or device node, opened O_RDONLY|O_NONBLOCK; on NFS opened for writing where that
  // is allowed, else LOCK_SH. nullopt: somebody holds it.
  static std::optional<Lock> try_whole(const std::string& path);
  // Waits until `try_once` gives something, a Lock or what was done under one; polls so that signals and `give_up` end
  // it. Returns nullopt when given up.
  template <class Try, class GiveUp>
  static std::invoke_result_t<Try> wait(Try try_once, GiveUp give_up);

  int descriptor() const { return handle_.get(); }  // close-on-exec; spawn() passes it on when asked

 private:
  explicit Lock(Handle handle) : handle_(std::move(handle)) {}
  Handle handle_;
};

void sleep_before_retry();  // 100 ms, cut short by a signal

template <class Try, class GiveUp>
std::invoke_result_t<Try> Lock::wait(Try try_once, GiveUp give_up) {
  for (;;) {
    if (auto got = try_once()) return got;
    if (give_up()) return std::nullopt;
    sleep_before_retry();
  }
}

}  // namespace amphi
