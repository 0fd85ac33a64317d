// The only program that parses media: probes, copies a title's sectors, remuxes. Plumbing of `amphi`; see
// lib/model/media_job.hpp for the jobs and the answers.
#include <cstdio>
#include <string>
#include <vector>

#include "base/signals.hpp"
#include "media/command.hpp"
#include "media/fault.hpp"

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
  if (arguments.size() == 1 && arguments[0] == "--version") {
    std::puts("amphi-media " AMPHI_VERSION);
    return 0;
  }
  amphi::install_signal_handlers();
  try {
    auto events = amphi::Events::take_over_stdout();
    return amphi::run_media_command(arguments, events);
  } catch (const amphi::Interrupted&) {
    amphi::end_by_signal(amphi::last_signal());
  } catch (const amphi::Error& error) {
    std::fprintf(stderr, "amphi-media: %s\n", error.what());
    return amphi::kMediaFailed;
  }
}
