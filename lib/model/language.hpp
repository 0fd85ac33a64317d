// Languages as Matroska and Plex write them: ISO 639-2/B.
#pragma once

#include <string>
#include <string_view>

namespace amphi {

// Two letters (ISO 639-1, as IFOs carry them) or three (639-2 of either kind, as makemkvcon prints them), in any case,
// to 639-2/B: "de" and "deu" give "ger". "und" for what is no such code.
std::string iso639_2b(std::string_view code);

}  // namespace amphi
