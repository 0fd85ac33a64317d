// The single actions of the protocol in step.cpp, each small enough to be seen through.
#pragma once

#include <sys/stat.h>

#include "process/step_work.hpp"

namespace amphi {

std::vector<int> inherited_locks();  // AMPHI_STEP_LOCKS: the descriptors the coordinator passed
Handle open_log(const StepSpec& spec);
struct stat file_status(const StepWork& work);
std::int64_t file_size(const StepWork& work);
void report_last(StepWork& work);
// Mode and group of an insert, then fsync through the descriptor that was there from the start; after EIO the file is
// thrown away, never retried.
void seal(StepWork& work);
// The final name, without touching what is there, or by exchange with the file that the specification replaces.
void publish_made(StepWork& work, const Receipt& receipt);
// Of a step that failed after its file had the final name, which then is not known to be durable. false: the old file
// is gone already, so the new one stays, and its receipt with it for whoever settles.
bool take_back(const StepWork& work);
bool out_of_space(const StepSpec& spec);

inline constexpr auto kLocksVariable = "AMPHI_STEP_LOCKS";

}  // namespace amphi
