// The single actions of the protocols in protocol.cpp, each small enough to be seen through, and what they share.
#pragma once

#include <sys/stat.h>

#include "step/protocol.hpp"

namespace amphi {

std::vector<int> inherited_locks();  // AMPHI_STEP_LOCKS: the descriptors the coordinator passed
Handle open_log(const StepSpec& spec);
struct stat status_of(int descriptor, const std::string& path);  // the path is only for messages
struct stat file_status(const StepWork& work);
std::int64_t file_size(const StepWork& work);
// Of what has the final name already, whoever made it: it counts only once it is durable.
void make_durable(const StepWork& work, int descriptor);
// The temporary name's file, which is `inode`, gets the final name without touching what is there, or by exchange with
// the file that the specification replaces. false: somebody else's file has it.
bool give_final_name(StepWork& work, ino_t inode);
// Of a step that failed. false: the new file keeps the final name, and its receipt with it for whoever settles.
bool take_back(const StepWork& work);
bool out_of_space(const StepSpec& spec);

// What the protocols list.
void report_made(Making& now);
void report_linked(Making& now);
void judge_made(Making& now);
// Mode and group of an insert, then fsync through the descriptor that was there from the start; after EIO the file is
// thrown away, never retried.
void seal_made(Making& now);
void seal_linked(Making& now);  // before the final name appears, so that it never appears with others
void seal_adopted(Making& now);
void keep_receipt(Making& now);
void publish_made(Making& now);  // another file with the same content is taken in its place
void publish_linked(Making& now);
void remove_own_scratch(Making& now);

inline constexpr auto kLocksVariable = "AMPHI_STEP_LOCKS";

}  // namespace amphi
