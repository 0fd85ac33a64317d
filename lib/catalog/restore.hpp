// `catalog restore`, the part that knows SQLite; lib/process/care.cpp sees to it that no amphi works meanwhile.
#pragma once

#include <string>

#include "amphi/care.hpp"
#include "base/clock.hpp"

namespace amphi {

Restored restore_from(const std::string& path, const std::string& file, Timestamp now, WhenBusy when_busy);

}  // namespace amphi
