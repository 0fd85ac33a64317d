// A folder that amphi works beneath: its marker `.amphi/id`, by which it is known again, and its `.amphi/lock`.
#pragma once

#include <optional>
#include <string>

#include "base/lock.hpp"
#include "base/root.hpp"

namespace amphi {

inline constexpr auto kMarker = ".amphi/id";
inline constexpr auto kMountHint = "mount it, or correct the configuration";

std::optional<std::string> find_marker(const Root& root);  // nullopt: it has none
// Held while the marker is made.
std::optional<Lock> try_marking_lock(const Root& root);
// Gives it a marker where it has none yet; says which it has then. Throws kBusy where another amphi takes too long.
std::string mark(const Root& root);
// The root whose marker is `marker`; kUnavailable otherwise. What a step does, which has no catalog.
Root open_marked(const std::string& path, const std::string& marker);

// At the hash of what a case-folding file system takes `relative` for. nullopt: somebody holds it.
std::optional<Lock> try_destination_lock(const Root& root, const std::string& relative);
bool is_destination_held(const Root& root, const std::string& relative);  // asks without taking

}  // namespace amphi
