// What has a name beneath a root, held against what was recorded of it.
#pragma once

#include <optional>
#include <string>

#include <sys/stat.h>

#include "amphi/artifact.hpp"
#include "base/root.hpp"

namespace amphi {

// `there`: what was seen under `name` just now. The file is read only where its time alone speaks against it and a
// digest was kept. Throws kUnavailable where it cannot be read then.
Verdict verdict_beneath(const Root& root, const std::string& name, const std::optional<struct stat>& there,
                        const Artifact& artifact);

}  // namespace amphi
