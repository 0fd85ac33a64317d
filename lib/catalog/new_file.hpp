// A new file beside a catalog, or anywhere: it has its name only once it is whole, and never takes another's.
#pragma once

#include <functional>
#include <string>

#include "base/root.hpp"

namespace amphi {

// ".NAME.amphi-part": what a file is called before it is whole.
std::string part_name(const std::string& file);
// The folder that `file` lies in, opened.
Root folder_with(const std::string& file);
// Gives `part`, which lies in `folder`, the name `final_path` in the same folder. False: that one is taken.
bool publish_part(const Root& folder, const std::string& part, const std::string& final_path);

// `write` makes the part, durable; then it becomes `target`. kUsage where that is taken.
void write_new_file(const std::string& target,
                    const std::function<void(const Root& folder, const std::string& part)>& write);

}  // namespace amphi
