// The text of `makemkvcon -r info`: a disc or one clean error.
#include <cstddef>
#include <cstdint>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "demand.hpp"
#include "disc/makemkv_log.hpp"
#include "sane_disc.hpp"

using namespace amphi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  looks_like_makemkv_log(text);
  try {
    fuzz::demand_sane(parse_makemkv_log(text));
  } catch (const Error& error) {
    fuzz::demand(error.kind() == ErrorKind::kUsage && !error.hint().empty(), "a bad log is bad input", error.message());
  }
  return 0;
}
