// DISC and TRACK as people write them: one that is there, or an error that says why not.
#include <cstddef>
#include <cstdint>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "demand.hpp"
#include "shelf.hpp"

using namespace amphi;

namespace {

template <class Find>
void look_for(Find find) {
  try {
    find();
  } catch (const Error& error) {
    const bool is_answer = error.kind() == ErrorKind::kNotFound || error.kind() == ErrorKind::kAmbiguous ||
                           error.kind() == ErrorKind::kUsage;
    fuzz::demand(is_answer, "what cannot be found is told", error.message());
    fuzz::demand(is_valid_utf8(error.message()), "a message is UTF-8", escape_controls(error.message()));
    fuzz::demand(error.kind() != ErrorKind::kAmbiguous || error.candidates().size() > 1,
                 "an ambiguous one has choices");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::Shelf kShelf;
  static Catalog catalog = kShelf.open();
  const auto selector = fuzz::text_of(data, size);
  look_for([&] {
    const auto found = catalog.find_disc(selector);
    const auto fingerprint = catalog.load_disc(found).disc.fingerprint;
    fuzz::demand(catalog.find_disc(fingerprint) == found, "a disc is found by its fingerprint");
  });
  look_for([&] {
    const auto found = catalog.find_track(selector);
    fuzz::demand(catalog.find_track(std::to_string(found.value)) == found, "a track is found by its id");
  });
  fuzz::demand(catalog.discs_beginning(selector, 2).size() <= 2, "no more discs than asked for");
  return 0;
}
