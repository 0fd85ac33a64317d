// SIGINT, SIGTERM and SIGHUP: the first asks politely, the second forces; the handlers only count, the caller acts. A
// third one ends the process there and then. One place installs the handlers.
#pragma once

namespace amphi {

void install_signal_handlers();  // also ignores SIGPIPE
int signals_received();          // how many of the three so far
int last_signal();               // 0: none
// After cleaning up: the default action, so that a shell sees 128+n.
[[noreturn]] void end_by_signal(int number);

}  // namespace amphi
