// What a tool leaves running when it ends, groups and sessions of its own included.
#pragma once

#include <vector>

#include <sys/types.h>

namespace amphi {

// From now on a process whose parent ends becomes this one's child, where it would have become init's.
void adopt_orphans();

// Kills every child of this process but those in `keep`, and what they leave in turn, and reaps them.
void end_orphans(const std::vector<pid_t>& keep);

}  // namespace amphi
