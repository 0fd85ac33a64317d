// "amphi.receipt/1", the file that decides after a crash whether an artifact counts.
#include <cstddef>
#include <cstdint>

#include "amphi/artifact.hpp"
#include "amphi/error.hpp"
#include "same_values.hpp"

using namespace amphi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = nlohmann::json::parse(fuzz::text_of(data, size), nullptr, false);
  if (document.is_discarded()) return 0;
  try {
    fuzz::demand_round_trip(document, document.get<Receipt>());
  } catch (const Error& error) {
    fuzz::demand(error.kind() == ErrorKind::kUsage, "a bad receipt is bad input", error.message());
  }
  return 0;
}
