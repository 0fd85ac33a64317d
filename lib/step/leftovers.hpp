// What making an artifact leaves besides it, for the step that failed and for whoever settles.
#pragma once

#include <cstdint>
#include <string>

#include "amphi/step.hpp"
#include "base/root.hpp"

namespace amphi {

// The temporary file, the names beside it, the private folder of a tool that names its own output.
void remove_unfinished(const Root& root, const StepSpec& spec);
// Copied sectors and the record of how many are safe.
void remove_scratch(const Root& root, const StepSpec& spec);
// A hidden file of amphi's own, or a hidden folder with all that is in it. false: nothing was there.
bool remove_tree(const Root& root, const std::string& name);
// What a file, or all the files in a folder, take up; 0 where nothing is there.
std::int64_t bytes_of(const std::string& path);

}  // namespace amphi
