// What lies beneath the configured folders and was made by amphi, told by the folders alone: receipts in their state,
// and files whose tags name disc and track. For a catalog that was lost.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "amphi/config.hpp"
#include "model/worker_job.hpp"
#include "process/folders.hpp"

namespace amphi {

struct Finding {
  Receipt receipt;          // its path is where the file lies now, also where the folder was mounted elsewhere before
  bool unverified = false;  // known by its tags alone: no receipt was found
};

// Every file once. What is odd is told in one line each: a damaged receipt, one whose file is gone or another.
std::vector<Finding> find_artifacts(Folders& folders, const Config& config,
                                    const std::function<void(const std::string&)>& tell);

// The value of a tag, "" without it.
std::string tag_of(const ProbeResult& probe, std::string_view name);

}  // namespace amphi
