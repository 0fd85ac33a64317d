// `catalog import`, the part that knows SQLite; lib/process/care.cpp sees to it that no amphi works meanwhile.
#pragma once

#include <istream>
#include <string>

#include "amphi/care.hpp"

namespace amphi {

Imported import_lines(const std::string& path, std::istream& lines, const std::string& name,
                      const Catalog::Clock& clock, WhenBusy when_busy);

}  // namespace amphi
