// JSON values as text on one line, RFC 8259. Bad bytes in texts become U+FFFD, so that every document is valid.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace amphi::cmd {

using Json = nlohmann::ordered_json;

std::string dump(const Json& value);
void append_json(std::string& out, const Json& value);

}  // namespace amphi::cmd
