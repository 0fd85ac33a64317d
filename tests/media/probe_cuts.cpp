// probe_cuts FILE SIZE... : probes FILE as it is, then cut to each SIZE (bytes, the largest first), in one process: a
// start of amphi-media costs more than a probe. FILE is cut for good. A line of JSON each: what amphi-media probe says,
// or {"error": TEXT}.
#include <cstdlib>
#include <iostream>
#include <string>

#include <unistd.h>
#include <nlohmann/json.hpp>

#include "media/av.hpp"
#include "media/probe.hpp"
#include "model/worker_job.hpp"
#include "reader/fault.hpp"

namespace {

nlohmann::json probe(const std::string& path) {
  try {
    return amphi::probe_file(path, amphi::ProbeDepth::kTail);
  } catch (const amphi::WorkerFault& fault) {
    return {{"error", fault.what()}};
  }
}

}  // namespace

int main(int count, char** arguments) {
  amphi::configure_av_log();
  if (count < 2) return 2;
  std::cout << probe(arguments[1]) << '\n';
  for (int i = 2; i < count; ++i) {
    if (::truncate(arguments[1], std::atoll(arguments[i])) != 0) return 1;
    std::cout << probe(arguments[1]) << '\n';
  }
}
