// run(): a child from start to end, for quick questions.
#include <algorithm>
#include <cerrno>
#include <chrono>

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/child.hpp"
#include "base/failure.hpp"
#include "base/signals.hpp"

namespace amphi {
namespace {

using std::chrono::steady_clock;

// Takes what is there; what goes beyond the limit is read and dropped, so that the child is not held up. Not for ever:
// a child that prints without end must still meet its deadline; what a pipe holds after its writer's death is less.
bool drain(int descriptor, std::string& into, std::size_t limit) {
  constexpr int kReadsAtOnce = 128;
  char buffer[16384];
  for (int reads = 0; reads < kReadsAtOnce; ++reads) {
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count > 0) into.append(buffer, std::min(static_cast<std::size_t>(count), limit - std::min(limit, into.size())));
    if (count == 0) return false;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return true;
    if (count < 0 && errno != EINTR) fail_system(errno, "cannot read what a tool prints");
  }
  return true;
}

int slice_until(steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now()).count();
  // In slices: a signal that arrives just before poll does not end it.
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 250));
}

struct Question {
  int signals_before = signals_received();  // before the child starts
  Child child;
  std::string name;
  steady_clock::time_point deadline;
  std::size_t limit;
  int seconds;
  bool out_open = true, err_open = true;

  void wait_for_something() {
    pollfd watched[] = {
        {out_open ? child.out() : -1, POLLIN, 0}, {err_open ? child.err() : -1, POLLIN, 0}, {child.watch(), POLLIN, 0}};
    if (::poll(watched, std::size(watched), slice_until(deadline)) < 0 && errno != EINTR)
      fail_system(errno, fmt::format("cannot wait for {}", name));
    if (signals_received() != signals_before)
      throw Error(ErrorKind::kUnfinished, fmt::format("interrupted while {} ran", name), "run the command again");
  }

  void take(ChildOutput& output) {
    if (out_open && child.out() >= 0) out_open = drain(child.out(), output.out, limit);
    if (err_open && child.err() >= 0) err_open = drain(child.err(), output.err, limit);
  }

  void check_deadline() const {
    if (steady_clock::now() < deadline) return;
    throw Error(ErrorKind::kUnavailable, fmt::format("{} did not end within {} s", name, seconds),
                "it may be waiting for a device; try it by hand");
  }
};

}  // namespace

ChildOutput run(ChildSpec spec, int timeout_seconds, std::size_t limit) {
  Question question{.child = Child::spawn(spec),
                    .name = spec.arguments[0],
                    .deadline = steady_clock::now() + std::chrono::seconds(timeout_seconds),
                    .limit = limit,
                    .seconds = timeout_seconds};
  ChildOutput output;
  for (;;) {
    question.wait_for_something();
    const auto ended = question.child.poll_exit();
    question.take(output);  // after the look at the exit: nothing printed before it is missed
    if (ended) {
      output.exit = *ended;
      return output;
    }
    question.check_deadline();
  }
}

}  // namespace amphi
