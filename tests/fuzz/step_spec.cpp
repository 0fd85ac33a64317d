// "amphi.step.spec/1" as `amphi step run` takes it, and the events that a step prints.
#include <cstddef>
#include <cstdint>

#include "amphi/error.hpp"
#include "amphi/step.hpp"
#include "same_values.hpp"

using namespace amphi;

namespace {

template <class T>
void read_as(const nlohmann::json& document) {
  try {
    fuzz::demand_round_trip(document, document.get<T>());
  } catch (const Error& error) {
    fuzz::demand(error.kind() == ErrorKind::kUsage, "a bad document is bad input", error.message());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = nlohmann::json::parse(fuzz::text_of(data, size), nullptr, false);
  if (document.is_discarded()) return 0;
  read_as<StepSpec>(document);
  read_as<StepEvent>(document);
  return 0;
}
