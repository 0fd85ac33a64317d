// amphi-reader's jobs.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "reader/events.hpp"

namespace amphi {

// See Worker::answer.
nlohmann::json answer_reader(const std::vector<std::string>& arguments, Events& events);

}  // namespace amphi
