#include <initializer_list>

#include "amphi/plan.hpp"
#include "base/digest.hpp"

namespace amphi {
namespace {

constexpr std::size_t kDigits = 16;

}  // namespace

std::string step_id(std::string_view fingerprint, std::string_view reference, Stage stage,
                    std::string_view input_step_id, std::string_view generation) {
  std::string all;
  for (const auto part : {fingerprint, reference, to_string(stage), input_step_id, generation}) {
    all += std::to_string(part.size());  // lengths first: no two lists of parts give the same text
    all += ':';
    all += part;
  }
  return sha256_hex(all).substr(0, kDigits);
}

}  // namespace amphi
