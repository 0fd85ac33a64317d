// The halves of make_legal_name, for names that are put together from parts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace amphi {

// NFC, characters that some file system or media server refuses replaced, white space as single spaces, no leading dots
// (hidden, so never scanned), no spaces at the ends. May be empty, too long, a device name or end in a dot.
std::string clean_text(std::string_view text);

}  // namespace amphi
