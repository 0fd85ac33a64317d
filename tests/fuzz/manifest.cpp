// Optical Disc Manifests: a disc, or the name of the rule that is broken.
#include <cstddef>
#include <cstdint>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "base/text.hpp"
#include "demand.hpp"
#include "sane_disc.hpp"

using namespace amphi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto disc = parse_manifest(fuzz::text_of(data, size));
    fuzz::demand(disc.provisional, "nobody saw its bytes");
    fuzz::demand_sane(disc);
  } catch (const Error& error) {
    fuzz::demand(error.kind() == ErrorKind::kUsage && !error.hint().empty(), "a bad manifest is bad input",
                 error.message());
    fuzz::demand(is_valid_utf8(error.message()), "a message is UTF-8", escape_controls(error.message()));
    fuzz::demand(error.message().find(": ") != std::string::npos, "the rule is named", error.message());
  }
  return 0;
}
