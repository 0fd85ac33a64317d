// What a user or a script is told when it could not be done: one line with its hint, or one JSON object, on stderr.
#pragma once

#include <exception>
#include <string>

#include "amphi/error.hpp"
#include "terminal.hpp"

namespace amphi::cmd {

enum class ErrorFormat { kText, kJson };

std::string error_text(const Error& error, const Appearance& appearance);
std::string error_json(const Error& error);  // kind, message, hint, exit, candidates

// Any exception as the Error that tells of it.
Error as_error(const std::exception& exception);

// Writes to stderr; gives the exit code.
int report_error(const Error& error, ErrorFormat format, const Appearance& appearance);

}  // namespace amphi::cmd
