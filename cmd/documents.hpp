// Every document that amphi prints.
#pragma once

#include <string>
#include <vector>

#include "view.hpp"

namespace amphi::cmd {

std::vector<const Document*> all_documents();
std::string short_schema_name(const Document& document);  // "amphi.disc.show/1" -> "disc.show"
const Document& error_document();

}  // namespace amphi::cmd
