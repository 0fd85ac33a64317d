// Receipts and progress records beneath a root's `.amphi`, where a step leaves them for the coordinator or for
// recovery.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/stat.h>

#include "amphi/artifact.hpp"
#include "amphi/step.hpp"
#include "base/root.hpp"

namespace amphi {

// A receipt stays beside its artifact as long as that is recorded, so that a lost catalog can be rebuilt.
std::string receipt_name(const std::string& step_id);       // ".amphi/receipts/STEPID.json"
std::string progress_name(const std::string& step_id);      // ".amphi/progress/STEPID"
std::string private_folder_name(const StepOutput& output);  // ".NAME.amphi-dir" beside the final name

// nullopt: there is none. A damaged one throws kCatalog and names the way back: nothing is decided on a guess.
std::optional<Receipt> find_receipt(const Root& root, const std::string& step_id);
std::vector<std::string> receipts_in(const Root& root);  // the ids of their steps
void write_receipt(const Root& root, const Receipt& receipt);
// Of the artifact that one of the step `step_id` takes the place of.
void remove_older_receipt(const Root& root, const std::optional<Receipt>& older, const std::string& step_id);

// Size, and mtime within two seconds: file systems round.
bool matches(const Receipt& receipt, std::int64_t size_bytes, std::int64_t mtime_ns);
bool matches(const Receipt& receipt, const std::optional<struct stat>& found);
std::int64_t mtime_ns_of(const struct stat& info);

// nullopt also for "", the name of what a step does not have.
std::optional<struct stat> find_name(const Root& root, const std::string& name);
// Removes a name only where it is a regular file; says whether something was there.
bool remove_if_there(const Root& root, const std::string& name);
// The folders that `relative` was alone in. Tidying: what may not be removed stays, and that is no error.
void remove_empty_parents(const Root& root, const std::string& relative);

}  // namespace amphi
