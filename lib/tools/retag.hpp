// What an encoder dropped, set again in place by mkvpropedit: languages, names, flags and chapters of the streams it
// kept; plus the library's tags. mkvpropedit ends with 0, or with 1 for a warning; 2 is a failure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/worker_job.hpp"
#include "tools/tool.hpp"

namespace amphi {

// Whether the encoder dropped nothing: the file says of its streams, chapters and tags all that would be set again.
bool is_tagged(const StepSpec& spec, const KeptStreams& kept, const ProbeResult& found);

// mkvpropedit's; empty: there is nothing to set. `spec.track` says what the input's streams are. `chapters_file` and
// `tags_file` are written by the caller; "" leaves the file's own alone.
std::vector<std::string> retag_arguments(const StepSpec& spec, const KeptStreams& kept, const std::string& file,
                                         const std::string& chapters_file, const std::string& tags_file);
// Simple tags of the whole file (target 50), in the order given. Text that XML cannot carry is taken out.
std::string matroska_tags_xml(const std::vector<std::pair<std::string, std::string>>& tags);
// "Chapter 1" ...; starts that are no time of the file are left out. Seconds.
std::string matroska_chapters_xml(const std::vector<double>& starts, double duration_seconds);

ToolVerdict retag_verdict(const ChildExit& exit, const std::string& printed);

}  // namespace amphi
