// Changes one value of a JSON document and leaves the rest whole: bytes changed at random seldom leave a document that
// parses. Half of the changes are libFuzzer's own all the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using nlohmann::json;

constexpr std::size_t kLargest = 6000;  // what nests deeper than this would use up the stack here

const std::vector<json> kOddValues{nullptr,
                                   true,
                                   json::array(),
                                   json::object(),
                                   "",
                                   -1,
                                   0,
                                   1,
                                   7,
                                   4294967297,
                                   -2147483649LL,
                                   18446744073709551615U,
                                   0.5,
                                   1e300,
                                   "\u00e9",
                                   "../../etc",
                                   json::array({1, "a"})};

std::string with_one_value_changed(const json& document, unsigned seed) {
  std::mt19937 random(seed);
  auto flat = document.flatten();
  if (!flat.is_object() || flat.empty()) return document.dump();
  auto chosen = flat.begin();
  std::advance(chosen, random() % flat.size());
  auto changed = document;
  changed[json::json_pointer(chosen.key())] = kOddValues[random() % kOddValues.size()];
  return changed.dump();
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  if (seed % 2 == 0 || size > kLargest) return LLVMFuzzerMutate(data, size, max_size);
  const auto document = json::parse(data, data + size, nullptr, false);
  if (document.is_discarded()) return LLVMFuzzerMutate(data, size, max_size);
  const auto text = with_one_value_changed(document, seed);
  if (text.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::copy(text.begin(), text.end(), data);
  return text.size();
}
