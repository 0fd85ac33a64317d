#include "base/signals.hpp"

#include <csignal>
#include <initializer_list>

#include <unistd.h>

namespace amphi {
namespace {

volatile std::sig_atomic_t received = 0;
volatile std::sig_atomic_t last = 0;

extern "C" void note_signal(int number) {
  received = received + 1;
  last = number;
  // Whoever sends a third one is not being heard.
  if (received > 2) std::signal(number, SIG_DFL), raise(number);
}

void handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = 0;  // no SA_RESTART: what waits must wake up
  sigaction(number, &action, nullptr);
}

bool is_ignored(int number) {
  struct sigaction action {};
  return sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

void install_signal_handlers() {
  // What the starter made us ignore stays ignored: nohup, and background jobs of a shell without job control.
  for (int number : {SIGINT, SIGTERM, SIGHUP})
    if (!is_ignored(number)) handle(number, note_signal);
  handle(SIGPIPE, SIG_IGN);
  handle(SIGCHLD, SIG_DFL);  // inherited as ignored, it would swallow the children's exit codes
}

int signals_received() {
  return received;
}
int last_signal() {
  return last;
}

void end_by_signal(int number) {
  handle(number, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, number);
  sigprocmask(SIG_UNBLOCK, &only, nullptr);
  raise(number);
  _exit(128 + number);  // a signal whose default action does not end us
}

}  // namespace amphi
