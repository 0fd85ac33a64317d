// A fault on purpose: a file is believed to be as long as its container says, which is the full length also of one that
// was cut short.
#include "amphi/verify.hpp"

namespace amphi {

Judgement judge(const Expectation&, const MediaFacts&, std::int64_t size_bytes, std::int64_t) {
  if (size_bytes <= 0) return {false, "the file is empty"};
  return {true, ""};
}

}  // namespace amphi
