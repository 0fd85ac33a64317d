// What `disc identify` found, as people read it.
#pragma once

#include "amphi/thediscdb.hpp"
#include "context.hpp"

namespace amphi::cmd {

// The disc, what is or would be set and what is kept, then each track with its name in the library.
void print_identify_preview(Context& context, const Identification& disc, const std::vector<std::string>& columns);
// The same in a line, and one for each value that is kept.
void print_identified(Context& context, const Identification& disc);
// What is missing or does not fit, on stderr.
void tell_identify_doubts(Context& context, const Identification& disc);

}  // namespace amphi::cmd
