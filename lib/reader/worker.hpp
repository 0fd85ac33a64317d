// What amphi-reader and amphi-media have in common: one job a run, answered with JSON Lines on stdout
// (model/worker_job.hpp).
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "reader/events.hpp"

namespace amphi {

inline constexpr int kWorkerDone = 0, kWorkerFailed = 1, kWorkerUsage = 2;

struct Worker {
  std::string name, version;
  // The result of the job that these words ask for, without the program's name. Throws kUsage where they ask for none.
  nlohmann::json (*answer)(const std::vector<std::string>& arguments, Events& events);
};

// The whole of such a program: its exit code. Interrupted, it ends by the signal.
int run_worker(const Worker& worker, int count, char** values);

// The document of `VERB --job JSON`. Throws kUsage.
nlohmann::json job_of(const std::vector<std::string>& arguments);

}  // namespace amphi
